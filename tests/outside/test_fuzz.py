"""A minute of fuzzing all readers of foreign bytes; longer by hand: UNIONCLIENT_FUZZ_SECONDS=3600 make test-outside."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SECONDS = int(os.environ.get("UNIONCLIENT_FUZZ_SECONDS", "60"))


def test_no_reader_breaks_within_a_minute(module, tmp_path):
    module("atheris", "fuzz")
    inside = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
    subprocess.run([sys.executable, "-m", "fuzz.seeds", tmp_path / "corpus"], check=True, env=inside, timeout=120)
    (tmp_path / "found").mkdir()
    done = subprocess.run(
        [sys.executable, TESTS / "fuzz" / "run.py", tmp_path / "corpus", f"-max_total_time={SECONDS}", "-timeout=20", "-rss_limit_mb=3000",
         "-max_len=60000", f"-artifact_prefix={tmp_path}/found/"], capture_output=True, text=True, errors="replace", env=inside, timeout=SECONDS + 240)
    found = [path.name for path in (tmp_path / "found").iterdir()]
    told = "\n".join([*done.stdout.splitlines()[-30:], *done.stderr.splitlines()[-5:]])
    assert done.returncode == 0 and found == [], f"keep the input as tests/fuzz/found/<what>.bin\n{found}\n{told}"
    assert "Done" in done.stderr
