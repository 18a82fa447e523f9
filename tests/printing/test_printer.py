"""The file: whole or not at all, the same bytes for the same job, and it says what data it shows."""

import subprocess
import sys
from dataclasses import replace

import pytest

from printing import examples
from unionclient.definition.faults import PrintError
from unionclient.definition.ledger import PrintForm
from unionclient.printing import PrintContext, print_form, printer


def test_the_same_job_gives_the_same_bytes(press):
    first = press("F03", [examples.union(1)]).path.read_bytes()
    assert press("F03", [examples.union(1)]).path.read_bytes() == first


def test_the_file_names_title_maker_and_data(press):
    from pikepdf import Pdf

    with Pdf.open(press("F03", [examples.union(1)]).path) as pdf:
        info = pdf.docinfo
        assert str(info["/Title"]) == "建会台账" and str(info["/Author"]) == "东花市街道总工会"
        assert str(info["/UnionclientData"]) == "ab" * 32
        assert str(info["/CreationDate"]).startswith("D:20171009093000")


def test_a_batch_has_a_table_of_contents_and_a_single_form_has_none(press):
    from pikepdf import Pdf

    rows = [replace(examples.hazard(n), label=f"隐患{n}") for n in (1, 2, 3)]
    with Pdf.open(press("F50", rows).path) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["隐患1", "隐患2", "隐患3"]
    with Pdf.open(press("F50", rows[:1]).path) as pdf, pdf.open_outline() as outline:
        assert not outline.root


def test_an_empty_context_leaves_its_lines_out(press):
    text = press("F03", [examples.union(1)], PrintContext()).text
    assert "包号" not in text and "日志" not in text and "打印" not in text and "第1页共1页" in text


def test_an_older_file_stays_when_writing_fails(library, tmp_path, monkeypatch):
    out = tmp_path / "F74.pdf"
    out.write_bytes(b"older")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(printer.os, "fsync", full)
    with pytest.raises(PrintError, match="F74.pdf"):
        print_form(library.forms["F74"], library.ledgers["home_ballot"], (), out, context=examples.CONTEXT)
    assert out.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_said_in_chinese(library, tmp_path):
    with pytest.raises(PrintError, match="写不进去") as caught:
        print_form(library.forms["F74"], library.ledgers["home_ballot"], (), tmp_path / "没有" / "F.pdf", context=examples.CONTEXT)
    assert caught.value.todo


def test_a_layout_that_is_not_there_is_said_in_chinese(library, tmp_path):
    form = replace(library.forms["F74"], layout="K9")
    with pytest.raises(PrintError, match="K9"):
        print_form(form, library.ledgers["home_ballot"], (), tmp_path / "F.pdf", context=examples.CONTEXT)


def test_a_missing_font_is_said_in_chinese(tmp_path, monkeypatch):
    from unionclient.printing import fonts

    monkeypatch.setattr(fonts, "root", lambda: tmp_path)
    with pytest.raises(PrintError, match="字体"):
        fonts.faces.__wrapped__()


def test_every_declared_layout_has_a_plan(library):
    for form in library.forms.values():
        assert isinstance(form, PrintForm)
        assert (form.layout, form.options.get("variant", "")) in printer.LAYOUTS, form.id


def test_importing_the_room_does_not_load_reportlab():
    code = "import sys, unionclient.printing; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
