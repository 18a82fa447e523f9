"""The district's authority as window and command line use it: its folder, the requests it answers, the trust file it hands out.

Limits: works on the authority's own folder, which is no data folder; every deed opens the root with its passphrase.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _

CODE, NAME = "110101", "东城区总工会"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the district sees it before it answers: who asks, the fingerprint to compare, whether an old key vouches."""

    name: str
    code: str
    fingerprint: str
    spoken: str
    renewal: bool


def look_at_request(path: Path) -> Asked:
    """Raises SubmissionError where the file is no sound request."""
    from unionclient.submission.requests import read_request, spoken

    asked = read_request(_read(path))
    return Asked(asked.name, asked.code, asked.fingerprint, spoken(asked.fingerprint), asked.renews is not None)


def spoken(fingerprint: str) -> str:
    """A fingerprint as it is read out by telephone."""
    from unionclient.submission.requests import spoken

    return spoken(fingerprint)


def new_authority(folder: Path, passphrase: str, *, name: str = NAME, code: str = CODE) -> Any:
    """A new root in `folder`."""
    from unionclient.submission.authority import Authority

    return Authority.init(folder, passphrase, name=name, code=code)


def open_authority(folder: Path, passphrase: str) -> Any:
    from unionclient.submission.authority import Authority

    return Authority.open(folder, passphrase)


def register(folder: Path) -> Any:
    """The authority's trust file as it stands (a `Trust`): register, lists, roots; needs no passphrase."""
    from unionclient.submission.authority import Authority

    return Authority.look(folder)


def issue(folder: Path, passphrase: str, request: Path, out: Path, *, confirmed: str | None = None, role: str = "street",
          encryption: bool = False, beside: bool = False) -> Any:
    """Answer the request file with a certificate in the file `out`; a first request needs `confirmed`, read by telephone."""
    from unionclient.submission import profile
    from unionclient.submission.files import write_whole

    asked = look_at_request(request)
    if confirmed is None and not asked.renewal:
        raise SubmissionError(_("还没有电话核对申请的指纹"), _("没有发出证书。"), _("请街道念出指纹：{spoken}").format(spoken=asked.spoken))
    issued = open_authority(folder, passphrase).issue(
        _read(request), confirmed=confirmed, role=role, purpose=profile.ENCRYPTION if encryption else profile.SIGNING, beside=beside)
    write_whole(out, issued.content)
    return issued


def write_trust(folder: Path, passphrase: str, out: Path, *, expired_days: int | None = None, stale_days: int | None = None) -> Any:
    """A fresh trust file, lists renewed, into the file `out`."""
    from unionclient.submission.files import write_whole

    authority = open_authority(folder, passphrase)
    write_whole(out, authority.trust(expired_days=expired_days, stale_days=stale_days))
    return authority.state


def write_crl(folder: Path, passphrase: str, out: Path) -> Any:
    """A fresh revocation list (PEM) into the file `out`."""
    from asn1crypto import pem

    from unionclient.submission.files import write_whole

    authority = open_authority(folder, passphrase)
    write_whole(out, pem.armor("X509 CRL", authority.crl()))
    return authority.state


def renew_root(folder: Path, passphrase: str, out: Path) -> Any:
    """A new root; `out` gets the trust file that brings it in, still signed by the old root."""
    from unionclient.submission.files import write_whole

    authority = open_authority(folder, passphrase)
    authority.renew_root(passphrase)
    write_whole(out, authority.state.content)
    return authority


def write_ca_pem(trust: Any, out: Path) -> None:
    """Roots and lists as PEM, for `openssl cms -verify -CAfile … -crl_check`."""
    from unionclient.submission.files import write_whole

    write_whole(out, trust.ca_pem())


def read_trust(path: Path, root: str | None = None) -> Any:
    """A trust file that lies anywhere, checked against `root` where given."""
    from unionclient.submission import trust

    return trust.read(_read(path), root)


def trust_facts(trust: Any) -> dict[str, Any]:
    """A trust file for `--json`."""
    return {
        "serial": trust.serial, "issued_at": trust.issued_at.isoformat(), "district": {"code": trust.district_code, "name": trust.district_name},
        "signed_by": trust.signed_by, "roots": list(trust.root_fingerprints), "crl_number": trust.crl_number,
        "good_until": trust.good_until.isoformat(), "expired_days": trust.expired_days, "stale_days": trust.stale_days,
        "encryption": trust.encryption is not None, "register": [{**entry.tree(), "revoked": trust.revoked(entry)} for entry in trust.register],
    }


def made_key(path: Path, passphrase: str, *, name: str, code: str, encryption: bool) -> str:
    """A key of the district's own (signing receipts, or decrypting) in the file `path`; answers its fingerprint."""
    from unionclient.submission import profile
    from unionclient.submission.keys import make_key
    from unionclient.submission.requests import certificate_key

    key = make_key(path, passphrase, name=name, street_code=code, purpose=profile.ENCRYPTION if encryption else profile.SIGNING)
    return certificate_key(key.certificate)


def requested(path: Path, passphrase: str, out: Path) -> str:
    """The request for the key in the file `path`, into the file `out`; answers the fingerprint."""
    from unionclient.submission import requests
    from unionclient.submission.files import write_whole
    from unionclient.submission.keys import load_key

    key = load_key(path, passphrase)
    write_whole(out, requests.make_request(key))
    return requests.certificate_key(key.certificate)


def answered(path: Path, passphrase: str, certificate: Path) -> None:
    """Put the certificate that came back into the key file `path`."""
    from unionclient.submission.certificate import read_answer
    from unionclient.submission.keys import add_certificate

    add_certificate(path, passphrase, *read_answer(_read(certificate)))


def _read(path: Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise SubmissionError(_("无法读取 {name}").format(name=Path(path).name), _("没有改动任何文件。"), fault.strerror or "") from fault


def reasons() -> list[tuple[str, str]]:
    """(name, words) of each reason to revoke."""
    from unionclient.submission.trust import REASONS

    return [(name, _(words)) for name, words in REASONS.items()]
