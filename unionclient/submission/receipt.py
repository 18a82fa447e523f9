"""The district's answer to one package: `RCPT-<package_id>.asice` with `receipt.json`, and `receipt.pdf` where one is given.

`verdict` is accepted, returned, duplicate or rejected; a return names what to mend, cell by cell. A receipt that is not signed
by the district, or is for other bytes than the package that was sent, is refused. Source: packages.md §8 of the design handbook.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.keys import Signer
from unionclient.submission.sealed import refuse_stranger, seal, unseal

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

SCHEMA = "unionclient-receipt/1"
ACCEPTED, RETURNED, DUPLICATE, REJECTED = VERDICTS = ("accepted", "returned", "duplicate", "rejected")
_TITLES = {ACCEPTED: marked("已接收"), RETURNED: marked("退回修改"), DUPLICATE: marked("重复报送，以前次回执为准"),
           REJECTED: marked("不予接收")}
SEVERITIES = ("block", "explain", "hint")
JSON_MEMBER, PDF_MEMBER = "receipt.json", "receipt.pdf"
WHAT = marked("回执")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the district's reader: id as in `verify.TITLES` or `sequence`, result "ok", "warn" or "fail"."""

    id: str
    result: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend. `member` is a file of the package (`data/membership.csv`), `sheet` its ledger id, `row_key` the record's id,
    `cell` the field id; each may be empty where the remark is on the whole. `rule` is a rule's id or "".
    """

    member: str
    sheet: str
    row_key: str
    cell: str
    message: str
    rule: str = ""
    severity: str = "block"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the district answers. `next_seq` is the number the next package must bear, `head_sha256` the digest it must name as
    `prev_sha256` (None: no package has been accepted yet).
    """

    package_id: str
    package_sha256: str
    street: str
    seq: int
    period: str
    verdict: str
    received_at: datetime
    next_seq: int
    head_sha256: str | None
    district_cert_sha256: str
    checks: tuple[Check, ...] = ()
    returns: tuple[Remark, ...] = ()
    note: str = ""
    crl_number: int | None = None
    receipt_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def title(self) -> str:
        return _(_TITLES[self.verdict])


def receipt_name(package_id: str) -> str:
    """The file name of a receipt."""
    return f"RCPT-{package_id}.asice"


def write(receipt: Receipt, key: Signer, *, pdf: bytes | None = None, now: datetime | None = None) -> bytes:
    """The signed receipt; `pdf` (unsigned) goes in certified by the same key."""
    if hashlib.sha256(key.certificate).hexdigest() != receipt.district_cert_sha256:
        raise ValueError("the receipt names another certificate than the key's")
    members = {JSON_MEMBER: (json.dumps(receipt_tree(receipt), ensure_ascii=False, indent=1) + "\n").encode("utf-8")}
    if pdf is not None:
        from unionclient.submission.pades import sign_pdf

        members[PDF_MEMBER] = sign_pdf(pdf, key, reason=f"{receipt.period} 报送回执")
    return seal(members, key, now)


def receipt_tree(receipt: Receipt) -> dict[str, Any]:
    """The JSON tree of a receipt, keys in reading order."""
    return {
        "schema": SCHEMA, "receipt_id": receipt.receipt_id, "package_id": receipt.package_id,
        "package_sha256": receipt.package_sha256, "street": receipt.street, "seq": receipt.seq, "period": receipt.period,
        "verdict": receipt.verdict, "received_at": receipt.received_at.isoformat(timespec="seconds"), "note": receipt.note,
        "checks": [asdict(check) for check in receipt.checks], "returns": [asdict(remark) for remark in receipt.returns],
        "next_seq": receipt.next_seq, "head_sha256": receipt.head_sha256, "crl_number": receipt.crl_number,
        "district_cert_sha256": receipt.district_cert_sha256,
    }


def read(content: bytes, trust: "Trust | None", package_sha256: str | None = None, *, pinned: Sequence[str] = (),
         moment: datetime | None = None) -> Receipt:
    """The receipt in `content`, once the district's signature held.

    `package_sha256`: digest of the package it must answer (None: any). `pinned` are fingerprints of the district's certificate,
    asked only while there is no trust file. Raises SubmissionError.
    """
    sealed = unseal(content, WHAT)
    refuse_stranger(sealed, trust, moment or datetime.now(UTC), WHAT, pinned)
    try:
        receipt = _receipt(json.loads(sealed.members[JSON_MEMBER]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SubmissionError(_("回执读不出来，可能由其他版本的程序生成"), _("没有采用这份回执。"), _("请用最新版本的程序打开。")) from None
    if receipt.district_cert_sha256 != sealed.fingerprint:
        raise SubmissionError(_("回执里写的证书与签名的证书不同"), _("没有采用这份回执。"), _("请打电话向区总工会核实。"))
    if package_sha256 is not None and receipt.package_sha256 != package_sha256:
        raise SubmissionError(_("这份回执不是给这个报送包的"), _("没有采用这份回执。"), _("请选择与报送包对应的回执。"))
    return receipt


def pdf_of(content: bytes) -> bytes | None:
    """The printable PDF inside a receipt, if there is one. Raises SubmissionError where the container does not hold."""
    return unseal(content, WHAT).members.get(PDF_MEMBER)


def _receipt(tree: dict[str, Any]) -> Receipt:
    """Raises ValueError, KeyError or TypeError at the first field that is not as the schema says."""
    known = {"schema", "receipt_id", "package_id", "package_sha256", "street", "seq", "period", "verdict", "received_at", "note",
             "checks", "returns", "next_seq", "head_sha256", "crl_number", "district_cert_sha256"}
    received = datetime.fromisoformat(_text(tree["received_at"]))
    head, crl = tree["head_sha256"], tree["crl_number"]
    sound = (set(tree) == known and tree["schema"] == SCHEMA and tree["verdict"] in VERDICTS and received.tzinfo is not None
             and _UUID.fullmatch(tree["package_id"]) and _UUID.fullmatch(tree["receipt_id"]) and _SHA256.fullmatch(tree["package_sha256"])
             and _SHA256.fullmatch(tree["district_cert_sha256"]) and (head is None or _SHA256.fullmatch(head))
             and (crl is None or type(crl) is int) and len(tree["returns"]) <= 10_000 and len(tree["checks"]) <= 500)
    if not sound:
        raise ValueError("receipt")
    return Receipt(
        package_id=tree["package_id"], package_sha256=tree["package_sha256"], street=_text(tree["street"]), seq=_number(tree["seq"]),
        period=_text(tree["period"]), verdict=tree["verdict"], received_at=received, next_seq=_number(tree["next_seq"]),
        head_sha256=head, district_cert_sha256=tree["district_cert_sha256"],
        checks=tuple(Check(**{name: _text(value) for name, value in item.items()}) for item in tree["checks"]),
        returns=tuple(_remark(item) for item in tree["returns"]), note=_text(tree["note"]), crl_number=crl,
        receipt_id=tree["receipt_id"])


def _remark(item: dict[str, Any]) -> Remark:
    remark = Remark(**{name: _text(value) for name, value in item.items()})
    if remark.severity not in SEVERITIES or not remark.message:
        raise ValueError("remark")
    return remark


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2000:
        raise ValueError("text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("number")
    return value
