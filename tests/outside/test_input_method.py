"""A real input method: ibus with libpinyin on a virtual screen types into the grid of the window, as an officer's does."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from unionclient.store import driver
from unionclient.store.database import DATABASE
from unionclient.ui.config import Config
from unionclient.workspace import Edit, Workspace

ENGINE = Path("/usr/share/ibus/component/libpinyin.xml")
SWITCH = "<Control>space"       # between Chinese and letters, as offices on Windows have it
PATIENCE = 40                   # seconds until a program must have come up
PAUSE = "60"                    # ms between two keys


@contextlib.contextmanager
def running(*command: str, **how):
    """A program for the length of a test."""
    with subprocess.Popen(command, stdout=how.pop("out", subprocess.DEVNULL), stderr=subprocess.DEVNULL, **how) as started:
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()


def until(asked, what: str):
    """The first answer that is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = asked()
        if answer:
            return answer
        time.sleep(0.1)
    pytest.fail(f"waited in vain: {what}")


@pytest.fixture(scope="module")
def screen(tmp_path_factory, program):
    """The environment of a session of its own: display, message bus, window manager, input method with its engine chosen."""
    names = ("Xvfb", "dbus-daemon", "openbox", "ibus-daemon", "ibus", "xdotool")
    found = {name: program(name) for name in names}
    if not ENGINE.exists():
        pytest.skip("the engine libpinyin of ibus is not installed (Debian: ibus-libpinyin)")
    home = tmp_path_factory.mktemp("session")
    settings = home / "config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True)
    (settings / "keyfile").write_text(f"[com/github/libpinyin/ibus-libpinyin/libpinyin]\nmain-switch='{SWITCH}'\n")
    (home / "run").mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DISPLAY", "DBUS", "WAYLAND", "XDG", "GTK", "QT", "IBUS"))}
    around = {**kept, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
              "XDG_RUNTIME_DIR": str(home / "run"), "LANG": "C.UTF-8", "GSETTINGS_BACKEND": "keyfile", "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "ibus"}
    with contextlib.ExitStack() as all_of_them:
        server = all_of_them.enter_context(running(found["Xvfb"], "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp",
                                                   out=subprocess.PIPE, env=around))
        around["DISPLAY"] = ":" + server.stdout.readline().decode().strip()
        bus = all_of_them.enter_context(running(found["dbus-daemon"], "--session", "--nofork", "--print-address", out=subprocess.PIPE, env=around))
        around["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        all_of_them.enter_context(running(found["openbox"], env=around))
        all_of_them.enter_context(running(found["ibus-daemon"], "--panel=disable", env=around))

        def chosen() -> bool:
            subprocess.run([found["ibus"], "engine", "libpinyin"], env=around, capture_output=True, timeout=PATIENCE)
            return subprocess.run([found["ibus"], "engine"], env=around, capture_output=True, text=True, timeout=PATIENCE).stdout.strip() == "libpinyin"

        until(chosen, "the engine libpinyin")
        yield around


class Office:
    """The program on the screen, its keyboard, and what is stored."""

    def __init__(self, around: dict[str, str], store: Path) -> None:
        self._around = around
        self._reader = driver.connect_reader(store / DATABASE)
        self.window = until(lambda: self._say("search", "--onlyvisible", "--name", "工会台账").split(), "the window")[0]
        self._say("windowactivate", "--sync", self.window)

    def _say(self, *words: str) -> str:
        return subprocess.run(["xdotool", *words], env=self._around, capture_output=True, text=True, timeout=PATIENCE).stdout

    def press(self, *keys: str) -> None:
        self._say("key", "--clearmodifiers", "--delay", PAUSE, *keys)

    def switch(self) -> None:
        """Ctrl held, the space bar, Ctrl let go: in this order, as fingers do it."""
        self._say("keydown", "ctrl", "key", "space", "keyup", "ctrl")

    def type(self, letters: str) -> None:
        self._say("type", "--delay", PAUSE, letters)

    def stored(self, field: str) -> str | None:
        return self._reader.execute(f"SELECT {field} FROM unit").fetchone()[0]

    def close(self) -> None:
        self._reader.close()


@pytest.fixture(scope="module")
def office(screen, tmp_path_factory):
    """The window on the page of units, one unit in it, the cursor on the first cell."""
    folder = tmp_path_factory.mktemp("office")
    with Workspace.create(folder / "store", street="110101013", officer="张三") as workspace:
        workspace.save("unit", [Edit(None, {"name": "甲"})])
    config = Config(folder / "config")
    config.put("page", "unit")
    config.put("columns/unit", {"shown": ["building", "community_code", "contact"], "hidden": _others(("building", "community_code", "contact"))})
    around = {**screen, "UNIONCLIENT_CONFIG": str(folder / "config")}
    with running(sys.executable, "-m", "unionclient", "--store", str(folder / "store"), "gui", env=around, cwd=Path(__file__).resolve().parents[2]):
        made = Office(around, folder / "store")
        made.press("ctrl+Home")
        yield made
        made.close()


def _others(shown: tuple[str, ...]) -> list[str]:
    from unionclient.definition.library import builtin_library

    return [field.id for field in builtin_library().ledgers["unit"].live_fields if field.id not in shown]


def test_zhongguo_and_space_are_stored_as_chinese(office):
    office.type("zhongguo")
    office.press("space", "Tab")
    until(lambda: office.stored("building"), "the cell saved")
    assert office.stored("building") == "中国"


def test_ctrl_space_is_the_input_methods_and_changes_nothing_in_the_grid(office):
    office.switch()
    office.type("beijing ")
    office.press("Tab")
    office.switch()
    until(lambda: office.stored("community_code"), "the cell saved")
    assert office.stored("community_code") == "beijing"
    office.type("beijing")
    office.press("space", "Return")
    until(lambda: office.stored("contact"), "the cell saved")
    assert office.stored("contact") == "北京"
