"""A second start on the same data folder hands its files to the window that is already open, and leaves.

The first window listens on a socket of this computer alone (a named pipe on Windows); its address and a secret lie in the data
folder, so only who may read the folder may knock. Limits: a knock carries paths of files and nothing else; whether a folder is
in use is decided by its lock, not here. Without a socket the second start says that the folder is in use, as it always did.
"""

import json
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

ADDRESS = "window.json"
_LEAST_KEY = 16        # bytes of the secret, before hex
_LONGEST = 65_536      # bytes of a knock
_PATIENCE = 3          # seconds a knocker waits for its answer
_HEARD = b"heard"
_NO_KNOCK = (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError)


class FirstWindow(QObject):
    """Listens while its window is open; `knocked` carries the files (a tuple of paths, perhaps empty) on the window's thread."""

    knocked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = folder / ADDRESS
        self._place: Path | None = None
        self._key = secrets.token_hex(_LEAST_KEY).encode()
        self._open = False
        self._thread: threading.Thread | None = None
        try:
            self._listener = Listener(self._address(), backlog=4, authkey=self._key)
            _write(self._file, {"address": self._listener.address, "key": self._key.decode()})
        except OSError:
            return  # a folder that cannot be written to, or no room for a socket: nobody can knock, everything else works
        self._open = True
        self._thread = threading.Thread(target=self._listen, name="second-start", daemon=True)
        self._thread.start()

    def _address(self) -> str:
        if os.name == "nt":
            return rf"\\.\pipe\unionclient-{secrets.token_hex(8)}"
        self._place = Path(tempfile.mkdtemp(prefix="unionclient-"))  # readable by this user alone; a socket's path must be short
        return str(self._place / "window")

    def _listen(self) -> None:
        while self._open:
            try:
                with self._listener.accept() as caller:
                    files = _read(caller)
                    caller.send_bytes(_HEARD)
            except _NO_KNOCK:
                continue
            if self._open:
                self.knocked.emit(files)

    def close(self) -> None:
        """Stop listening; called before the store is closed."""
        if not self._open:
            return
        self._open = False
        _knock(self._listener.address, self._key, ())  # wakes the listening thread
        self._thread.join(_PATIENCE)
        self._listener.close()
        self._file.unlink(missing_ok=True)
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)


def hand_over(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Knock at the window open on `folder`; True when it heard, and this start has nothing more to do."""
    try:
        found = json.loads((folder / ADDRESS).read_text(encoding="utf-8"))
        address, key = str(found["address"]), str(found["key"]).encode()
    except _NO_KNOCK:
        return False
    if os.name == "nt":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else Windows lets the first window only blink in the task bar
    return _knock(address, key, files)


def _knock(address: str, key: bytes, files: Sequence[Path]) -> bool:
    """Knocks and waits for the answer, but never longer than `_PATIENCE`: nobody may be listening behind an open socket."""
    heard: list[bool] = []
    knocker = threading.Thread(target=_try_knock, args=(address, key, files, heard), name="knock", daemon=True)
    knocker.start()
    knocker.join(_PATIENCE)
    return bool(heard and heard[0])


def _try_knock(address: str, key: bytes, files: Sequence[Path], heard: list[bool]) -> None:
    try:
        with Client(address, authkey=key) as first:
            first.send_bytes(json.dumps([str(file.absolute()) for file in files]).encode())
            heard.append(first.poll(_PATIENCE) and first.recv_bytes(len(_HEARD)) == _HEARD)
    except _NO_KNOCK:
        return


def _read(caller: Connection) -> tuple[Path, ...]:
    """The files of one knock. Raises one of `_NO_KNOCK` where it is none."""
    if not caller.poll(_PATIENCE):
        raise EOFError
    told = json.loads(caller.recv_bytes(_LONGEST))
    return tuple(path for path in (Path(str(name)) for name in told) if path.is_file())


def _write(path: Path, told: dict[str, str]) -> None:
    """Whole or not at all, and for this user alone."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        json.dump(told, handle)
    os.replace(part, path)
