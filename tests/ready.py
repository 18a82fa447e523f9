"""Checking and reading processes that are ready at once: one process has imported what they import, and forks for each file.

Starting an interpreter for every package and workbook costs half a second of processor each, hundreds of times in the
suite. Here the very same `serve` answers under the same limits in a process of its own; only its start is spared. Tests
of the start itself ask for the fixture `own_process`. Linux only; elsewhere the processes are started as ever.
"""

import json
import os
import socket
import subprocess
import sys
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


class Ready:
    """The process that forks, seen from a test: started with the first file, gone with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._orders, self._served = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()

    def order(self, asked: dict[str, Any], *handed: int) -> None:
        """Ask for an answer; the ends of three pipes go along: its input, its output, and one that closes when nobody waits any more."""
        with self._lock:
            if self._process is None:
                environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), "PYTHONUTF8": "1"}
                self._process = subprocess.Popen([sys.executable, "-m", "ready", str(self._served.fileno())], pass_fds=[self._served.fileno()],
                                                 env=environment)
        socket.send_fds(self._orders, [json.dumps({**asked, "language": words.language()}).encode()], handed)

    def end(self) -> None:
        self._orders.close()
        self._served.close()
        if self._process is not None:
            self._process.wait()       # it leaves when nobody can ask any more

    def popen(self, command: list[str], **how: Any) -> Any:
        """As `subprocess.Popen`; commands that are not a plain start of the two processes are started as they are."""
        given = command[4:] if command[1:3] == ["-P", "-m"] else []
        if given == [checking.FLAG]:
            return _Answering(self, {"verb": "check"})
        if len(given) == 2 and given[0] == reading.FLAG and json.loads(given[1])["limits"] == _USUAL:
            return _Answering(self, {"verb": "read", "order": given[1]})
        return subprocess.Popen(command, **how)


_USUAL = json.loads(reading.request(Path("x"), Limits()))["limits"]


class _Answering:
    """One process at work, as much of a `Popen` as its callers ask of one."""

    def __init__(self, ready: Ready, asked: dict[str, Any]) -> None:
        input_read, self._input = os.pipe()
        self._output, output_write = os.pipe()
        alive_read, self._alive = os.pipe()
        ready.order(asked, input_read, output_write, alive_read)
        for end in (input_read, output_write, alive_read):
            os.close(end)
        self._done = threading.Event()
        self._answer = b""
        self._reader: threading.Thread | None = None

    def communicate(self, given: bytes = b"", timeout: float | None = None) -> tuple[bytes, None]:
        if self._reader is None:
            with os.fdopen(self._input, "wb") as writing:
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
        self.kill()
        self._done.set()

    def poll(self) -> int | None:
        return 0 if self._done.is_set() else None

    def kill(self) -> None:
        alive, self._alive = self._alive, -1
        if alive >= 0:
            os.close(alive)


def installed(ready: Ready) -> list[tuple[Any, Any]]:
    """(module, its `subprocess` while `ready` answers for it)."""
    shim = SimpleNamespace(Popen=ready.popen, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired)
    return [(checking, shim), (reader, shim)]


# the process that forks -------------------------------------------------------------------------------------------------


def _serve(orders: socket.socket) -> None:
    for name in IMPORTED:
        import_module(name)
    while True:
        asked, ends, _flags, _address = socket.recv_fds(orders, 65536, 3)
        if not asked:
            return
        if os.fork() == 0:
            orders.close()
            _answer(json.loads(asked), *ends)
        for end in ends:
            os.close(end)
        _reap()


def _reap() -> None:
    """Those that have answered; their time counts as this process's children's."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _answer(order: dict[str, Any], given: int, output: int, alive: int) -> None:
    """In the forked process: the two ends are its standard input and output, then it serves like any other."""
    os.dup2(given, 0)
    os.dup2(output, 1)
    os.close(given)
    os.close(output)
    words.choose(order["language"])
    threading.Thread(target=_leave_with, args=(alive,), daemon=True).start()
    try:
        checking.serve() if order["verb"] == "check" else reading.serve(order["order"])
    finally:
        os._exit(0)


def _leave_with(alive: int) -> None:
    os.read(alive, 1)
    os._exit(9)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given_orders:
        _serve(given_orders)
