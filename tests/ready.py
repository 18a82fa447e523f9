"""Checking and reading processes that are ready at once: one process has imported what they import, and forks for each file.

Starting an interpreter for every package and workbook costs half a second of processor each, hundreds of times in the
suite. Here the very same `serve` answers under the same limits in a process of its own; only its start is spared. Tests
of the start itself ask for the fixture `own_process`. Needs `fork`; elsewhere the processes are started as ever.
"""

import array
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from unionclient.definition import words
from unionclient.sheets import reader
from unionclient.sheets import worker as reading
from unionclient.sheets.book import Limits
from unionclient.submission import worker as checking

ROOT = Path(__file__).resolve().parents[1]
IMPORTED = ("unionclient.submission.singles", "unionclient.submission.looking", "unionclient.submission.trust", "unionclient.submission.verify",
            "unionclient.submission.foreignasic", "unionclient.submission.opcverify", "unionclient.submission.pades", "unionclient.submission.pdftables",
            "unionclient.sheets.contents", "openpyxl", "python_calamine", "asn1crypto.cms", "lxml.etree", "pikepdf", "pyhanko.pdf_utils.reader",
            "pyhanko.sign.validation")
_WORD = 4       # bytes of a file descriptor


class Ready:
    """The process that forks, seen from a test: started with the first file, gone with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="ready-")
        self._door = f"{self._folder.name}/door"
        self._lock = threading.Lock()

    def knock(self) -> socket.socket:
        with self._lock:
            if self._process is None:
                environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), "PYTHONUTF8": "1"}
                self._process = subprocess.Popen([sys.executable, "-m", "ready", self._door], stdout=subprocess.PIPE, env=environment)
                self._process.stdout.readline()     # it listens
        line = socket.socket(socket.AF_UNIX)
        line.connect(self._door)
        return line

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()

    def popen(self, command: list[str], **how: Any) -> Any:
        """As `subprocess.Popen`; commands that are not a plain start of the two processes are started as they are."""
        given = command[4:] if command[1:3] == ["-P", "-m"] else []
        if given == [checking.FLAG]:
            return _Answering(self.knock(), {"verb": "check"})
        if len(given) == 2 and given[0] == reading.FLAG and json.loads(given[1])["limits"] == _USUAL:
            return _Answering(self.knock(), {"verb": "read", "order": given[1]})
        return subprocess.Popen(command, **how)


_USUAL = json.loads(reading.request(Path("x"), Limits()))["limits"]


class _Answering:
    """One process at work, as much of a `Popen` as its callers ask of one."""

    def __init__(self, line: socket.socket, asked: dict[str, Any]) -> None:
        self._line = line
        self._asked = {**asked, "language": words.language()}
        self._input, self._input_write = os.pipe()
        self._output, output_write = os.pipe()
        handed = array.array("i", [self._input, output_write])
        line.sendmsg([json.dumps(self._asked).encode() + b"\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handed)])
        os.close(output_write)
        self._done = threading.Event()
        self._answer = b""
        self._reader: threading.Thread | None = None

    def communicate(self, given: bytes = b"", timeout: float | None = None) -> tuple[bytes, None]:
        if self._reader is None:
            with os.fdopen(self._input_write, "wb") as writing:
                writing.write(given)
            self._reader = threading.Thread(target=self._read)
            self._reader.start()
        if not self._done.wait(timeout):
            raise subprocess.TimeoutExpired(["ready"], timeout)
        self._reader.join()
        return self._answer, None

    def _read(self) -> None:
        with os.fdopen(self._output, "rb") as reading_end:
            self._answer = reading_end.read()
        os.close(self._input)
        self._line.close()
        self._done.set()

    def poll(self) -> int | None:
        return 0 if self._done.is_set() else None

    def kill(self) -> None:
        self._line.shutdown(socket.SHUT_RDWR)      # it hears that nobody waits any more


def installed(ready: Ready) -> list[tuple[Any, Any]]:
    """(module, its `subprocess` while `ready` answers for it)."""
    shim = SimpleNamespace(Popen=ready.popen, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired)
    return [(checking, shim), (reader, shim)]


# the process that forks -------------------------------------------------------------------------------------------------


def _serve(door: str) -> None:
    for name in IMPORTED:
        import_module(name)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen(16)
        print("listening", flush=True)
        while True:
            line, _address = listening.accept()
            if os.fork() == 0:
                listening.close()
                _answer(line)
            line.close()
            _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _answer(line: socket.socket) -> None:
    """In the forked process: the two ends are its standard input and output, then it serves like any other."""
    asked, handed, _flags, _address = line.recvmsg(65536, socket.CMSG_SPACE(2 * _WORD))
    ends = array.array("i", handed[0][2])
    for place, end in enumerate(ends):
        os.dup2(end, place)
        os.close(end)
    order = json.loads(asked)
    words.choose(order["language"])
    threading.Thread(target=_leave_with, args=(line,), daemon=True).start()
    try:
        checking.serve() if order["verb"] == "check" else reading.serve(order["order"])
    finally:
        os._exit(0)


def _leave_with(line: socket.socket) -> None:
    line.recv(1)
    os._exit(9)


if __name__ == "__main__":
    _serve(sys.argv[1])
