"""The verbs of the street's signing key and the district's trust file, as `Workspace` offers them to window and command line.

The data folder holds `signing-key.json` (the key that signs), `signing-key-next.json` (made for a renewal, until its
certificate comes back), `trust.uct` (the district's trust file). Every step is logged; no passphrase is.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.ledger import Code
from unionclient.definition.words import CHINESE, _, marked, speaking
from unionclient.store.database import Store
from unionclient.workspace.submitting import KEY_FILE, SECOND_KEY_FILE

NEXT_FILE = "signing-key-next.json"
TRUST_FILE = "trust.uct"
RENEW_DAYS = 60
_ROOT = "trust.root"
_KEPT = marked("原有钥匙和证书没有改动。")
GOOD, WARN, BLOCK = "good", "warn", "block"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done about keys and trust: `level` warn or block, what is the matter, what to do."""

    level: str
    text: str
    todo: str


@dataclass(frozen=True, slots=True)
class KeyState:
    """The street's key as it stands; without one, everything about it is empty.

    `issued`: the district has signed its certificate. `asked` is the fingerprint to read out for the request that waits
    for a certificate (the first one, or a renewal), None where none waits. `trust` is the trust file that was taken.
    """

    name: str = ""
    code: str = ""
    fingerprint: str = ""
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    days_left: int | None = None
    issued: bool = False
    on_token: bool = False
    renewing: bool = False
    asked: str | None = None
    trust: Any = None
    due: tuple[Due, ...] = ()

    @property
    def exists(self) -> bool:
        return bool(self.fingerprint)


class KeyVerbs:
    """Part of `Workspace`."""

    _store: Store
    folder: Path
    street: Code
    officer: str
    setting: Callable[..., str | None]

    # reading ------------------------------------------------------------------------------------------------

    def key_state(self, *, now: dt.datetime | None = None) -> KeyState:
        """The key, its certificate, the trust file, and what is due; needs no passphrase."""
        moment = now or dt.datetime.now(dt.UTC)
        trust = self.trust()
        path, following = self.folder / KEY_FILE, self.folder / NEXT_FILE
        if not path.is_file():
            return KeyState(trust=trust, due=(Due(WARN, _("还没有签名钥匙"), _("生成钥匙，把申请文件交给区总工会。")), *_due_of_trust(trust, moment)))
        from unionclient.submission.certificate import read_facts
        from unionclient.submission.keys import is_token, read_chain
        from unionclient.submission.requests import certificate_key

        chain = read_chain(path)
        facts = read_facts(chain[0])
        waiting = following if following.is_file() else path if facts.self_signed else None
        state = KeyState(
            facts.name, facts.street_code, facts.fingerprint, facts.not_before, facts.not_after, (facts.not_after - moment).days,
            not facts.self_signed, is_token(path), following.is_file(), waiting and certificate_key(read_chain(waiting)[0]), trust)
        due = (*_due_of_key(state), *_due_of_trust(trust, moment), *self._due_of_register(chain, state, moment), *self._due_of_clock(moment))
        return replace(state, due=due)

    def trust(self) -> Any:
        """The trust file that was taken, or None. Raises SubmissionError where it was changed behind the program's back."""
        from unionclient.submission import trust

        path = self.folder / TRUST_FILE
        return trust.read(path.read_bytes(), self.setting(_ROOT) or "") if path.is_file() else None

    def look_at_trust(self, path: Path) -> Any:
        """A trust file before it is taken: the first one is shown so that its root can be compared by telephone."""
        from unionclient.submission import trust

        return trust.read(_read(path), known=self.trust())

    def clock_suspect(self, *, now: dt.datetime | None = None) -> str:
        """Why this computer's clock is probably wrong; empty where nothing speaks against it."""
        from unionclient.submission import clock

        def newest(table: str) -> dt.datetime | None:
            found = self._store.connection.execute(f"SELECT max(at) FROM {table}").fetchone()[0]
            return dt.datetime.fromisoformat(found) if found else None

        trust = self.trust()
        return clock.suspect(
            now or dt.datetime.now(dt.UTC), last_package=newest("submission"), newest_entry=newest("change"),
            list_made=trust and max(each.made for each in trust.lists))

    def signer(self, passphrase: str) -> Any:
        """The street's opened key (file or token), to sign with. Raises SubmissionError: none, or wrong passphrase."""
        from unionclient.submission.keys import load_key

        return load_key(self.folder / KEY_FILE, passphrase)

    # the key ------------------------------------------------------------------------------------------------

    def make_key(self, passphrase: str) -> KeyState:
        """A new key in a file, for this street, with a certificate of its own until the district's comes."""
        from unionclient.submission.keys import make_key

        make_key(self.folder / KEY_FILE, passphrase, name=self._union, street_code=self.street.code)
        return self._noted(_("生成签名钥匙"))

    @staticmethod
    def tokens_in(library: str) -> list[str]:
        """Names of the USB tokens plugged in, as the driver `library` sees them."""
        from unionclient.submission.tokens import tokens_in

        return tokens_in(library)

    def make_token_key(self, library: str, label: str, pin: str) -> KeyState:
        """A new key on a USB token: `library` is its driver (PKCS#11), `label` its name."""
        from unionclient.submission.tokens import make_token_key

        if (self.folder / KEY_FILE).exists():
            raise SubmissionError(_("已经有签名钥匙"), _(_KEPT), _("一个街道只用一把钥匙。"))
        make_token_key(self.folder / KEY_FILE, library, label, pin, name=self._union, street_code=self.street.code)
        return self._noted(_("在 USB 钥匙上生成签名钥匙"))

    def write_request(self, path: Path, passphrase: str) -> str:
        """The request for the key's first certificate into the file `path`; answers the fingerprint to read out."""
        from unionclient.submission import requests
        from unionclient.submission.files import write_whole

        key = self.signer(passphrase)
        write_whole(path, requests.make_request(key))
        fingerprint = requests.certificate_key(key.certificate)
        self._log(_("导出证书申请"), {"request": fingerprint})
        return fingerprint

    def renew_key(self, path: Path, passphrase: str) -> str:
        """A new key under the same passphrase, and its request signed by the old key, into the file `path`.

        The old key goes on signing until the new certificate is imported; of a key on a token, the new one is made on
        the same token. Asked again, the same new key is used.
        """
        from unionclient.submission import requests
        from unionclient.submission.files import write_whole
        from unionclient.submission.keys import load_key

        old, following = self.signer(passphrase), self.folder / NEXT_FILE
        new = load_key(following, passphrase) if following.is_file() else self._following_key(old, following, passphrase)
        write_whole(path, requests.renewal(old, new))
        fingerprint = requests.certificate_key(new.certificate)
        self._log(_("导出换证申请"), {"request": fingerprint})
        return fingerprint

    def _following_key(self, old: Any, path: Path, passphrase: str) -> Any:
        from unionclient.submission.keys import SigningKey, make_key
        from unionclient.submission.tokens import KEY_LABEL, make_token_key

        named = {"name": self._union, "street_code": self.street.code}
        if isinstance(old, SigningKey):
            return make_key(path, passphrase, **named)
        label = f"{KEY_LABEL}-{dt.datetime.now():%Y%m%d%H%M%S}"
        return make_token_key(path, old.place["library"], old.place["label"], passphrase, key=label, **named)

    def import_certificate(self, path: Path, passphrase: str) -> KeyState:
        """The district's certificate for the key that waits for it; after a renewal the new key takes the old one's place.

        Raises SubmissionError: no certificate in the file, another street's, not issued by its root, another key's.
        """
        from unionclient.submission.certificate import read_answer, read_facts
        from unionclient.submission.keys import add_certificate, load_key, read_certificate
        from unionclient.submission.requests import certificate_key

        certificate, chain = read_answer(_read(path))
        facts = read_facts(certificate)
        if facts.street_code != self.street.code:
            raise SubmissionError(_("这是 {name}（{street_code}）的证书").format(name=facts.name, street_code=facts.street_code), _(_KEPT), _("请选择区总工会发给本街道的证书。"))
        trust = self.trust()
        if trust is not None and not set(trust.roots) & set(chain):
            raise SubmissionError(_("证书不是由信任文件里的区根证书签发的"), _(_KEPT), _("请先导入区总工会最新的信任文件，再试一次。"))
        key_path, following = self.folder / KEY_FILE, self.folder / NEXT_FILE
        mine = certificate_key(certificate)
        if following.is_file() and certificate_key(read_certificate(following)) == mine:
            old = load_key(key_path, passphrase)  # before anything is moved: the passphrase is right
            add_certificate(following, passphrase, certificate, chain)
            key_path.replace(self.folder / f"signing-key-{old.fingerprint[:12]}.json")
            following.replace(key_path)
        else:
            add_certificate(key_path, passphrase, certificate, chain)
        return self._noted(_("导入证书"))

    def import_p12(self, path: Path, code: str, passphrase: str) -> KeyState:
        """A key that the district made: the file's own `code` opens it, `passphrase` guards it from now on."""
        from unionclient.submission.certificate import read_facts
        from unionclient.submission.keys import keep_key
        from unionclient.submission.pkcs12 import read_p12

        key = read_p12(_read(path), code)
        facts = read_facts(key.certificate)
        if facts.street_code != self.street.code:
            raise SubmissionError(_("这是 {name}（{street_code}）的钥匙").format(name=facts.name, street_code=facts.street_code), _(_KEPT), _("请选择发给本街道的文件。"))
        keep_key(self.folder / KEY_FILE, passphrase, key)
        return self._noted(_("导入 .p12 钥匙"))

    def change_key_passphrase(self, old: str, new: str) -> None:
        from unionclient.submission.keys import change_passphrase

        change_passphrase(self.folder / KEY_FILE, old, new)
        if (self.folder / NEXT_FILE).is_file():
            change_passphrase(self.folder / NEXT_FILE, old, new)
        if self.signs_twice:
            change_passphrase(self.folder / SECOND_KEY_FILE, old, new)
        self._log(_("修改签名口令"), {})

    # the second signature -----------------------------------------------------------------------------------

    @property
    def signs_twice(self) -> bool:
        """Whether packages are signed once more by SM2 (`submission.sm`)."""
        return (self.folder / SECOND_KEY_FILE).is_file()

    def make_second_key(self, passphrase: str) -> str:
        """A key for a second signature by SM2, beside the first and under its passphrase; answers its certificate's fingerprint.

        Raises SubmissionError: no first key, wrong passphrase, the optional package gmssl is not installed.
        """
        from unionclient.submission import sm
        from unionclient.submission.certificate import read_facts

        facts = read_facts(self.signer(passphrase).certificate)
        made = sm.make_key(self.folder / SECOND_KEY_FILE, passphrase, name=facts.name, street_code=facts.street_code)
        self._log(_("启用国密算法第二签名"), {"certificate": made.fingerprint})
        return made.fingerprint

    def put_second_key_aside(self) -> Path:
        """No second signature from now on; the key's file is kept under another name."""
        from unionclient.submission.keys import read_certificate

        path = self.folder / SECOND_KEY_FILE
        aside = path.with_name(f"signing-key-sm2-{hashlib.sha256(read_certificate(path)).hexdigest()[:12]}.json")
        path.replace(aside)
        self._log(_("停用国密算法第二签名"), {"file": aside.name})
        return aside

    # the trust file -----------------------------------------------------------------------------------------

    def import_trust(self, path: Path, root: str | None = None) -> Any:
        """Take the district's trust file. The first one needs `root`, the fingerprint that was compared by telephone."""
        from unionclient.submission import trust
        from unionclient.submission.files import write_whole

        content, known = _read(path), self.trust()
        if known is None and not root:
            raise SubmissionError(_("还没有核对区根证书的指纹"), _("没有采用这份信任文件。"), _("请打电话向区总工会核对指纹后再导入。"))
        taken = trust.read(content, None if known else root, known)
        write_whole(self.folder / TRUST_FILE, content)
        with self._store.transaction():
            self._store.set_setting(_ROOT, taken.signed_by)
        self._log(_("导入信任文件"), {"serial": taken.serial, "crl_number": taken.crl_number, "root": taken.signed_by})
        return taken

    # inside -------------------------------------------------------------------------------------------------

    @property
    def _union(self) -> str:
        """What certificates name, in Chinese."""
        with speaking(CHINESE):
            return f"{self.street.title}总工会"

    def _noted(self, title: str) -> KeyState:
        state = self.key_state()
        self._log(title, {"certificate": state.fingerprint, "to": state.ends.date().isoformat() if state.ends else None})
        return state

    def _log(self, title: str, facts: dict[str, Any]) -> None:
        with self._store.transaction():
            self._store.mark("key", self.street.code, who=self.officer, verb="key", title=title, facts=facts)

    def _due_of_register(self, chain: tuple[bytes, ...], state: KeyState, moment: dt.datetime) -> tuple[Due, ...]:
        """What the district would say of this key today; dates and lists are told elsewhere."""
        if state.trust is None or not state.issued:
            return ()
        from unionclient.submission.trust import judge_signer

        found = judge_signer(chain, state.trust, signed_at=moment, moment=moment, street=self.street.code)
        refused = [finding for finding in found if not finding.ok and finding.check not in ("trust-list", "trust-dates")]
        # Certificates begin a day before they are issued; one that came after the trust file cannot be in its register yet.
        if refused and state.trust.registered(state.fingerprint) is None and state.begins + dt.timedelta(days=1) >= state.trust.issued_at:
            return (Due(WARN, _("信任文件比证书旧，里面还没有登记这张证书"), _("请向区总工会要新的 trust.uct。")),)
        return tuple(Due(BLOCK, _("区里不再认这把钥匙：{detail}").format(detail=finding.detail), _("请与区总工会联系。")) for finding in refused)

    def _due_of_clock(self, moment: dt.datetime) -> tuple[Due, ...]:
        told = self.clock_suspect(now=moment)
        return (Due(WARN, told, _("请核对电脑的日期和时间；照样可以报送，报送包里会注明。")),) if told else ()


def _due_of_key(state: KeyState) -> tuple[Due, ...]:
    if not state.issued:
        return (Due(WARN, _("证书还没有由区里签发"), _("把申请文件交给区总工会，电话核对指纹，拿回证书后导入。")),)
    if state.days_left is not None and state.days_left < 0:
        return (Due(BLOCK, _("证书已于 {ends:%Y-%m-%d} 过期").format(ends=state.ends), _("请与区总工会联系，重新申请证书。")),)
    if state.renewing:
        return (Due(WARN, _("换证申请已经生成，还没有导入新证书"), _("把申请文件交给区总工会，拿回证书后导入。")),)
    if state.days_left is not None and state.days_left <= RENEW_DAYS:
        return (Due(WARN, _("证书还有 {days_left} 天到期（{ends:%Y-%m-%d}）").format(days_left=state.days_left, ends=state.ends), _("请现在换证。")),)
    return ()


def _due_of_trust(trust: Any, moment: dt.datetime) -> tuple[Due, ...]:
    if trust is None:
        return (Due(WARN, _("还没有区总工会的信任文件"), _("请向区总工会要 trust.uct，导入时打电话核对指纹。")),)
    if moment > trust.good_until + dt.timedelta(days=trust.stale_days):
        return (Due(BLOCK, _("信任文件已于 {good_until:%Y-%m-%d} 到期").format(good_until=trust.good_until), _("请向区总工会要新的 trust.uct。")),)
    if moment > trust.good_until:
        return (Due(WARN, _("信任文件已于 {good_until:%Y-%m-%d} 到期").format(good_until=trust.good_until), _("请向区总工会要新的 trust.uct。")),)
    return ()


def _read(path: Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise SubmissionError(_("无法读取 {name}").format(name=Path(path).name), _(_KEPT), fault.strerror or "") from fault
