"""The district's keys: its offline authority, its own certificates, the trust file; and who is registered.

The authority may be kept on a stick: then only `trust.uct` lies in the folder, and nothing can be issued from here.
"""

import contextlib
import hashlib
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.store import received
from unionclient.store.database import Store
from unionclient.submission.files import write_whole
from unionclient.workspace.district.bodies import bodies
from unionclient.workspace.district.facts import Body, BodyState

_ROOT = "trust.root"
AUTHORITY, TRUST, KEY, ENCRYPTION_KEY = "authority", "trust.uct", "signing-key.json", "encryption-key.json"


def trust_of(store: Store) -> Any:
    """The trust file in force, or None."""
    from unionclient.submission import trust
    from unionclient.submission.authority import Authority

    if (store.folder / AUTHORITY / TRUST).is_file():
        return Authority.look(store.folder / AUTHORITY)
    path = store.folder / TRUST
    return trust.read(path.read_bytes(), store.setting(_ROOT) or "") if path.is_file() else None


def set_up(store: Store, passphrase: str, **cheap: int) -> Path:
    """Authority, signing key and encryption key of the district; `cheap` (bits, scrypt_n) is for tests. Raises SubmissionError."""
    from unionclient.submission import profile
    from unionclient.submission.authority import Authority
    from unionclient.submission.keys import make_key

    name, code = store.setting("district.name") or "", store.setting("district.code") or ""
    authority = Authority.init(store.folder / AUTHORITY, passphrase, name=name, code=code, **cheap)
    for file, purpose in ((KEY, profile.SIGNING), (ENCRYPTION_KEY, profile.ENCRYPTION)):
        path = store.folder / file
        key = make_key(path, passphrase, name=name, street_code=code, purpose=purpose, **cheap)
        _certify(authority, path, passphrase, key, purpose)
    with store.transaction():
        store.mark("authority", code, who=store.setting("officer") or "", verb="authority", title=_("建立签发机构"),
                   facts={"root": authority.fingerprint})
    return _handed_out(store, authority.state.content)


def _certify(authority: Any, path: Path, passphrase: str, key: Any, purpose: str) -> None:
    from asn1crypto import pem

    from unionclient.submission.keys import add_certificate
    from unionclient.submission.requests import make_request

    issued = authority.issue(make_request(key), purpose=purpose)
    certificate, *above = [octets for _, _, octets in pem.unarmor(issued.content, multiple=True)]
    add_certificate(path, passphrase, certificate, tuple(above))


def _handed_out(store: Store, content: bytes) -> Path:
    """The trust file beside the book, to be copied to the streets; its root is pinned for the time the stick is away."""
    from unionclient.submission import trust

    path = store.folder / TRUST
    with store.transaction():
        store.set_setting(_ROOT, trust.read(content).signed_by)
    write_whole(path, content)
    return path


def take_trust(store: Store, path: Path, root: str | None) -> Any:
    """A trust file made by an authority kept elsewhere. The first one needs the root's fingerprint; older ones are refused."""
    from unionclient.submission import trust
    from unionclient.submission.sealed import read_file

    if (store.folder / AUTHORITY / TRUST).is_file():
        raise SubmissionError(_("签发机构就在这个文件夹里，信任文件由它生成"), _("没有改动任何文件。"), _("请用“更新吊销列表”生成新的信任文件。"))
    known = trust_of(store)
    if known is None and not root:
        raise SubmissionError(_("还没有核对根证书的指纹"), _("没有采用这份信任文件。"), _("请与保管签发机构的人核对指纹后再导入。"))
    taken = trust.read(read_file(path, _("信任文件")), None if known else root, known)
    _handed_out(store, taken.content)
    with store.transaction():
        store.mark("trust", str(taken.serial), who=store.setting("officer") or "", verb="trust", title=_("导入信任文件"),
                   facts={"serial": taken.serial, "root": taken.signed_by})
    return taken


def _opened(store: Store, passphrase: str) -> Any:
    from unionclient.submission.authority import Authority

    if not (store.folder / AUTHORITY / TRUST).is_file():
        raise SubmissionError(_("这个文件夹里没有签发机构"), _("没有改动任何文件。"), _("请插上保存签发机构的 U 盘，把 authority 文件夹放回来。"))
    return Authority.open(store.folder / AUTHORITY, passphrase)


def request_of(path: Path) -> Any:
    """A request as brought. Raises SubmissionError."""
    from unionclient.submission.requests import read_request
    from unionclient.submission.sealed import read_file

    return read_request(read_file(path, _("证书申请")))


def issue(store: Store, path: Path, passphrase: str, confirmed: str | None, name: str | None) -> Path:
    """Answers a request; a body that is no street is registered as such."""
    from unionclient.submission import trust
    from unionclient.submission.sealed import read_file

    asked = request_of(path)
    known = {body.code: body for body in bodies(store.library)}
    if asked.code not in known:
        raise SubmissionError(_("报送单位里没有代码“{code}”").format(code=asked.code), _("没有发出证书。"), _("请街道核对代码后重新生成申请。"))
    role = trust.STREET if known[asked.code].kind == "street" else trust.BODY
    authority = _opened(store, passphrase)
    issued = authority.issue(read_file(path, _("证书申请")), role=role, confirmed=confirmed, name=name)
    with store.transaction():
        store.mark("certificate", asked.code, who=store.setting("officer") or "", verb="issue", title=_("给{name}发证书").format(name=known[asked.code].name),
                   facts={"fingerprint": issued.entry.fingerprint, "name": issued.entry.name})
    _handed_out(store, authority.state.content)
    return issued.path


def revoke(store: Store, fingerprint: str, reason: str, passphrase: str) -> Path:
    """Takes a certificate out of force."""
    authority = _opened(store, passphrase)
    entry = authority.revoke(fingerprint, reason)
    with store.transaction():
        store.mark("certificate", entry.code, who=store.setting("officer") or "", verb="revoke", title=_("吊销{name}的证书").format(name=entry.name),
                   facts={"fingerprint": entry.fingerprint, "reason": reason})
    return _handed_out(store, authority.state.content)


def renew(store: Store, passphrase: str) -> Path:
    """A fresh revocation list."""
    authority = _opened(store, passphrase)
    return _handed_out(store, authority.trust())


def renew_encryption(store: Store, passphrase: str) -> Path:
    """A new key for encrypted packages; the one before stays beside it, for what streets still encrypt to it. Raises SubmissionError."""
    from unionclient.submission import profile
    from unionclient.submission.keys import load_key, make_key

    authority, path = _opened(store, passphrase), store.folder / ENCRYPTION_KEY
    old = load_key(path, passphrase)
    fresh = path.with_name("encryption-next.json")
    fresh.unlink(missing_ok=True)
    key = make_key(fresh, passphrase, name=store.setting("district.name") or "", street_code=store.setting("district.code") or "",
                   purpose=profile.ENCRYPTION)
    _certify(authority, fresh, passphrase, key, profile.ENCRYPTION)
    write_whole(path.with_name(f"encryption-key-{old.fingerprint[:12]}.json"), path.read_bytes())
    fresh.replace(path)
    with store.transaction():
        store.mark("authority", store.setting("district.code") or "", who=store.setting("officer") or "", verb="renew", title=_("更换加密钥匙"),
                   facts={"before": old.fingerprint})
    return _handed_out(store, authority.state.content)


def encryption_keys(store: Store) -> list[Path]:
    """The key that opens encrypted packages, then those before it, the newest first."""
    older = sorted(store.folder.glob("encryption-key-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [store.folder / ENCRYPTION_KEY, *older]


def signing_key(store: Store, passphrase: str) -> Any:
    """The district's own key, opened. Raises SubmissionError before `set_up`, or where the passphrase is wrong."""
    from unionclient.submission.keys import load_key

    if not (store.folder / KEY).is_file():
        raise SubmissionError(_("区里还没有签名钥匙"), _("没有改动任何文件。"), _("请先在“街道与证书”里建立签发机构。"))
    return load_key(store.folder / KEY, passphrase)


def fingerprint(key: Any) -> str:
    """SHA-256 of a key's certificate, hex."""
    return hashlib.sha256(key.certificate).hexdigest()


def register(store: Store) -> list[BodyState]:
    """Every body, its newest certificate and newest package."""
    trust = None
    with contextlib.suppress(SubmissionError):     # a damaged trust file is told where it is used
        trust = trust_of(store)
    newest: dict[str, Any] = {}
    waiting: dict[str, int] = {}
    for package in received.packages(store.connection):
        if package.street not in newest or package.seq > newest[package.street].seq:
            newest[package.street] = package
        waiting[package.street] = waiting.get(package.street, 0) + (package.state == received.RECEIVED)
    return [_state(trust, body, newest.get(body.code), waiting.get(body.code, 0)) for body in bodies(store.library)]


def _state(trust: Any, body: Body, last: Any, waiting: int) -> BodyState:
    entries = trust.of(body.code) if trust else ()
    if not entries:
        return BodyState(body, None, None, False, last, waiting)
    entry = entries[-1]
    return BodyState(body, entry.fingerprint, (entry.ends or entry.expires).date().isoformat(), trust.revoked(entry), last, waiting)
