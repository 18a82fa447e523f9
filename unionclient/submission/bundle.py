"""What the district sends down: targets, definitions and code lists of a year, and its trust file, in one signed file.

`DOWN-<year>-<digits>.asice` with `bundle.json`, `forms/*.toml` and `trust.uct`. Limits: says what is to hold, does not do it: the
street looks at it first, and its own values stay until it agrees.
"""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.keys import Signer
from unionclient.submission.sealed import refuse_stranger, seal, unseal

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

SCHEMA = "unionclient-bundle/1"
WHAT = marked("下发文件")
JSON_MEMBER, TRUST_MEMBER = "bundle.json", "trust.uct"
_FORM = re.compile(r"[a-z0-9_]{1,60}\.(toml|sql)")
_VALUE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_KEPT = marked("没有采用这份下发文件，原有内容没有改动。")


@dataclass(frozen=True, slots=True)
class SentTarget:
    """A target for one body in one year: `value` exact, `doc_no` the letter's number or ""."""

    figure: str
    year: int
    body: str
    value: Decimal
    doc_no: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was sent down. `forms` maps file names to their bytes; `trust` is a trust file or None."""

    year: int
    district: str
    district_name: str
    issued_at: datetime
    targets: tuple[SentTarget, ...] = ()
    forms: Mapping[str, bytes] = field(default_factory=dict)
    trust: bytes | None = None
    note: str = ""
    bundle_id: str = field(default_factory=lambda: str(uuid.uuid4()))


def bundle_name(bundle: Bundle) -> str:
    return f"DOWN-{bundle.year}-{bundle.bundle_id[:8]}.asice"


def write(bundle: Bundle, key: Signer, now: datetime | None = None) -> bytes:
    """The signed bundle. Raises ValueError for a form's name the reader would refuse."""
    if not all(_FORM.fullmatch(name) for name in bundle.forms):
        raise ValueError(f"names of forms: {sorted(bundle.forms)}")
    tree = {
        "schema": SCHEMA, "bundle_id": bundle.bundle_id, "year": bundle.year, "district": bundle.district, "district_name": bundle.district_name,
        "issued_at": bundle.issued_at.isoformat(timespec="seconds"), "note": bundle.note, "forms": sorted(bundle.forms),
        "targets": [{"figure": t.figure, "year": t.year, "body": t.body, "value": format(t.value, "f"), "doc_no": t.doc_no} for t in bundle.targets],
    }
    members = {JSON_MEMBER: (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
               **{f"forms/{name}": content for name, content in bundle.forms.items()}}
    if bundle.trust is not None:
        members[TRUST_MEMBER] = bundle.trust
    return seal(members, key, now)


def read(content: bytes, trust: "Trust | None", *, pinned: Sequence[str] = (), moment: datetime | None = None) -> Bundle:
    """The bundle, once the district's signature held; `pinned` as for a receipt. Raises SubmissionError."""
    sealed = unseal(content, WHAT)
    refuse_stranger(sealed, trust, moment or datetime.now(UTC), WHAT, pinned)
    try:
        return _bundle(json.loads(sealed.members[JSON_MEMBER]), sealed.members)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidOperation):
        raise SubmissionError(_("下发文件读不出来，可能由其他版本的程序生成"), _(_KEPT), _("请用最新版本的程序打开。")) from None


def _bundle(tree: dict[str, Any], members: Mapping[str, bytes]) -> Bundle:
    """Raises ValueError, KeyError or TypeError at the first thing that is not as the schema says."""
    issued = datetime.fromisoformat(tree["issued_at"])
    names = [str(name) for name in tree["forms"]]
    wanted = {JSON_MEMBER, *(f"forms/{name}" for name in names)}
    if (tree["schema"] != SCHEMA or issued.tzinfo is None or set(members) - {TRUST_MEMBER} != wanted
            or not all(_FORM.fullmatch(name) for name in names) or len(tree["targets"]) > 100_000):
        raise ValueError("bundle")
    return Bundle(
        year=_year(tree["year"]), district=str(tree["district"])[:20], district_name=str(tree["district_name"])[:100], issued_at=issued,
        targets=tuple(_target(item) for item in tree["targets"]), forms={name: members[f"forms/{name}"] for name in names},
        trust=members.get(TRUST_MEMBER), note=str(tree["note"])[:2000], bundle_id=str(uuid.UUID(tree["bundle_id"])))


def _target(item: dict[str, Any]) -> SentTarget:
    if not _VALUE.fullmatch(item["value"]):
        raise ValueError("value")
    return SentTarget(str(item["figure"])[:40], _year(item["year"]), str(item["body"])[:20], Decimal(item["value"]), str(item["doc_no"])[:80])


def _year(value: Any) -> int:
    if type(value) is not int or not 1949 <= value <= 2999:
        raise ValueError("year")
    return value
