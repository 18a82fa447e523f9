"""Attacks by the signer: the right form, the wrong person, or the right person at the wrong time."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from attacks.scene import BOOK, PDF, Attack, Scene
from submission.bench import make_workbook, member_table
from submission.trusting import DAY, STREET, enrolled, new_key

from unionclient.submission import profile, requests
from unionclient.submission.keys import SigningKey
from unionclient.submission.opc import sign_workbook


def _whole(key: SigningKey, scene: Scene, *, at: Any = None) -> bytes:
    """The whole package as if it were the key's own: PDF, workbook, manifest and list signed by it."""
    fingerprint = hashlib.sha256(key.certificate).hexdigest()
    book = sign_workbook(make_workbook(member_table()), key, signed_at=at or scene.now)
    return scene.bench.resigned({PDF: scene.pdf(key=key), BOOK: book}, key=key, at=at, edit=lambda tree: tree.update(signer_cert_sha256=fingerprint))


def _self_made(scene: Scene) -> SigningKey:
    """The key as the program makes it, before the district has issued a certificate."""
    path = scene.folder / "self.key"
    path.unlink(missing_ok=True)
    return new_key(path, STREET, now=scene.began)


def _sub_authority(scene: Scene) -> SigningKey:
    """The neighbour issues a certificate for our street with his own leaf."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    mine = _self_made(scene)
    above = x509.load_der_x509_certificate(scene.other.certificate)
    owner = x509.load_der_x509_certificate(mine.certificate)
    issued = profile.leaf(owner.subject, above.subject, owner.public_key(), scene.began, profile.SIGNING).sign(scene.other.private, hashes.SHA256())
    return SigningKey(mine.private, issued.public_bytes(Encoding.DER), (scene.other.certificate, *scene.other.chain))


def _unregistered(scene: Scene) -> SigningKey:
    """Issued by the true root, but after the trust file that the reader has."""
    _ = scene.trust
    return enrolled(scene.authority, scene.folder / "later.key", STREET, now=scene.began, beside=True)


def _for_encryption(scene: Scene) -> SigningKey:
    from cryptography import x509

    path = scene.folder / "encryption.key"
    path.unlink(missing_ok=True)
    key = new_key(path, STREET, now=scene.began)
    asked = requests.read_request(requests.make_request(key))
    return SigningKey(key.private, scene.authority._signed(asked, None, profile.ENCRYPTION, scene.began), (scene.authority.root,))


def _claiming(scene: Scene) -> bytes:
    """The neighbour signs a package that says it is ours."""
    return _whole(scene.other, scene)


def _trust_without(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {"trust": replace(scene.trust, **changes)}


def _registered_elsewhere(scene: Scene) -> dict[str, Any]:
    """The register says that our certificate belongs to another street."""
    return _trust_without(scene, register=tuple(
        replace(entry, code="110101014") if entry.code == STREET[1] else entry for entry in scene.trust.register))


def _registration_ended(scene: Scene) -> dict[str, Any]:
    return _trust_without(scene, register=tuple(replace(entry, ends=scene.now - DAY) for entry in scene.trust.register))


def _revoked(scene: Scene) -> dict[str, Any]:
    """The list holds the signer's certificate since yesterday."""
    from cryptography import x509

    from unionclient.submission.trust import Trust
    serial = x509.load_der_x509_certificate(scene.key.certificate).serial_number
    revoked = {serial: (scene.now - DAY, "keyCompromise")}
    return _trust_without(scene, lists=tuple(replace(each, revoked={**each.revoked, **revoked}) for each in scene.trust.lists))


def _later(days: int, scene: Scene) -> dict[str, Any]:
    """Judged so long after; the list is kept fresh unless the attack is about the list."""
    return {"at": scene.now + timedelta(days=days)}


def _fresh_later(days: int, scene: Scene) -> dict[str, Any]:
    at = scene.now + timedelta(days=days)
    return {"at": at, "trust": replace(scene.trust, lists=tuple(replace(each, good_until=at + DAY) for each in scene.trust.lists))}


def _whole_but_pdf(key: SigningKey, scene: Scene) -> bytes:
    """Signed over the list only: neither PDF nor workbook is reached."""
    return scene.bench.resigned({}, key=key, edit=lambda tree: tree.update(signer_cert_sha256=hashlib.sha256(key.certificate).hexdigest()))


ATTACKS = [
    Attack("other root", "a forger's root with the same names", lambda s: _whole(s.forger, s), "trust-chain", "untrusted"),
    Attack("other root", "a certificate of one's own making", lambda s: _whole(_self_made(s), s), "trust-chain", "untrusted"),
    Attack("other root", "issued by a neighbour's leaf", lambda s: _whole(_sub_authority(s), s), "trust-chain", "untrusted"),
    Attack("other root", "no list of the root", lambda s: s.bench.content, "trust-list", "untrusted", lambda s: _trust_without(s, lists=())),
    Attack("other root", "signed with the root itself", lambda s: _whole(s.authority._keys[0], s), "trust-chain", "untrusted"),
    Attack("wrong street", "the neighbour signs in our name", _claiming, "signer", "invalid"),
    Attack("wrong street", "registered for another street", lambda s: s.bench.content, "trust-register", "untrusted", _registered_elsewhere),
    Attack("wrong street", "issued, but not in the register", lambda s: _whole(_unregistered(s), s), "trust-register", "untrusted"),
    Attack("wrong street", "registration ended", lambda s: s.bench.content, "trust-register", "untrusted", _registration_ended),
    Attack("wrong street", "a certificate for encryption", lambda s: _whole_but_pdf(_for_encryption(s), s), "certificate-use", "untrusted"),
    Attack("expired, revoked, stale", "revoked yesterday", lambda s: s.bench.content, "trust-revoked", "untrusted", _revoked),
    Attack("expired, revoked, stale", "expired long ago", lambda s: s.bench.content, "trust-dates", "untrusted", partial(_fresh_later, 730 + 91)),
    Attack("expired, revoked, stale", "not in force yet", lambda s: _whole(s.young, s), "trust-dates", "untrusted", partial(_later, -5)),
    Attack("expired, revoked, stale", "signed before the certificate began", lambda s: s.bench.resigned({}, at=s.began - 5 * DAY),
           "trust-dates", "untrusted"),
    Attack("expired, revoked, stale", "signed after the certificate ended", lambda s: s.bench.resigned({}, at=s.now + 740 * DAY),
           "trust-dates", "untrusted", partial(_fresh_later, 741)),
    Attack("expired, revoked, stale", "a list past its grace", lambda s: s.bench.content, "trust-list", "untrusted", partial(_later, 300)),
]

