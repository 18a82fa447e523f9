"""The district's window on a copy of a small town: two enrolled streets with packages of their own."""

import pytest
from district.conftest import founded, town  # noqa: F401 (fixtures)
from district.town import PASSPHRASE
from page_stage import done, standing


@pytest.fixture
def window(town, look, qtbot):  # noqa: F811
    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow

    with standing(DistrictWindow(town[0], Config(), look)) as made:
        done(made.desk, qtbot)
        yield made


@pytest.fixture
def told(monkeypatch, tmp_path):
    """Answers files, folders and questions at once; keeps what was said. `told.folder`, `told.files`, `told.file` are the answers."""
    from unionclient.ui import ask
    from unionclient.ui.district import parts

    class Told(list):
        folder, files, file = tmp_path / "stick", [], None

        def words(self, new, then, parent, *, title="", told="", ok="", least=8):
            self.append(title)
            made = type("Asked", (), {"open": staticmethod(lambda: then(PASSPHRASE))})
            return made()

    made = Told()
    made.folder.mkdir()
    monkeypatch.setattr(parts, "Passphrase", made.words)
    monkeypatch.setattr(ask, "folder", lambda parent, title, start, then: then(made.folder))
    monkeypatch.setattr(ask, "open_files", lambda parent, title, filters, then: then(made.files))
    monkeypatch.setattr(ask, "open_file", lambda parent, title, filters, then: then(made.file))
    monkeypatch.setattr(ask, "tell", lambda parent, title, text, more="": made.append(f"{text} {more}"))
    monkeypatch.setattr(ask, "fault", lambda parent, error: made.append(error.what))
    monkeypatch.setattr(ask, "confirm", lambda parent, title, text, then, **more: (made.append(text), then()))
    return made
