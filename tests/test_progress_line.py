"""How far a long verb is: a line on a terminal, nothing of it in a pipe."""

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from unionclient.commands.progress import ProgressLine

ROOT = Path(__file__).resolve().parents[1]


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1
        return self.now


def drawn(*steps, stream=None):
    stream = stream or Terminal()
    with ProgressLine(stream, Clock()) as line:
        for step in steps:
            line(*step)
    return stream.getvalue()


def test_a_terminal_sees_share_and_words_and_the_line_goes_away():
    told = drawn(("检查单位", 1, 4), ("检查工会", 2, 4))
    assert "[######------------------]  25%  检查单位" in told and " 50%  检查工会" in told
    assert told.endswith("\r\x1b[K") and "\n" not in told


def test_a_pipe_sees_nothing():
    assert drawn(("检查单位", 1, 4), stream=io.StringIO()) == ""


def test_what_is_quickly_done_shows_nothing():
    stream = Terminal()
    with ProgressLine(stream, lambda: 0.0) as line:
        line("检查单位", 1, 4)
    assert stream.getvalue() == ""


def test_a_step_without_a_total_has_words_alone():
    assert drawn(("读取文件",)).startswith("\r读取文件\x1b[K")


def test_the_line_never_wraps():
    wide = drawn(("很长的步骤名称" * 40, 3, 4)).split("\r")[1].removesuffix("\x1b[K")
    assert sum(2 if ord(letter) > 255 else 1 for letter in wide) <= 79


def test_a_terminal_without_chinese_does_not_stop_the_work():
    class Latin(Terminal):
        def write(self, text):
            return super().write(text.encode("ascii").decode())

    assert drawn(("检查单位", 1, 4), ("检查工会", 2, 4), stream=Latin()) == ""


def test_a_question_is_asked_on_a_clean_line():
    stream = Terminal()
    with ProgressLine(stream, Clock()) as line:
        line("检查", 1, 2)
        assert line.asking(lambda new: stream.getvalue().endswith("\r\x1b[K") and new)(True)


def _run(store, *arguments, stderr):
    # Every step counts as late, so that a fast machine draws as well.
    code = "from unionclient.commands import progress; progress.PATIENCE = progress._EVERY = 0; from unionclient.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, "--store", str(store), *arguments], stdout=subprocess.PIPE, stderr=stderr, text=True,
                          cwd=ROOT, timeout=60, env={**os.environ, "TERM": "xterm"}, check=False)


def _drain(terminal, seen):
    try:
        while told := os.read(terminal, 65536):
            seen += told
    except OSError:  # the other end was closed
        return


@pytest.fixture
def store(workspace):
    workspace.close()
    return workspace.folder


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")
@pytest.mark.parametrize("verb", ["check", "import", "collect"])
def test_a_verb_shows_its_line_on_a_terminal_and_keeps_its_output_clean(store, tmp_path, verb):
    import pty

    (tmp_path / "单位.csv").write_text("单位名称\n北京丁有限公司\n", encoding="utf-8")
    words = {"check": ["check", "--json"], "import": ["import", "unit", str(tmp_path / "单位.csv"), "--json"],
             "collect": ["collect", str(tmp_path), "--json"]}[verb]
    ours, theirs = pty.openpty()
    seen = bytearray()
    reader = threading.Thread(target=_drain, args=(ours, seen))  # a terminal that nobody reads would hold the program up
    reader.start()
    done = _run(store, *words, stderr=theirs)
    os.close(theirs)
    reader.join(5)
    os.close(ours)
    assert b"%" in seen and "\x1b" not in done.stdout and done.stdout.startswith("{")
    piped = _run(store, *words, stderr=subprocess.PIPE)
    assert piped.stderr == "" and "\x1b" not in piped.stdout
