"""A small signed container for what the district sends back: receipts and send-down bundles.

The same strict ASiC-E form as a package (container, list of members, CAdES over the list), without a package's manifest.
Nothing of it is shown before signature and digests held. Limits: one signer; who may sign is the caller's question to
the trust file, asked through `refuse_stranger`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.submission import asicmanifest, container, signing
from unionclient.submission.keys import Signer

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

MEDIA_TYPES = {".json": "application/json", ".pdf": "application/pdf", ".csv": "text/csv", ".toml": "application/toml",
               ".sql": "application/sql", ".txt": "text/plain", ".uct": "application/pkcs7-mime"}
MOST_FILE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed file holds once its signature held: members by name, who signed (DER, signer first) and when, by their own word."""

    members: Mapping[str, bytes]
    chain: tuple[bytes, ...]
    signed_at: datetime
    sha256: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.chain[0]).hexdigest()


def seal(members: Mapping[str, bytes], key: Signer, now: datetime | None = None) -> bytes:
    """`members` (plain lower-case names) as one signed container. Raises ValueError for a name the reader would refuse."""
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    contents = {**members, container.MIMETYPE: container.MEDIA_TYPE}
    listed = asicmanifest.asic_manifest_bytes(contents, {name: _media_type(name) for name in contents})
    signature = signing.sign_detached(listed, key, moment)
    return container.container_bytes({**members, container.ASIC_MANIFEST: listed, container.SIGNATURE: signature})


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(Path(name).suffix, "text/plain")


def unseal(content: bytes, what: str) -> Sealed:
    """The members of a sealed file; `what` names it in messages (“回执”). Raises SubmissionError at the first thing that does not hold."""
    what = _(what)
    kept = _("没有采用这份{what}，原有内容没有改动。").format(what=what)
    try:
        opened = container.open_container(content)
        if container.SIGNATURE not in opened.names or container.ASIC_MANIFEST not in opened.names:
            raise SubmissionError(_("这份{what}没有签名").format(what=what), kept, _("没有签名的不能采用，请向区总工会重新要一份。"))
        listed = opened.read(container.ASIC_MANIFEST)
        signed = signing.check_detached(opened.read(container.SIGNATURE), listed)
        digests = asicmanifest.read_asic_manifest(listed)
        there = set(opened.names) - set(container.META)
        members = {name: opened.read(name) for name in there}
        if there != set(digests) or any(hashlib.sha256(members[name]).digest() != digests[name] for name in there):
            raise SubmissionError(_("这份{what}在签名后被改过").format(what=what), kept, _("请向区总工会重新要一份。"))
    except (container.NoContainer, container.ContainerFault, signing.SignatureFault, asicmanifest.AsicFault) as fault:
        raise SubmissionError(_("这份{what}不能采用：{reason}").format(what=what, reason=fault), kept,
                              _("请确认选对了文件；如果文件损坏，请重新拷贝。")) from None
    members.pop(container.MIMETYPE, None)
    return Sealed(members, signed.chain, signed.signed_at, hashlib.sha256(content).hexdigest())


def read_file(path: Path, what: str) -> bytes:
    """The bytes of a file brought in. Raises SubmissionError where it cannot be read or is far too large."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise SubmissionError(_("“{name}”太大，不像是{what}").format(name=path.name, what=_(what)), "", _("请确认选对了文件。"))
        return path.read_bytes()
    except OSError as fault:
        raise SubmissionError(_("“{name}”打不开：{reason}").format(name=path.name, reason=fault.strerror or fault), "",
                              _("请检查文件是否还在。")) from fault


def refuse_stranger(sealed: Sealed, trust: "Trust | None", moment: datetime, what: str,
                    pinned: Sequence[str] = ()) -> None:
    """Raise SubmissionError unless the district signed: by the trust file's register, else by a pinned fingerprint (hex)."""
    what = _(what)
    kept = _("没有采用这份{what}。").format(what=what)
    if trust is None:
        if sealed.fingerprint not in pinned:
            raise SubmissionError(_("还没有登记区总工会的证书，不能确认这份{what}是谁签的").format(what=what), kept,
                                  _("请先导入区总工会的信任文件。"))
        return
    from unionclient.submission import trust as trusting

    entry = trust.registered(sealed.fingerprint)
    if entry is None or entry.role != trusting.DISTRICT:
        raise SubmissionError(_("这份{what}不是区总工会签的").format(what=what), kept, _("请打电话向区总工会核实。"))
    findings = trusting.judge_signer(sealed.chain, trust, signed_at=sealed.signed_at, moment=moment, street=None)
    bad = next((finding for finding in findings if not finding.ok), None)
    if bad is not None:
        raise SubmissionError(_("这份{what}的签名证书不能信任：{reason}").format(what=what, reason=bad.detail), kept, _("请打电话向区总工会核实。"))
