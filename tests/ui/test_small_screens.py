"""An office screen of 1366 × 768 at 100, 125 and 150 %, in every theme: no text is cut off, no page goes sideways, every dialog fits."""

import pytest
from clipping import cut_off, settle, tabs_in
from every_dialog import DISTRICT, STREET
from page_stage import done
from PySide6.QtCore import QSize

from unionclient.ui.screens import THEMES

SCREEN = (1366, 768)
TASK_BAR, TITLE_BAR = 40, 31       # in pixels that scale, as the letters do
SCALES = (1.0, 1.25, 1.5)
MAIN_JOB = ("home", "import", "check", "figures", "submit", "print", "unit")


def room(scale):
    """What a window may take, in device-independent pixels."""
    return QSize(int(SCREEN[0] / scale), int(SCREEN[1] / scale) - TASK_BAR - TITLE_BAR)


def needed(widget):
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())


@pytest.fixture(params=THEMES)
def theme(request, look):
    look.apply(request.param, "standard")
    yield request.param
    look.apply("light", "standard")


def faults_of_pages(window, pages, theme, qtbot):
    """What is wrong with each tab of each page at each scale; the other themes differ in boxes only, and are looked at where it is tightest."""
    found = {}
    for scale in SCALES if theme == "light" else SCALES[-1:]:
        window.resize(room(scale))
        for page in pages:
            window.show_page(page)
            done(window.desk, qtbot)
            settle()
            for tab in tabs_in(window.stack.page):
                frame, wrong = window.stack.currentWidget(), cut_off(window)
                if frame.horizontalScrollBar().maximum():
                    wrong.append(f"sideways: {window.stack.page.width()} in {frame.viewport().width()}")
                if scale == 1.0 and page in MAIN_JOB and frame.verticalScrollBar().maximum():
                    wrong.append("scrolls")
                if wrong or window.size() != room(scale):
                    found[page, tab, scale] = wrong
    return found


@pytest.mark.parametrize("scale", SCALES)
def test_the_record_form_stands_beside_its_grid(window, scale, qtbot):
    window.resize(room(scale))
    window.show_page("hazard")
    window.pages["hazard"].grid.start_new()
    window.pages["hazard"].open_form()
    done(window.desk, qtbot)
    settle()
    assert cut_off(window) == [] and not window.stack.currentWidget().horizontalScrollBar().maximum()


def faults_of_dialogs(window, dialogs, qtbot):
    found = {}
    for name, make in dialogs.items():
        made = make(window)
        made.open()
        done(window.desk, qtbot)
        made.resize(made.sizeHint().boundedTo(room(SCALES[-1])))
        settle()
        need, have = needed(made), room(SCALES[-1])
        if cut_off(made) or need.width() > have.width() or need.height() > have.height():
            found[name] = [str(need), *cut_off(made)]
        made.end() if name == "ProgressDialog" else made.close()
    return found


def test_the_streets_pages_fold_instead_of_being_cut(theme, window, qtbot):
    ledgers = window.ws.library.ledgers
    assert faults_of_pages(window, [page for page in window.specs if page not in ledgers or page in ("unit", "hazard")], theme, qtbot) == {}


def test_the_districts_pages_fold_instead_of_being_cut(theme, district_window, qtbot):
    assert faults_of_pages(district_window, list(district_window.specs), theme, qtbot) == {}


def test_no_dialog_of_the_street_is_cut_off(theme, window, qtbot):
    assert faults_of_dialogs(window, STREET, qtbot) == {}


def test_no_dialog_of_the_district_is_cut_off(theme, district_window, qtbot, monkeypatch):
    from unionclient.ui.district import remark_dialog

    monkeypatch.setattr(remark_dialog, "_ledgers", lambda *_: [])
    assert faults_of_dialogs(district_window, DISTRICT, qtbot) == {}


def test_a_long_step_does_not_widen_the_window(window, workspace):
    from unionclient.workspace import Edit

    workspace.save("unit", [Edit(None, {"name": "某"})], title="改正很长很长很长很长很长很长很长的一步")
    workspace.undo()
    workspace.save("unit", [Edit(None, {"name": "某"})], title="改正很长很长很长很长很长很长很长的一步")
    window.resize(room(1.5))
    window.bar.show_steps()
    assert needed(window.bar).width() <= room(1.5).width()


def test_a_text_without_room_ends_in_an_ellipsis_and_a_stump_is_left_out(look, qtbot):
    from unionclient.ui.widgets import Elided

    made = Elided("一次检查一条，发现的隐患登记在下方", "muted", None)
    qtbot.addWidget(made)
    letter = made.fontMetrics().horizontalAdvance("宽")
    for letters, shown in ((20, made.text()), (9, "一次检查一条，发…"), (4, "")):
        made.resize(letters * letter, 20)
        assert made.shown() == shown
