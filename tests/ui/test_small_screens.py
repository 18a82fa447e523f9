"""An office screen of 1366 × 768 at 100, 125 and 150 %: no dialog is cut off or scrolled, every page can be seen whole."""

import pytest
from every_dialog import DISTRICT, STREET
from page_stage import done
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QScrollArea

SCREEN = (1366, 768)
TASK_BAR, TITLE_BAR = 40, 31       # in pixels that scale, as the letters do
SCALES = (1.0, 1.25, 1.5)


def room(scale):
    """What a window may take, in device-independent pixels."""
    return QSize(int(SCREEN[0] / scale), int(SCREEN[1] / scale) - TASK_BAR - TITLE_BAR)


def needed(widget):
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())


def fits(widget, scale):
    need, have = needed(widget), room(scale)
    return need.width() <= have.width() and need.height() <= have.height()


@pytest.fixture
def district_window(tmp_path, look, qtbot):
    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow
    from unionclient.workspace.district import District

    with District.create(tmp_path / "district", officer="李四") as district:
        made = DistrictWindow(district, Config(), look)
        made.show()
        done(made.desk, qtbot)
        yield made
        made.close()
        made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def seen_whole(window):
    """The page in sight fits, or a frame scrolls it: its least size is what the frame gives it."""
    page, frame = window.stack.page, window.stack.currentWidget()
    return isinstance(frame, QScrollArea) and page.width() >= needed(page).width() and page.height() >= needed(page).height()


@pytest.mark.parametrize("scale", SCALES)
def test_the_streets_window_fits_with_every_page(window, scale, qtbot, workspace):
    window.resize(room(scale))
    assert window.size() == room(scale)
    for page in window.specs:
        if page not in window.ws.library.ledgers or page in ("unit", "hazard"):
            window.show_page(page)
            assert seen_whole(window), page
    done(window.desk, qtbot)
    assert window.size() == room(scale)


def test_at_full_size_the_pages_of_the_main_job_are_not_scrolled(window, qtbot):
    window.resize(room(1.0))
    for page in ("home", "import", "check", "figures", "submit", "print", "unit"):
        window.show_page(page)
        done(window.desk, qtbot)
        need, frame = needed(window.stack.page), window.stack.currentWidget().maximumViewportSize()
        assert need.width() <= frame.width() and need.height() <= frame.height(), page


@pytest.mark.parametrize("scale", SCALES)
def test_the_districts_window_fits_with_every_page(district_window, scale):
    district_window.resize(room(scale))
    for page in district_window.specs:
        district_window.show_page(page)
        assert seen_whole(district_window) and district_window.size() == room(scale), page


@pytest.mark.parametrize("name", STREET)
def test_no_dialog_is_cut_off(window, name):
    made = STREET[name](window)
    made.open()
    try:
        assert [scale for scale in SCALES if not fits(made, scale)] == [], needed(made)
    finally:
        made.end() if name == "ProgressDialog" else made.close()


@pytest.mark.parametrize("name", DISTRICT)
def test_no_dialog_of_the_district_is_cut_off(district_window, name, qtbot, monkeypatch):
    from unionclient.ui.district import remark_dialog

    monkeypatch.setattr(remark_dialog, "_ledgers", lambda *_: [])
    made = DISTRICT[name](district_window)
    made.open()
    done(district_window.desk, qtbot)
    assert [scale for scale in SCALES if not fits(made, scale)] == [], needed(made)
    made.close()


def test_a_long_step_does_not_widen_the_window(window, workspace):
    from unionclient.workspace import Edit

    workspace.save("unit", [Edit(None, {"name": "某"})], title="改正很长很长很长很长很长很长很长的一步")
    workspace.undo()
    workspace.save("unit", [Edit(None, {"name": "某"})], title="改正很长很长很长很长很长很长很长的一步")
    window.resize(room(1.5))
    window.bar.show_steps()
    assert needed(window.bar).width() <= room(1.5).width()
