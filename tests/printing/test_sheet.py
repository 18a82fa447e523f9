"""Templates of printed forms: a record's text, a blank form's, and what stands in for a missing value."""

import pytest

from unionclient.definition.ledger import Ledger, PrintForm
from unionclient.printing.needs import paths
from unionclient.printing.sheet import EMPTY_SHEET, Job, PrintContext, PrintRow

_JOB = Job(PrintForm("F", "表", "K4", "l"), Ledger("l", "台账", {}), (), PrintContext(union_name="东花市街道总工会"))


@pytest.mark.parametrize(("template", "cells", "text"), [
    ("{day|＿年＿月}", {"day": "2017-04-09"}, "2017年4月9日"),
    ("{day|＿年＿月}", {}, "＿年＿月"),
    ("{day}", {}, "—"),
    ("{day|＿年＿月}", None, "＿年＿月"),
    ("{day}", None, "＿＿＿＿＿＿"),
    ("{union|{context.union_name|＿工会}}：", {"union": "甲公司工会"}, "甲公司工会："),
    ("{union|{context.union_name|＿工会}}：", {}, "东花市街道总工会："),
    ("{union|{context.union_name|＿工会}}：", None, "东花市街道总工会："),
    ("{union|{context.period_text|＿期}}", {}, "＿期"),
    ("被申请人：{unit|{other|＿＿}}", {"unit": "甲公司", "other": "乙"}, "被申请人：甲公司"),
    ("被申请人：{unit|{other|＿＿}}", {"other": "乙"}, "被申请人：乙"),
    ("被申请人：{unit|{other|＿＿}}", {}, "被申请人：＿＿"),
    ("被申请人：{unit|{other|＿＿}}", None, "被申请人：＿＿"),
])
def test_a_template_takes_the_record_or_what_stands_in_for_it(template, cells, text):
    assert _JOB.fill(template, EMPTY_SHEET if cells is None else PrintRow(cells)) == text


def test_a_form_needs_the_paths_of_inner_placeholders_too():
    form = PrintForm("F", "表", "K7", "l", options={"paragraphs": ["{unit|{other.name|＿}}，{context.officer}"]})
    assert paths(form) == {"unit", "other.name"}
