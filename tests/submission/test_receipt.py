"""Receipts: written by the district, read by the street; anything else than that is refused."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from unionclient.definition.faults import SubmissionError
from unionclient.submission import receipt as receipts
from unionclient.submission.receipt import Check, Receipt, Remark
from unionclient.submission.sealed import seal

WHEN = datetime(2017, 10, 12, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def pin(key):
    return (hashlib.sha256(key.certificate).hexdigest(),)


@pytest.fixture(scope="module")
def answer(pin):
    return Receipt(
        package_id="11111111-1111-4111-8111-111111111111", package_sha256="a" * 64, street="110101013", seq=3, period="2017Q3",
        verdict="returned", received_at=WHEN, next_seq=4, head_sha256="b" * 64, district_cert_sha256=pin[0],
        checks=(Check("signature", "ok"), Check("sequence", "ok")), note="请在本月底前改好",
        returns=(Remark("data/unit.csv", "unit", "u1", "name", "单位名称与证照不符", "UN001"),))


def test_a_receipt_comes_back_as_it_was_written(answer, key, pin):
    assert receipts.read(receipts.write(answer, key), None, "a" * 64, pinned=pin) == answer


def test_a_receipt_for_other_bytes_is_refused(answer, key, pin):
    with pytest.raises(SubmissionError, match="不是给这个报送包"):
        receipts.read(receipts.write(answer, key), None, "c" * 64, pinned=pin)


def test_a_receipt_of_a_stranger_is_refused(answer, key):
    with pytest.raises(SubmissionError, match="还没有登记"):
        receipts.read(receipts.write(answer, key), None, "a" * 64, pinned=("d" * 64,))


def test_every_changed_byte_is_found(answer, key, pin):
    content = receipts.write(answer, key)
    for place in range(0, len(content), 97):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(SubmissionError):
            receipts.read(bytes(changed), None, "a" * 64, pinned=pin)


def test_a_signed_file_that_is_no_receipt_is_refused(key, pin):
    with pytest.raises(SubmissionError, match="读不出来"):
        receipts.read(seal({"receipt.json": b"{}"}, key), None, pinned=pin)


def test_a_receipt_that_names_another_certificate_cannot_be_written(answer, key):
    with pytest.raises(ValueError):
        receipts.write(replace(answer, district_cert_sha256="e" * 64), key)


def test_the_printed_receipt_is_certified_inside(answer, key, pin):
    from submission.bench import make_pdf

    from unionclient.submission.pades import check_pdf

    content = receipts.write(answer, key, pdf=make_pdf())
    assert receipts.read(content, None, "a" * 64, pinned=pin) == answer
    assert check_pdf(receipts.pdf_of(content), moment=datetime.now(UTC)).certificate == key.certificate
