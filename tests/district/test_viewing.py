"""A package looked into before it is answered, and what is put out of the inbox."""

import pytest
from district.town import units_table

from unionclient.definition.faults import SubmissionError
from unionclient.workspace.district.facts import Note


@pytest.fixture
def waiting(town):
    district, street, _ = town
    taken = district.receive(street.pack(tables=[units_table([("a", "甲公司", "91110101MA00A1B2X8"), ("b", "乙公司", None)])]))
    return district, taken.package.sha256


def test_its_ledgers_are_listed_with_their_rows(waiting):
    district, which = waiting
    assert district.package_ledgers(which) == [("unit", "单位基本信息", 2)]


def test_its_records_are_shown_in_words(waiting):
    district, which = waiting
    first, second = district.package_rows(which, "unit")
    assert first.label.startswith("甲公司") and dict(first.cells)["单位名称"] == "甲公司" and second.id == "b"


def test_a_check_is_told_in_words(town):
    district, *_ = town
    assert district.check_words(Note("digests", "ok", "")) == ("文件未被改动", "文件在签名后没有改过")
    assert district.check_words(Note("sequence-gap", "fail", "缺第 2 号")) == ("中间没有缺号", "缺第 2 号")


def test_what_shall_not_be_received_is_put_aside_and_kept(town, tmp_path):
    district, *_ = town
    (tmp_path / "x.asice").write_bytes(b"x")
    for _again in range(2):
        dropped, = district.drop([tmp_path / "x.asice"])
        district.set_aside(dropped)
    assert district.inbox() == [] and sorted(each.name for each in (district.folder / "refused").iterdir()) == ["x-2.asice", "x.asice"]
    assert district.log(1)[0].title == "移出收件箱：x.asice"
    with pytest.raises(SubmissionError):
        district.set_aside(tmp_path / "x.asice")


def test_the_book_is_backed_up_once_for_what_was_written(town, tmp_path):
    district, *_ = town
    assert district.back_up_if_changed().is_file() and district.back_up_if_changed() is None


def test_one_record_of_a_consolidated_package_is_found(waiting):
    district, which = waiting
    from district.town import said

    district.accept(which, said)
    district.consolidate()
    assert district.consolidated_record("2017Q3", "110101013", "unit", "b").label.startswith("乙公司")
    assert district.consolidated_record("2017Q3", "110101013", "unit", "zz") is None


def test_what_is_handed_out_is_the_same_bytes_or_a_plain_word(town, tmp_path):
    district, *_ = town
    copy, = district.copy_out([district.folder / "trust.uct"], tmp_path / "stick")
    assert copy.read_bytes() == (district.folder / "trust.uct").read_bytes()
    (tmp_path / "file").write_text("x")
    for files, folder in (([district.folder / "none"], tmp_path), ([copy], tmp_path / "file" / "x")):
        with pytest.raises(SubmissionError):
            district.copy_out(files, folder)
