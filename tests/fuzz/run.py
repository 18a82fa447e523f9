"""The fuzzer (atheris): `python tests/fuzz/run.py CORPUS [libFuzzer options]`, such as -max_total_time=600.

An input that makes a reader raise is written to the folder named by -artifact_prefix; kept in `found/`, it stays a test.
"""

import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

with atheris.instrument_imports(include=["unionclient.submission", "zipfile"]):
    from fuzz.readers import read


def one(data: bytes) -> None:
    read(data)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
