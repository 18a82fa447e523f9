"""The checking process: judges one foreign package under limits of time and memory and answers with a verdict.

A frozen program has no interpreter to call: its entry point must first call `serve_if_asked()`, which answers and
leaves if this process was started for checking. Limits: memory and CPU limits are POSIX only; elsewhere the caps of
the container and the caller's clock must do.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import unionclient
from unionclient.submission.certificate import signer_facts
from unionclient.submission.manifest import read_manifest
from unionclient.submission.verify import TITLES, CheckResult, Verdict, verify

FLAG = "--verify-package"
SECONDS = 120
MEMORY = 2 * 2**30


def verify_file(path: Path | str, *, trusted: Iterable[bytes] | None = None, at: datetime | None = None,
                seconds: float = SECONDS) -> Verdict:
    """`verify` in a process of its own; a package that takes too long or too much memory is invalid. Never raises for it."""
    order = json.dumps({
        "path": os.fspath(Path(path).absolute()), "at": at and at.isoformat(), "seconds": seconds,
        "trusted": None if trusted is None else [base64.b64encode(octets).decode("ascii") for octets in trusted]})
    process = subprocess.Popen(
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    try:
        answer, _ = process.communicate(order.encode("ascii"), timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return _stopped(f"检查超过 {seconds:.0f} 秒，已经停止")
    try:
        return _verdict(json.loads(answer))
    except ValueError:
        return _stopped("检查过程中断，文件可能过大或有意损坏")


def serve_if_asked(arguments: list[str] | None = None) -> None:
    """Answer and leave the process if it was started for checking; else do nothing."""
    if (sys.argv[1:] if arguments is None else arguments) == [FLAG]:
        serve()
        raise SystemExit(0)


def serve() -> None:
    """Judge the file named on standard input; the verdict goes to standard output as JSON."""
    with open(0, "rb", closefd=False) as given:
        order = json.loads(given.read())
    _confine(order["seconds"])
    trusted = order["trusted"]
    verdict = verify(
        order["path"], trusted=None if trusted is None else [base64.b64decode(text) for text in trusted],
        at=order["at"] and datetime.fromisoformat(order["at"]))
    with open(1, "wb", closefd=False) as output:
        output.write(json.dumps(verdict.tree()).encode("ascii"))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", __name__, FLAG]


def _environment() -> dict[str, str]:
    """The checking process finds this very package, wherever the program was started."""
    here = os.fspath(Path(unionclient.__file__).resolve().parents[1])
    paths = filter(None, (here, os.environ.get("PYTHONPATH")))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _confine(seconds: float) -> None:
    try:
        import resource
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, int(seconds) + 5), (resource.RLIMIT_CORE, 0))
    for kind, amount in wanted:
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _stopped(detail: str) -> Verdict:
    return Verdict(False, (CheckResult("worker", TITLES["worker"], False, detail),), None, None, False, 1)


def _verdict(tree: dict[str, Any]) -> Verdict:
    manifest, signer = tree["manifest"], tree["signer"]
    return Verdict(
        tree["valid"], tuple(CheckResult(**check) for check in tree["checks"]),
        manifest and read_manifest(json.dumps(manifest).encode("utf-8")), signer and signer_facts(signer),
        tree["trusted"], tree["exit_code"])


if __name__ == "__main__":
    serve_if_asked()
