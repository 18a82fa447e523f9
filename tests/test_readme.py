"""The README cannot drift: every command-line verb is in it, and it starts with the two commands."""

from pathlib import Path

from unionclient.cli import main

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_verb_is_in_the_readme():
    for verb in main.commands:
        assert verb in README.split("```")[3], verb


def test_the_two_commands_come_first():
    first = README.split("```")[1]
    assert "make run" in first
    assert "make test" in first
