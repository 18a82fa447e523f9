"""Two streets and the district, from the first key to the district's report and what it sends down, all by files on a stick."""

import shutil
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from roundtrip.streets import NOTE, PERIOD, SHARED, STREETS, YEAR, add, explain_all, figures_of, fill, member, resident_id

from unionclient.definition.faults import SubmissionError
from unionclient.submission.lifecycle import State
from unionclient.submission.receipt import Remark
from unionclient.workspace import Edit, Workspace
from unionclient.workspace.district import District

DISTRICT_WORDS = "区里的口令很长很长"
OURS, THEIRS = "110101013", "110101009"


@dataclass
class Town:
    """The district, its two streets, and the stick that files travel on."""

    district: District
    streets: dict[str, Workspace]
    ids: dict[str, dict[str, str]]
    stick: Path

    def words(self, code: str):
        return lambda new: f"{code}街道的签名口令"

    def district_words(self, new: bool) -> str:
        return DISTRICT_WORDS

    def carried(self, code: str) -> Path:
        """The street's newest package, on the stick."""
        path = self.streets[code].carry(PERIOD, self.stick)
        self.streets[code].send(PERIOD)
        return path

    def received(self, path: Path):
        """What the district makes of a file that was dropped on its window."""
        dropped, = self.district.drop([path])
        return self.district.receive(dropped, passphrase=self.district_words)


@pytest.fixture
def town(tmp_path):
    """Nobody knows anybody yet; the books are kept."""
    (tmp_path / "stick").mkdir()
    district = District.create(tmp_path / "district", officer="李四")
    streets = {code: Workspace.create(tmp_path / code, street=code, officer="张三") for code in STREETS}
    yield Town(district, streets, {code: fill(street) for code, street in streets.items()}, tmp_path / "stick")
    for opened in (district, *streets.values()):
        opened.close()


def enrol(town: Town) -> None:
    """Keys and trust: requests to the district, certificates and the trust file back; fingerprints go by telephone."""
    town.district.set_up_authority(DISTRICT_WORDS)
    for code, street in town.streets.items():
        street.make_key(town.words(code)(False))
        by_telephone = street.write_request(town.stick / f"{code}.p10", town.words(code)(False))
        shutil.copy(town.district.issue(town.stick / f"{code}.p10", DISTRICT_WORDS, confirmed=by_telephone), town.stick / f"{code}.cer")
    root = town.district.trust.root_fingerprints[0]
    for code, street in town.streets.items():
        street.import_trust(town.district.folder / "trust.uct", root)
        street.import_certificate(town.stick / f"{code}.cer", town.words(code)(False))
        assert [due.text for due in street.key_state().due] == []


def submit(town: Town, code: str, **more):
    explain_all(town.streets[code])
    return town.streets[code].submit(PERIOD, town.stick, town.words(code), zero_note=NOTE, **more)


def test_the_whole_way_there_and_back(town):
    enrol(town)
    first = _a_package_goes_encrypted_and_is_returned(town)
    second = _the_amendment_is_accepted(town, first)
    theirs = _the_other_street_is_accepted_too(town)
    _the_district_adds_up(town, [second.path, theirs.path])
    _the_streets_do_not_know_of_each_other_but_the_district_does(town)
    _the_district_reports(town)
    _targets_go_down(town)
    assert town.district.verify_log().ok and all(street.verify_log().ok for street in town.streets.values())


def _a_package_goes_encrypted_and_is_returned(town: Town):
    street, unit = town.streets[OURS], town.ids[OURS]["unit"]
    first = submit(town, OURS, unmasked=True)
    assert first.carried.suffix == ".p7m" and SHARED.encode() not in first.carried.read_bytes()
    carried = town.carried(OURS)
    assert street.report(PERIOD).state is State.SENT

    dropped, = town.district.drop([carried])
    assert [entry.verdict for entry in town.district.inbox()] == ["encrypted"]
    assert [entry.verdict for entry in town.district.inbox(passphrase=town.district_words)] == ["valid"]
    taken = town.district.receive(dropped, passphrase=town.district_words)
    assert (taken.outcome, taken.package.sha256) == ("received", first.sha256), taken.message
    receipt = town.district.return_(first.sha256, town.district_words, remarks=[
        Remark("data/unit.csv", "unit", unit, "name", "单位名称与营业执照不符", "UN001")], note="请改好再报")

    read = street.import_receipt(receipt)
    assert (read.verdict, street.report(PERIOD).state) == ("returned", State.RETURNED)
    item, = street.returned_items()
    assert (item.ledger, item.record, item.field, item.done) == ("unit", unit, "name", False)
    return first


def _the_amendment_is_accepted(town: Town, first):
    street = town.streets[OURS]
    sent = first.path.read_bytes()
    street.save("unit", [Edit(town.ids[OURS]["unit"], {"name": "北京东方五金机电有限公司"})])
    add(street, "membership", member(town.ids[OURS]["union"], "赵补", resident_id(77 * 2)))
    assert [item.done for item in street.returned_items()] == [True]
    explain_all(street)
    second = street.amend(PERIOD, town.stick, town.words(OURS), "单位名称按营业执照改正，补登一名会员", unmasked=True)
    assert (second.seq, second.amends, first.path.read_bytes() == sent) == (2, 1, True)

    taken = town.received(town.carried(OURS))
    assert taken.outcome == "received", taken.message
    assert (taken.package.kind, taken.package.amends) == ("amendment", first.sha256)
    street.import_receipt(town.district.accept(second.sha256, town.district_words))
    assert (street.report(PERIOD).state, street.returned_items()) == (State.REVISED, [])

    again = town.received(town.stick / second.carried.name)
    assert (again.outcome, again.exit_code) == ("duplicate", 4)
    assert street.import_receipt(again.receipt).again
    old = town.received(town.stick / first.carried.name)
    assert (old.outcome, old.exit_code) == ("duplicate", 4)
    return second


def _the_other_street_is_accepted_too(town: Town):
    street = town.streets[THEIRS]
    made = submit(town, THEIRS, unmasked=True)
    taken = town.received(town.carried(THEIRS))
    assert taken.outcome == "received", taken.message
    answer = town.district.accept(made.sha256, town.district_words)
    with pytest.raises(SubmissionError):
        town.streets[OURS].import_receipt(answer)         # another street's receipt is nobody's here
    street.import_receipt(answer)
    assert street.report(PERIOD).state is State.ACCEPTED
    return made


def _the_district_adds_up(town: Town, packages: list[Path]) -> None:
    done = town.district.consolidate()
    assert (done.packages, done.problems) == (2, ())
    told = {each.figure.id: (each.figure.numerator, each.figure.denominator, each.figure.year_to_date) for each in town.district.figures(PERIOD)}
    sums = figures_of(packages)
    assert {name: numbers for name, numbers in told.items() if name in sums} == {name: sums[name] for name in told if name in sums}
    assert (told["T1-01"], told["T1-04"][0]) == ((2, None, 2), 8)
    streets = {body.code for body in town.district.bodies() if body.kind == "street"}
    assert {body.code for body in town.district.missing(PERIOD)} == streets - set(STREETS)
    before = sorted((path.relative_to(town.district.folder), path.stat().st_size) for path in (town.district.folder / "accepted").rglob("*.asice"))
    town.district.consolidate(rebuild=True)
    again = {each.figure.id: (each.figure.numerator, each.figure.denominator, each.figure.year_to_date) for each in town.district.figures(PERIOD)}
    assert again == told
    assert before == sorted((path.relative_to(town.district.folder), path.stat().st_size) for path in (town.district.folder / "accepted").rglob("*.asice"))
    unit, = town.district.figure_units(PERIOD, "T1-04", OURS)
    assert (unit.unit, unit.count) == (town.ids[OURS]["unit"], 5)
    assert "赵补" in str([line.cells for line in town.district.figure_records(PERIOD, "T1-04", OURS, unit=unit.unit)])


def _the_streets_do_not_know_of_each_other_but_the_district_does(town: Town) -> None:
    twice = [finding for finding in town.district.cross_checks(PERIOD) if finding.check == "C03"]
    assert len(twice) == 1 and {place.street for place in twice[0].places} == {OURS, THEIRS}


def _the_district_reports(town: Town) -> None:
    made = town.district.report(PERIOD)
    assert made.pdf.read_bytes().startswith(b"%PDF") and zipfile.is_zipfile(made.workbook)


def _targets_go_down(town: Town) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["目标编号", "年度", "街道", "目标值", "下达文号"], ["T1-01", YEAR + 1, "东花市街道", 52, "东工发〔2018〕3号"],
                ["T1-01", YEAR + 1, "东直门街道", 61, "东工发〔2018〕3号"]):
        book.active.append(row)
    book.save(town.stick / "targets.xlsx")
    assert town.district.set_targets(YEAR + 1, town.stick / "targets.xlsx") == 2
    down = town.district.send_down(YEAR + 1, town.district_words, out=town.stick)
    for code, value in ((OURS, 52), (THEIRS, 61)):
        street = town.streets[code]
        preview = street.look_at_bundle(down)
        assert [(line.figure, line.after) for line in preview.targets] == [("T1-01", Decimal(value))]
        street.import_bundle(preview)
        assert [record.values["value"] for record in street.records("target_allocation")] == [value * 100]


def test_by_default_no_number_of_a_person_leaves_the_street(town):
    enrol(town)
    made = submit(town, OURS)
    with zipfile.ZipFile(made.path) as container:
        assert SHARED not in container.read("data/membership.csv").decode("utf-8")
    with pytest.raises(SubmissionError):
        town.streets[THEIRS].import_certificate(town.stick / f"{OURS}.cer", town.words(THEIRS)(False))


def test_full_numbers_leave_only_encrypted_and_the_choice_is_logged(town):
    street = town.streets[OURS]
    explain_all(street)
    with pytest.raises(SubmissionError, match="加密"):
        street.submit(PERIOD, town.stick, town.words(OURS), zero_note=NOTE, unmasked=True)
    assert not list(town.stick.parent.rglob("*.asice"))
    enrol(town)
    made = submit(town, OURS, unmasked=True)
    assert [path.name for path in town.stick.glob("*.asice*")] == [made.carried.name]         # the open file stays in the data folder
    assert made.path.parent == street.folder / "packages" and made.carried.suffix == ".p7m"
    with zipfile.ZipFile(made.path) as container:
        assert SHARED in container.read("data/membership.csv").decode("utf-8")
    assert "unmask" in [entry.verb for entry in street.log(10)]


def test_a_street_whose_key_was_lost_is_shut_out_and_the_other_is_not(town):
    enrol(town)
    ours, theirs = (submit(town, code) for code in (OURS, THEIRS))
    town.district.revoke(town.streets[OURS].key_state().fingerprint, "keyCompromise", DISTRICT_WORDS)
    refused, taken = (town.received(each.carried) for each in (ours, theirs))
    assert (refused.outcome, refused.exit_code, "吊销" in refused.message) == ("refused", 2, True)
    assert (taken.outcome, taken.package.street) == ("received", THEIRS)
    assert [state.body.code for state in town.district.register() if state.revoked] == [OURS]


def test_a_package_closed_with_the_old_trust_file_opens_after_the_district_renewed_its_key(town):
    enrol(town)
    before = submit(town, OURS)
    renewed = town.district.renew_encryption(DISTRICT_WORDS)
    town.streets[THEIRS].import_trust(renewed)
    after = submit(town, THEIRS)
    assert [town.received(each.carried).outcome for each in (before, after)] == ["received", "received"]
