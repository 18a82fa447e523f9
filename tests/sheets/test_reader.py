"""Foreign files that are not what they seem: each gives its cells, or one clear message in Chinese, within the limits."""

import datetime as dt
import io
import zipfile

import pytest

from tests.sheets.books import text, xls, xlsx
from unionclient.definition.faults import UnreadableFile
from unionclient.sheets.book import NOT_CALCULATED, Limits, address, letter, shown
from unionclient.sheets.reader import read_book

ROWS = [["姓名", "人数"], ["张三", 3]]


@pytest.fixture
def refused(tmp_path):
    """The message with which a file of this content is refused."""
    def call(content, name="表.xlsx", **how):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        with pytest.raises(UnreadableFile) as caught:
            read_book(path if isinstance(content, bytes) else content, **how)
        assert all((caught.value.what, caught.value.kept, caught.value.todo))
        return caught.value
    return call


def container(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


# addresses and kinds ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("row", "column", "name"), [(0, 0, "A1"), (16, 3, "D17"), (9, 25, "Z10"), (9, 26, "AA10"), (0, 16383, "XFD1")])
def test_addresses_are_those_of_excel(row, column, name):
    assert address(row, column) == name and name.startswith(letter(column))


def test_a_table_that_begins_in_the_middle_keeps_its_addresses(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["D17"] = "张三"
    book.save(tmp_path / "a.xlsx")
    sheet = read_book(tmp_path / "a.xlsx").sheets[0]
    assert (sheet.height, sheet.width, sheet.columns[3][16]) == (17, 4, "张三")


def test_cells_keep_the_kind_they_have_in_the_file(tmp_path):
    row = ["１２", 3, 2.5, True, 1, dt.datetime(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), None, 1.1010519491231e17]
    sheet = read_book(xlsx(tmp_path / "a.xlsx", [row, [True, True, None, False, 1]])).sheets[0]
    assert sheet.rows[0] == ("１２", 3, 2.5, True, 1, dt.date(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), None, 1.1010519491231e17)
    assert [type(c) for c in sheet.rows[1]] == [bool, bool, type(None), bool, int, *[type(None)] * 4]


@pytest.mark.parametrize(("cell", "words"), [(None, ""), (3.0, "3"), (2.5, "2.5"), (True, "TRUE"), (dt.date(2017, 3, 1), "2017-03-01"),
                                             (dt.datetime(2017, 3, 1), "2017-03-01"), (dt.datetime(2017, 3, 1, 9, 5), "2017-03-01 09:05")])
def test_a_cell_is_shown_as_a_person_would_read_it(cell, words):
    assert shown(cell) == words


def test_errors_and_formulas_without_a_result_are_told_apart_from_empty_cells(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for name, value in (("A1", "=1+1"), ("A2", "#N/A"), ("A3", None), ("B4", "=A1")):
        book.active[name] = value
    book.active["A2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    sheet = read_book(tmp_path / "a.xlsx").sheets[0]
    assert sheet.faults == {(0, 0): NOT_CALCULATED, (1, 0): "#N/A", (3, 1): NOT_CALCULATED}
    assert sheet.columns[0] == (None, None, None, None)


def test_merges_are_known_in_new_and_old_workbooks(tmp_path):
    import xlwt

    assert read_book(xlsx(tmp_path / "a.xlsx", [["甲", None], [None, None]], merges=["A1:B2"])).sheets[0].merges == ((0, 0, 1, 1),)
    book = xlwt.Workbook()
    book.add_sheet("s").write_merge(0, 1, 0, 1, "甲")
    book.save(str(tmp_path / "b.xls"))
    assert read_book(tmp_path / "b.xls").sheets[0].merges == ((0, 0, 1, 1),)


def test_merges_of_an_open_document_are_known(tmp_path):
    content = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
      <table:table table:name="表"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
      <table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-spanned="2"
       table:number-rows-spanned="3"/><table:covered-table-cell/></table:table-row></table:table>
      </office:spreadsheet></office:body></office:document-content>""".encode()
    from unionclient.sheets.secondlook import ods_merges

    assert ods_merges(container(content_xml=content)) == {"表": ((2, 2, 4, 3),)}


def test_hidden_sheets_are_marked(tmp_path):
    book = read_book(xlsx(tmp_path / "a.xlsx", ROWS, more=[("藏", ROWS, "hidden"), ("深藏", ROWS, "veryHidden")]))
    assert [(s.name, s.visible) for s in book.sheets] == [("Sheet1", True), ("藏", False), ("深藏", False)]


def test_the_digest_is_that_of_the_file(tmp_path):
    import hashlib

    path = xlsx(tmp_path / "a.xlsx", ROWS)
    assert read_book(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


# text files ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("content", "rows"), [
    ("甲,乙\n1,2\n", [("甲", "乙"), ("1", "2")]), ("甲;乙\n1,5;2\n", [("甲", "乙"), ("1,5", "2")]), ("甲\t乙\n1\t2", [("甲", "乙"), ("1", "2")]),
    ("sep=;\n甲;乙\n", [("甲", "乙")]), ('甲,乙\n"一\r\n行","a""b"\n', [("甲", "乙"), ("一\r\n行", 'a"b')]), ("甲\n乙\n", [("甲",), ("乙",)]),
    ('甲,乙\n="007",1\n', [("甲", "乙"), ("007", "1")]), ("甲,乙\n\n1\n", [("甲", "乙"), (None, None), ("1", None)]), ("甲,乙\r1,2\r", [("甲", "乙"), ("1", "2")]),
    ('甲,乙\n"引"号,1\n', [("甲", "乙"), ("引号", "1")])])
def test_text_files_are_cut_as_they_are_meant(tmp_path, content, rows):
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())
    assert read_book(path).sheets[0].rows == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_text_files_in_every_encoding(tmp_path, encoding):
    assert read_book(text(tmp_path / "a.csv", ROWS, encoding=encoding)).sheets[0].rows == [("姓名", "人数"), ("张三", "3")]


def test_four_byte_characters_of_gb18030(tmp_path):
    assert read_book(text(tmp_path / "a.csv", [["㛃𠮷", "龑"]], encoding="gb18030")).sheets[0].rows == [("㛃𠮷", "龑")]


def test_a_quote_that_never_closes_is_named_by_its_line(refused):
    assert "第 3 行的引号" in refused('甲,乙\n1,2\n"3,4\n5,6\n'.encode(), "a.csv").what


def test_a_text_of_two_encodings_is_refused_with_its_line(refused):
    content = "姓名,单位\n".encode() + "张三,北京恒信餐饮管理有限公司\n".encode() * 20 + "李四".encode("gbk") + b",1\n"
    assert "第 22 行" in refused(content, "a.csv").what


# what is refused ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "content", "word"), [
    ("空.xlsx", b"", "空的"), ("空.csv", b" \r\n ", "空的"), ("页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ("页.xls", b'\xef\xbb\xbf<table border="1"><tr><td>1', "网页"), ("表.xls", b'<?xml version="1.0"?><Workbook/>', "XML"), ("文.xlsx", b"%PDF-1.4", "PDF"),
    ("图.xlsx", b"\x89PNG\r\n", "图片"), ("坏.xlsx", b"PK\x03\x04 not a zip at all", "损坏"), ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "损坏"),
    ("旧.xls", b"\x00\x00\x02\x00\x06\x04" + b"\0" * 50, "认不出")])
def test_what_is_no_table_is_named_for_what_it_is(refused, name, content, word):
    assert word in refused(content, name).what


def test_an_archive_and_a_document_are_no_tables(refused):
    assert "压缩包" in refused(container(a_xml=b"x")).what
    assert "文档" in refused(container(**{"[Content_Types]_xml": b"x", "word__document_xml": b"x"})).what


def test_a_truncated_workbook_is_refused(refused, tmp_path):
    whole = xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    for length in (30, len(whole) // 2, len(whole) - 5):
        assert "损坏" in refused(whole[:length]).what


def test_a_workbook_with_a_password_is_refused_with_what_to_do(refused):
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "密码" in refused(head + "EncryptedPackage".encode("utf-16-le"), "密.xlsx").what
    assert "密码" in refused(head + b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\x2f\x00\x36\x00", "密.xls").what


def test_a_temporary_file_points_to_the_real_one(refused):
    assert "“台账.xlsx”" in refused(b"x", "~$台账.xlsx").todo


def test_a_file_that_is_gone_and_a_folder_are_told(refused, tmp_path):
    assert "找不到" in refused(tmp_path / "没有.xlsx").what
    assert "文件夹" in refused(tmp_path).what


def test_a_zip_bomb_is_not_opened(refused):
    bomb = container(**{"[Content_Types]_xml": b"x", "xl__workbook_xml": b"x", "xl__worksheets__sheet1_xml": b"0" * 60_000_000})
    assert len(bomb) < 200_000 and "展开后有 60 MB" in refused(bomb).what


def test_a_directory_of_too_many_parts_is_not_opened(refused):
    held = container(**{f"xl__{n}_xml": b"x" for n in range(30)})
    assert "30 个部分" in refused(held, limits=Limits(members=20)).what


def test_entities_of_the_file_itself_are_not_followed(refused, tmp_path):
    whole = io.BytesIO(xlsx(tmp_path / "a.xlsx", ROWS).read_bytes())
    with zipfile.ZipFile(whole) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    laughs = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'"><!ENTITY b "' + b"&a;" * 50 + b'">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs + sheet.replace(b"<v>3</v>", b"<f>1</f><v>&b;</v>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    path = tmp_path / "b.xlsx"
    path.write_bytes(held.getvalue())
    try:
        rows = read_book(path).sheets[0].rows
    except UnreadableFile:
        return
    assert "haha" not in str(rows)


# limits -------------------------------------------------------------------------------------------------------------

def test_a_file_larger_than_the_limit_is_refused(refused, tmp_path):
    assert "太大" in refused(xlsx(tmp_path / "a.xlsx", ROWS), limits=Limits(file_size=100)).what


def test_a_sheet_of_too_many_cells_is_refused(refused, tmp_path):
    assert "太大" in refused(xlsx(tmp_path / "a.xlsx", [[1] * 20] * 20), limits=Limits(cells=300)).what


def test_a_file_that_takes_too_long_is_given_up(refused, tmp_path):
    assert "秒还没读完" in refused(xlsx(tmp_path / "a.xlsx", ROWS), limits=Limits(seconds=0.001)).what


def test_a_reader_that_runs_out_of_memory_is_a_message(refused, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [[f"{n} {k}" for k in range(30)] for n in range(1500)])
    assert refused(path, limits=Limits(memory=60_000_000)).what


def test_the_officer_may_cancel(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(f"{n}," + ",".join(map(str, range(n, n + 30))) for n in range(60_000)))
    with pytest.raises(UnreadableFile, match="取消"):
        read_book(path, cancelled=lambda: True)


def test_an_answer_that_is_more_than_cells_is_not_unpacked():
    import pickle

    from unionclient.sheets.reader import _Answer

    with pytest.raises(UnreadableFile):
        _Answer(io.BytesIO(pickle.dumps(print))).load()


def test_an_old_workbook_is_read_by_content_whatever_its_name(tmp_path):
    for name in ("表.et", "表.xlsx", "表.csv"):
        assert read_book(xls(tmp_path / name, ROWS)).sheets[0].rows == [("姓名", "人数"), ("张三", 3)]
