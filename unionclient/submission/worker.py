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
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import unionclient
from unionclient.definition.words import VARIABLE, _, language
from unionclient.submission.certificate import signer_facts
from unionclient.submission.checks import UNSAFE
from unionclient.submission.manifest import read_manifest
from unionclient.submission.sequence import Received
from unionclient.submission.verify import CheckResult, Verdict, verify

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

FLAG = "--verify-package"
SECONDS = 120
MEMORY = 2 * 2**30


def verify_file(path: Path | str, *, trust: "Trust | None" = None, trusted: Iterable[bytes] | None = None,
                known: Iterable[Received] | None = None, at: datetime | None = None, seconds: float = SECONDS) -> Verdict:
    """`verify` in a process of its own; a package that takes too long or too much memory is unsafe. Never raises for it."""
    return _asked({"verb": "verify", "known": None if known is None else [asdict(each) for each in known]}, path, trust, trusted, at, seconds)


def verify_single(path: Path | str, kind: str, *, trust: "Trust | None" = None, trusted: Iterable[bytes] | None = None,
                  at: datetime | None = None, seconds: float = SECONDS) -> Verdict:
    """`singles.verify_single` in a process of its own."""
    return _asked({"verb": "single", "kind": kind, "known": None}, path, trust, trusted, at, seconds)


def _asked(order: dict[str, Any], path: Path | str, trust: "Trust | None", trusted: Iterable[bytes] | None, at: datetime | None,
           seconds: float) -> Verdict:
    answer = ask({
        **order, "path": os.fspath(Path(path).absolute()), "at": at and at.isoformat(), "seconds": seconds,
        "trust": trust and [_text(trust.content), trust.signed_by],
        "trusted": None if trusted is None else [_text(octets) for octets in trusted]}, seconds)
    return _stopped(answer) if isinstance(answer, str) else _verdict(answer)


def look_at(path: Path | str, *, seconds: float = SECONDS) -> dict[str, Any]:
    """`looking.look` in a process of its own: what a file is and says of itself, believed or not."""
    answer = ask({"verb": "look", "path": os.fspath(Path(path).absolute()), "seconds": seconds}, seconds)
    return {"kind": "unknown", "fault": answer} if isinstance(answer, str) else answer


def ask(order: dict[str, Any], seconds: float) -> dict[str, Any] | str:
    """The checking process's answer to `order`; a sentence where it gave none."""
    process = subprocess.Popen(
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    try:
        answer = process.communicate(json.dumps(order).encode("ascii"), timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return _("检查超过 {seconds:.0f} 秒，已经停止").format(seconds=seconds)
    try:
        return json.loads(answer)
    except ValueError:
        return _("检查过程中断，文件可能过大或有意损坏")


def serve_if_asked(arguments: list[str] | None = None) -> None:
    """Answer and leave the process if it was started for checking; else do nothing."""
    if (sys.argv[1:] if arguments is None else arguments) == [FLAG]:
        serve()
        raise SystemExit(0)


def serve() -> None:
    """Judge the file named on standard input; the answer goes to standard output as JSON."""
    with open(0, "rb", closefd=False) as given:
        order = json.loads(given.read())
    _confine(order["seconds"])
    answer = _look(order) if order["verb"] == "look" else _judge(order).tree()
    with open(1, "wb", closefd=False) as output:
        output.write(json.dumps(answer).encode("ascii"))


def _look(order: dict[str, Any]) -> dict[str, Any]:
    from unionclient.submission.looking import look

    return look(order["path"])


def _judge(order: dict[str, Any]) -> Verdict:
    trust = trusted = known = None
    if order["trust"] is not None:
        from unionclient.submission.trust import read

        content, signed_by = order["trust"]
        trust = read(base64.b64decode(content), pinned_root=signed_by)
    if order["trusted"] is not None:
        trusted = [base64.b64decode(text) for text in order["trusted"]]
    if order["known"] is not None:
        known = [Received(**each) for each in order["known"]]
    at = order["at"] and datetime.fromisoformat(order["at"])
    if order["verb"] == "single":
        from unionclient.submission.singles import verify_single

        return verify_single(order["path"], order["kind"], trust=trust, trusted=trusted, at=at)
    return verify(order["path"], trust=trust, trusted=trusted, known=known, at=at)


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", __name__, FLAG]


def _environment() -> dict[str, str]:
    """The checking process finds this very package, wherever the program was started."""
    here = os.fspath(Path(unionclient.__file__).resolve().parents[1])
    paths = filter(None, (here, os.environ.get("PYTHONPATH")))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", VARIABLE: language()}


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
    return Verdict(UNSAFE, (CheckResult("worker", False, detail),))


def _verdict(tree: dict[str, Any]) -> Verdict:
    manifest, signer = tree["manifest"], tree["signer"]
    return Verdict(
        tree["verdict"], tuple(CheckResult(**{name: check[name] for name in ("id", "ok", "detail", "warn")}) for check in tree["checks"]),
        manifest and read_manifest(json.dumps(manifest).encode("utf-8")), signer and signer_facts(signer), tree["trusted"], tree["sha256"])


if __name__ == "__main__":
    serve_if_asked()
