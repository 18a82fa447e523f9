"""What two streets have on their books: a few units, unions and members, one person in both; by the verbs an officer uses."""

from collections.abc import Sequence
from pathlib import Path

from unionclient.workspace import Edit, Workspace

PERIOD, YEAR = "2017Q3", 2017
NOTE = "本期没有发生这项工作"
WORDS = "照单位送来的名册登记"
SHARED = "110101198001010029"             # one person who is on the books of both streets
STREETS = {"110101013": ("东花市街道", "北京东方五金有限公司", 3), "110101009": ("东直门街道", "北京簋街餐饮有限公司", 2)}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(number: int, born: str = "19850615") -> str:
    """A sound number of a woman (even numbers) or a man that nobody bears."""
    digits = f"110101{born}{number:03d}"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def add(workspace: Workspace, ledger: str, values: dict) -> str:
    """One record; its id."""
    return workspace.save(ledger, [Edit(None, values)]).ledgers[ledger][0][0]


def fill(workspace: Workspace) -> dict[str, str]:
    """The street's quarter. Returns the ids of its unit and union."""
    _, name, members = STREETS[workspace.street.code]
    unit = add(workspace, "unit", {"name": name})
    union = add(workspace, "union_org", {
        "name": f"{name}工会委员会", "unit_id": unit, "union_type": "1", "approved_on": "2017-07-01", "approval_no": "东工发〔2017〕1号",
        "founded_on": "2017-07-10", "employees_at_founding": "30", "members_at_founding": "25"})
    add(workspace, "membership", member(union, "王芳", SHARED, born="1980-01-01"))
    for number in range(members):
        own = resident_id(int(workspace.street.code[-2:]) * 10 + 2 * number)
        add(workspace, "membership", member(union, f"李{'一二三四'[number]}", own))
    return {"unit": unit, "union": union}


def member(union: str, name: str, id_no: str, born: str = "1985-06-15") -> dict:
    return {"name": name, "gender": "2", "ethnicity": "01", "id_type": "1", "id_no": id_no, "birth_date": born, "phone": "13812345678",
            "joined_on": "2017-07-10", "join_mode": "1", "status": "1", "union_id": union}


def explain_all(workspace: Workspace) -> None:
    workspace.explain([finding for finding in workspace.check(period=PERIOD).findings if finding.open], WORDS)


def figures_of(packages: Sequence[Path]) -> dict[str, tuple[int, int | None, int | None]]:
    """Numerator, denominator and year to date of every figure, added up over the packages' own tables; shares no code with the program."""
    import csv
    import io
    import zipfile

    sums: dict[str, tuple[int, int | None, int | None]] = {}
    for path in packages:
        with zipfile.ZipFile(path) as container:
            text = container.read("data/figures.csv").decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text)):
            numbers = [int(row[name]) if row[name] else None for name in ("numerator", "denominator", "year_to_date")]
            before = sums.get(row["id"], (None, None, None))
            sums[row["id"]] = tuple(new if old is None else old if new is None else old + new for old, new in zip(before, numbers, strict=True))
    return sums
