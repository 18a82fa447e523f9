"""Changes one cell of the sample year after the other and asks program and hand for all figures each time; run by hand.

`python -m independent.change_one STORE ROUNDS [SEED]` (with tests/ and the project on the path) on a copy of a filled data folder:
prints which cell made the two disagree. A disagreement is a reading that one of them has wrong, or that nobody has written down.
"""

import datetime as dt
import random
import shutil
import sys
import tempfile
from pathlib import Path

from independent.books import Books
from independent.recount import FIGURES
from unionclient.submission.tabledata import table_member
from unionclient.workspace import Workspace, datatables

KINDS = ("date", "code", "int", "bool", "decimal", "reference")


class Shelf(Books):
    """Books that read a ledger once; `forget` those that were changed."""

    kept: dict[str, list[dict[str, str]]] = {}

    def read(self, ledger: str) -> list[dict[str, str]]:
        if ledger not in self.kept:
            self.kept[ledger] = super().read(ledger)
        return self.kept[ledger]


def other_value(chance: random.Random, connection, field):
    """A value of the field's type: plausible, at a limit, or missing."""
    if field.type == "date":
        day = (dt.date(2016, 6, 1) + dt.timedelta(days=chance.randrange(900))).isoformat()
        return chance.choice([None, day, "2016-12-31", "2017-01-01", "2017-12-31", "2018-01-01"])
    if field.type == "code":
        return chance.choice([None, *field.codes.codes])
    if field.type == "reference":
        ids = [row[0] for row in connection.execute(f'SELECT id FROM "{field.ref}"')]
        return chance.choice([None, *chance.sample(ids, min(len(ids), 2))])
    return chance.choice([None, 0, 1]) if field.type == "bool" else chance.choice([None, 0, 1, chance.randrange(200), 2016, 2017])


def main(store: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(store, Path(folder) / "store")
        out = Path(folder) / "csv"
        with Workspace.open(Path(folder) / "store") as workspace:
            connection, library = workspace._store.connection, workspace.library
            workspace.export_all(out)
            for _ in range(rounds):
                ledger = library.ledgers[chance.choice(list(library.ledgers))]
                ids = [row[0] for row in connection.execute(f'SELECT id FROM "{ledger.id}" WHERE void = 0')]
                fields = [f for f in ledger.live_fields if f.computed is None and f.type in KINDS]
                if not ids or not fields:
                    continue
                record, field = chance.choice(ids), chance.choice(fields)
                before = connection.execute(f'SELECT "{field.id}" FROM "{ledger.id}" WHERE id = ?', (record,)).fetchone()[0]
                after = other_value(chance, connection, field)
                for value in (after, before):
                    connection.execute(f'UPDATE "{ledger.id}" SET "{field.id}" = ? WHERE id = ?', (value, record))
                    (out / f"{ledger.id}.csv").write_bytes(table_member(datatables.ledger_table(workspace._store, ledger, mask=False)).content)
                    Shelf.kept.pop(ledger.id, None)
                    if value is not after:
                        break
                    program = {f.id: (f.numerator, f.denominator) for f in workspace.figures("2017Y")}
                    books = Shelf(out, 2017)
                    for name, count in FIGURES.items():
                        if program[name] != count(books):
                            print(f"{name}  {ledger.id}.{field.id}: {before} -> {after}  program {program[name]}, by hand {count(books)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
