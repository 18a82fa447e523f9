"""Every planted defect of the three sample files becomes what `truth.json` says; everything else is stored as it is meant."""

import datetime as dt
import json

import pytest
from stores import fresh_street

from unionclient.definition.text import narrow
from unionclient.definition.values import TYPES
from unionclient.sheets.book import address
from unionclient.sheets.reader import read_book

FOUNDING = "东花市街道2017年建会台账.xlsx"
ROSTER = "东花市街道会员花名册.xlsx"
HAZARDS = "东花市街道隐患排查台账.csv"

# field of truth.json → ledger, field; and the column of files whose defects name none
FOUNDING_FIELDS = {"comm": ("unit", "community_code"), "name": ("unit", "name"), "code": ("unit", "uscc"),
                   "type": ("union_org", "union_type"), "no": ("union_org", "approval_no"),
                   "emp": ("employee_stat", "employees"), "mem": ("employee_stat", "members"),
                   "fem": ("employee_stat", "female_members"), "mig": ("employee_stat", "migrant_members"),
                   "chair": ("person", "name"), "phone": ("person", "phone"), "note": ("union_org", "remark"),
                   "approved": ("union_org", "approved_on"), "founded": ("union_org", "founded_on")}
ROSTER_FIELDS = {"name": "name", "id_no": "id_no", "gender": "gender", "birth": "birth_date", "phone": "phone", "unit": "unit_id",
                 "joined": "joined_on", "ethnicity": "ethnicity", "education": "education", "political": "political"}
ROSTER_COLUMNS = {"name": 1, "gender": 2, "ethnicity": 3, "id_no": 5, "phone": 7, "joined": 13}
HAZARD_FIELDS = {"desc": "item_desc", "location": "location", "grade": "grade", "due": "due_on", "closed": "closed_on"}
HAZARD_COLUMNS = {"due": 8, "closed": 11}
REFUSED = {"damaged": "IMP-DAMAGED", "ask": "IMP-AMBIGUOUS"}
SHORT = {"独立": "独立基层工会", "独立工会": "独立基层工会"}


class Imported:
    """One sample file in a workspace of its own, and which record each of its rows became."""

    def __init__(self, folder, truth, file, ledger, path, data_rows):
        self.workspace = fresh_street(folder)
        self.truth, self.ledger, self.path = truth[file], ledger, path
        self.sheet = read_book(path).sheets[0]
        self.plan = self.workspace.plan_import(ledger, path)
        self.workspace.apply_import(self.plan)
        self.rejected = {row.row + 1 for row in self.plan.rejected_rows}
        self.rows = data_rows(self.sheet)
        taken = [number for number in self.rows if number not in self.rejected]
        self.record_of = dict(zip(taken, self.workspace.records(ledger), strict=True))      # both in the order of the file
        self.checked = self.workspace.check().findings
        self.told_at = {}
        for finding in self.plan.findings:
            self.told_at.setdefault(finding.cell, []).append(finding)
        self.told_of = {}
        for finding in self.checked:
            self.told_of.setdefault(finding.issue.record, []).append(finding.issue)

    def defects(self, *expected, but=()):
        for defect in self.truth["defects"]:
            expect = defect["expect"]
            if (expect in expected if expected else expect not in but):
                yield defect


def numbered(sheet):
    """Rows of a workbook that carry a running number."""
    return [n + 1 for n, cell in enumerate(sheet.columns[0]) if isinstance(cell, int)]


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "samples" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def founding(shared, truth, tmp_path_factory):
    made = Imported(tmp_path_factory.mktemp("founding") / "s", truth, FOUNDING, "union_org", shared / "samples" / FOUNDING, numbered)
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def roster(shared, truth, tmp_path_factory):
    made = Imported(tmp_path_factory.mktemp("roster") / "s", truth, ROSTER, "membership", shared / "samples" / ROSTER, numbered)
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def hazards(shared, truth, tmp_path_factory):
    made = Imported(tmp_path_factory.mktemp("hazards") / "s", truth, HAZARDS, "hazard", shared / "samples" / HAZARDS,
                    lambda sheet: list(range(2, sheet.height + 1)))
    yield made
    made.workspace.close()


def all_parts(workspace, unions):
    """The records each row of a 建会台账 fed: union, unit, headcount of the founding day, chair."""
    units = {r.id: r for r in workspace.records("unit")}
    people = {r.id: r for r in workspace.records("person")}
    stats = {(s.values["unit_id"], s.values["as_of"]): s for s in workspace.records("employee_stat")}
    chairs = {c.values["union_id"]: people[c.values["person_id"]] for c in workspace.records("union_cadre")}
    return {row: {"union_org": u, "unit": units[u.values["unit_id"]], "person": chairs.get(u.id),
                  "employee_stat": stats.get((u.values["unit_id"], u.values["founded_on"]))} for row, u in unions.items()}


def stored(workspace, parts, target):
    ledger, field = target
    record = parts[ledger]
    return as_truth(workspace, record, field)


def is_stored(workspace, record, field, meant):
    """The value is what truth.json writes: for a code any of its names will do."""
    definition = workspace.library.ledgers[record.ledger].fields[field]
    if definition.type == "code":
        return record.values.get(field) == TYPES["code"].parse(meant, definition).value
    return as_truth(workspace, record, field) == meant


def as_truth(workspace, record, field):
    """A stored value the way truth.json writes it: dates as ISO text, codes and references by name."""
    if record is None:
        return None
    value = record.values.get(field)
    if isinstance(value, dt.date):
        return value.isoformat()
    return workspace.show(record.ledger, record, field) or None if isinstance(value, str) or value is None else value


def plain(value):
    return narrow(value) if isinstance(value, str) else value


# 建会台账 ---------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def founding_parts(founding):
    return all_parts(founding.workspace, founding.record_of)


def test_the_founding_ledger_counts_each_row_once(founding):
    assert len(founding.rows) == len(founding.truth["records"]) == founding.plan.rows
    assert founding.plan.rejected == len(list(founding.defects("ask")))


def test_values_with_an_expectation_are_stored_so(founding, founding_parts):
    wrong = []
    for defect in founding.defects(but=("finding", "error", "ask", "damaged")):
        if defect["row"] not in founding_parts:
            continue                    # the row waits for another cell; it is looked at after mending, below
        found = stored(founding.workspace, founding_parts[defect["row"]], FOUNDING_FIELDS[defect["field"]])
        expect = defect["expect"]
        if isinstance(expect, str) and expect.endswith(" with a note"):
            expect = int(expect.split()[0])
            if not any("约" in f.message for f in founding.told_at.get(f"{defect['column']}{defect['row']}", ())):
                wrong.append(("no note", defect))
        if found != expect:
            wrong.append((found, defect))
    assert wrong == []


def test_defects_to_be_told_are_told_at_their_cell(founding):
    cells = {f"{d['column']}{d['row']}" for d in founding.defects("finding", "error")}
    silent = {d["kind"] for d in founding.defects("finding", "error")
              if f"{d['column']}{d['row']}" not in founding.told_at}
    assert cells and silent <= {"approved_after_founded", "members_exceed_employees"}


def test_rules_over_two_cells_are_told_at_one_of_them(founding):
    pairs = {"approved_after_founded": ("F", "H", {"UO002"}), "members_exceed_employees": ("I", "J", {"ES002", "UO005"})}
    for defect in founding.defects("finding"):
        if defect["kind"] in pairs:
            first, second, rules = pairs[defect["kind"]]
            told = {f.rule for column in (first, second) for f in founding.told_at.get(f"{column}{defect['row']}", ())}
            assert told & rules, defect


def test_what_is_ambiguous_is_asked_and_keeps_its_row_out(founding):
    for defect in founding.defects("ask"):
        assert defect["row"] in founding.rejected
        assert [f.rule for f in founding.told_at[f"{defect['column']}{defect['row']}"]] == ["IMP-AMBIGUOUS"]


def compare_unions(workspace, truth, sheet, parts_of):
    """Differences between truth's records and the stored ones; defects that must stay as they were typed count as typed."""
    typed = {(d["row"], d["field"]): d for d in truth["defects"] if d["expect"] in ("finding", "error")}
    differing = []
    for row, parts in parts_of.items():
        record = next(r for r in truth["records"] if r["seq"] == sheet.columns[0][row - 1])
        for name, target in FOUNDING_FIELDS.items():
            meant = record[name]
            if (row, name) in typed:
                meant = typed[row, name]["raw"]
            elif any(d["row"] == row and d["field"] == name and d["expect"] is None for d in truth["defects"]):
                meant = None
            found = stored(workspace, parts, target)
            if name == "note" and any(d["row"] == row and d["kind"] == "approximate" for d in truth["defects"]):
                continue
            if plain(found) != plain(SHORT.get(meant, meant)):
                differing.append((row, name, found, meant))
    return differing


def test_all_unions_are_stored_as_meant(founding, founding_parts):
    assert compare_unions(founding.workspace, founding.truth, founding.sheet, founding_parts) == []


def test_units_of_one_code_and_two_names_stay_two(founding, founding_parts):
    names = [parts["unit"].values["name"] for parts in founding_parts.values()]
    assert len({parts["unit"].id for parts in founding_parts.values()}) == len(names)


# 花名册 -----------------------------------------------------------------------------------------------------------

def test_the_roster_counts_each_row_once(roster):
    assert roster.plan.rows == roster.truth["count"]
    assert roster.rejected == {d["row"] for d in roster.defects("damaged")}


def test_roster_values_with_an_expectation_are_stored_so(roster):
    wrong = []
    for defect in roster.defects(but=("finding", "error", "ask", "damaged")):
        if defect["row"] in roster.rejected:
            continue
        if not is_stored(roster.workspace, roster.record_of[defect["row"]], ROSTER_FIELDS[defect["field"]], defect["expect"]):
            wrong.append(defect)
    assert wrong == []


def test_roster_defects_are_told_at_their_cell_or_of_their_record(roster):
    rules = {"duplicate_id": {"IMP-DUP", "X11"}, "bad_check_digit": {"G-FORMAT"}, "gender_conflict": {"MB001"}, "short_phone": {"G-FORMAT"}}
    silent = []
    for defect in roster.defects("finding", "error"):
        if defect["row"] in roster.rejected:
            continue
        cell = address(defect["row"] - 1, ROSTER_COLUMNS[defect["field"]])
        told = {f.rule for f in roster.told_at.get(cell, ())}
        if not told & rules[defect["kind"]] and defect["kind"] != "gender_conflict":
            silent.append(defect)
        of_record = {i.rule for i in roster.told_of.get(roster.record_of[defect["row"]].id, ())}
        if not of_record & (rules[defect["kind"]] | {"X12"}):
            silent.append(defect)
    assert silent == []


def test_damaged_numbers_are_refused_at_their_cell(roster):
    for defect in roster.defects("damaged"):
        cell = address(defect["row"] - 1, ROSTER_COLUMNS[defect["field"]])
        assert "IMP-DAMAGED" in [f.rule for f in roster.told_at[cell]]


def test_the_first_members_are_stored_as_meant(roster):
    typed = {(d["row"], d["field"]): d["raw"] for d in roster.truth["defects"] if d["expect"] in ("finding", "error")}
    differing = []
    for record, row in zip(roster.truth["records_first_50"], roster.rows):
        if row in roster.rejected:
            continue
        for name, field in ROSTER_FIELDS.items():
            meant = typed.get((row, name), record[name])
            if not is_stored(roster.workspace, roster.record_of[row], field, meant):
                differing.append((row, name, meant))
    assert differing == []


# 隐患 -------------------------------------------------------------------------------------------------------------

def test_hazards_closed_before_found_are_told(hazards):
    for defect in hazards.defects("finding"):
        of_record = {i.rule for i in hazards.told_of[hazards.record_of[defect["row"]].id]}
        cell = address(defect["row"] - 1, HAZARD_COLUMNS[defect["field"]])
        assert of_record & {"HZ003", "HZ004"} and hazards.told_at[cell], defect


def test_all_hazards_are_stored_as_meant(hazards):
    assert hazards.plan.new == len(hazards.truth["records"]) and hazards.plan.rejected == 0
    typed = {(d["row"], d["field"]): d["raw"] for d in hazards.truth["defects"]}
    differing = []
    for row, record in zip(hazards.rows, hazards.truth["records"]):
        hazard = hazards.record_of[row]
        inspection = hazards.workspace.record("safety_inspection", hazard.parent)
        for name, meant in record.items():
            owner, field = (hazard, HAZARD_FIELDS[name]) if name in HAZARD_FIELDS else \
                (inspection, {"unit": "unit_id"}.get(name, name))
            found = as_truth(hazards.workspace, owner, field)
            meant = typed.get((row, name), meant)
            if (found or "").removesuffix("隐患") != (meant or ""):
                differing.append((row, name, found, meant))
    assert differing == []


# what holds for every file ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["founding", "roster", "hazards"])
def test_importing_the_same_file_again_changes_nothing(name, request):
    done = request.getfixturevalue(name)
    again = done.workspace.plan_import(done.ledger, done.path)
    assert (again.new, again.changed, again.same, again.rejected) == (0, 0, done.plan.new, done.plan.rejected)
    assert again.writes == ()


@pytest.mark.parametrize("name", ["founding", "roster", "hazards"])
def test_our_own_export_comes_back_without_a_change(name, request, tmp_path):
    done = request.getfixturevalue(name)
    count = done.workspace.export(done.ledger, tmp_path / "out.xlsx")
    back = done.workspace.plan_import(done.ledger, tmp_path / "out.xlsx")
    assert (back.new, back.changed, back.same, back.rejected, back.writes) == (0, 0, count, 0, ())
    assert not back.unknown_columns


def test_mended_corrections_bring_in_the_rest(shared, truth, tmp_path):
    from openpyxl import load_workbook

    with fresh_street(tmp_path / "s") as workspace:
        plan = workspace.plan_import("union_org", shared / "samples" / FOUNDING)
        workspace.apply_import(plan)
        workspace.write_corrections(plan, tmp_path / "c.xlsx")
        book = load_workbook(tmp_path / "c.xlsx")
        sheet = book.worksheets[0]
        headings = [cell.value for cell in sheet[1]]
        assert headings[-1] == "问题" and str(sheet.cell(2, len(headings)).font.color.rgb).endswith("C00000")
        meant = {r["seq"]: dict(r) for r in truth[FOUNDING]["records"]}
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, headings.index("成立日期") + 1).value = "2017-10-31"
            meant[sheet.cell(row, 1).value]["founded"] = "2017-10-31"
        book.save(tmp_path / "c.xlsx")
        mended = workspace.plan_import("union_org", tmp_path / "c.xlsx")
        known = [f for f in mended.findings if f.rule == "IMP-RENAME"]      # its code stands on another row of the first file
        assert (mended.new, mended.changed, mended.rejected) == (plan.rejected - len(known), len(known), 0)
        assert mended.unknown_columns == ()
        workspace.apply_import(mended)
        units = {r.values["name"]: r.id for r in workspace.records("unit")}
        of_unit = {r.values["unit_id"]: r for r in workspace.records("union_org")}
        seqs = {row.row + 1: meant[row.cells[0]] for row in plan.rejected_rows}
        parts = all_parts(workspace, {row: of_unit[units[record["name"]]] for row, record in seqs.items()})
        assert compare_unions(workspace, {**truth[FOUNDING], "records": list(meant.values())},
                              read_book(shared / "samples" / FOUNDING).sheets[0], parts) == []
