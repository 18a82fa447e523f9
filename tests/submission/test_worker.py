"""The checking process: the same verdict, under limits."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from unionclient.submission import worker
from unionclient.submission.checks import CHECKS
from unionclient.submission.verify import verify
from unionclient.submission.worker import FLAG, serve_if_asked, verify_file


pytestmark = pytest.mark.usefixtures("own_process")


def test_the_process_gives_the_same_verdict(package, key):
    at = datetime.now(UTC)
    assert verify_file(package.path, trusted=[key.certificate], at=at) == verify(package.path, trusted=[key.certificate], at=at)


def test_the_moment_of_judgement_reaches_the_process(package):
    verdict = verify_file(package.path, at=datetime.now(UTC) - timedelta(days=30))
    assert [check.id for check in verdict.checks if not check.ok] == ["certificate-dates"]


def test_a_missing_file_is_unreadable(tmp_path):
    verdict = verify_file(tmp_path / "没有.asice")
    assert verdict.exit_code == 1 and "文件打不开" in verdict.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe in the file system")
def test_a_file_that_never_ends_is_given_up(tmp_path):
    os.mkfifo(tmp_path / "endless.asice")
    keep = threading.Event()

    def feed():
        with open(tmp_path / "endless.asice", "wb"):
            keep.wait(20)
    feeder = threading.Thread(target=feed)
    feeder.start()
    verdict = verify_file(tmp_path / "endless.asice", seconds=1.5)
    keep.set()
    feeder.join()
    assert verdict.exit_code == 3 and "已经停止" in verdict.message


def test_a_process_that_dies_is_a_verdict(package, monkeypatch):
    monkeypatch.setattr(worker, "_command", lambda: [sys.executable, "-c", "raise SystemExit(9)"])
    assert verify_file(package.path).exit_code == 3


def test_a_program_started_for_something_else_is_left_alone():
    assert serve_if_asked([]) is None and serve_if_asked(["verify", FLAG]) is None


def test_a_frozen_program_is_started_as_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker._command() == [sys.executable, FLAG]


def test_importing_the_room_is_cheap():
    code = ("import sys, unionclient.submission, unionclient.submission.keys, unionclient.submission.package,"
            " unionclient.submission.verify, unionclient.submission.worker;"
            "print(*sorted({name.split('.')[0] for name in sys.modules}"
            " & {'pyhanko', 'cryptography', 'asn1crypto', 'lxml', 'pikepdf', 'openpyxl'}))")
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=worker._environment())
    assert shown.stdout.strip() == ""


def test_the_document_names_every_check():
    document = (Path(__file__).resolve().parents[2] / "docs" / "packages.md").read_text("utf-8")
    assert [check for check in CHECKS if f"`{check}`" not in document] == []
