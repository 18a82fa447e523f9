"""A district with its authority, streets with issued keys, and ways to forge what they sign."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import pem
from submission.bench import CHEAP, PASSPHRASE

from unionclient.submission import requests
from unionclient.submission.authority import Authority, Issued
from unionclient.submission.keys import SigningKey, add_certificate, make_key

DISTRICT, STREET, OTHER = ("东城区总工会", "110101"), ("东花市街道总工会", "110101013"), ("龙潭街道总工会", "110101014")
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def new_authority(folder: Path, *, now: datetime | None = None) -> Authority:
    name, code = DISTRICT
    return Authority.init(folder, PASSPHRASE, name=name, code=code, now=now, **CHEAP)


def new_key(path: Path, street: tuple[str, str] = STREET, *, now: datetime | None = None, **more) -> SigningKey:
    name, code = street
    return make_key(path, PASSPHRASE, name=name, street_code=code, now=now, **{**CHEAP, **more})


def certificates(issued: Issued) -> list[bytes]:
    """The certificate and its root (DER) from the file that goes back to the street."""
    return [octets for _, _, octets in pem.unarmor(issued.content, multiple=True)]


def enrolled(authority: Authority, path: Path, street: tuple[str, str] = STREET, *, now: datetime | None = None, **how) -> SigningKey:
    """A street's key with the certificate that the authority issued for it."""
    issued = authority.issue(requests.make_request(new_key(path, street, now=now)), now=now, **how)
    first, *above = certificates(issued)
    return add_certificate(path, PASSPHRASE, first, tuple(above))
