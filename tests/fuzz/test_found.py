"""Inputs that once broke a reader, and the sound ones the fuzzer starts from: answered or refused, never anything else."""

from pathlib import Path

import pytest
from fuzz.readers import NAMES, read
from fuzz.seeds import seeds

FOUND = sorted(path for path in (Path(__file__).parent / "found").iterdir() if path.suffix == ".bin")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_an_input_that_was_found_is_answered(path):
    assert read(path.read_bytes()) in NAMES


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return seeds(tmp_path_factory.mktemp("keys"))


def test_every_reader_has_a_sound_input(sound):
    assert {read(content) for content in sound.values()} == set(NAMES)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_a_sound_input_that_was_cut_or_changed_is_answered(sound, share):
    for content in sound.values():
        at = 1 + int((len(content) - 1) * share)
        for broken in (content[:at], content[:at] + b"\xff" + content[at + 1:], content[:at] + content[1:]):
            read(broken)


def test_no_input_at_all_is_answered():
    assert {read(bytes([place])) for place in range(len(NAMES))} == set(NAMES) and read(b"") == NAMES[0]
