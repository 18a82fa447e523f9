"""The verbs `encrypt` and `decrypt`: a signed package for the district's eyes alone, and open again.

Nothing of an opened file is shown or kept before the signature inside holds: until then it lies in a folder of its own,
which goes away with the verdict. Limits: a key file opens it, a USB token does not.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _

if TYPE_CHECKING:
    from unionclient.submission.verify import Verdict

SUFFIX = ".p7m"
KEY_FILE = "encryption-key.json"
Passphrase = Callable[[], str]


class Tampered(SubmissionError):
    """An encrypted file that does not open: damaged, changed, or not what it says."""


def is_encrypted(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def encrypt_file(path: Path, out: Path | None, *, trust: Any = None, certificate: Path | None = None) -> Path:
    """The sound package `path` as `<package>.p7m` (or `out`) for the district: by its trust file, or a certificate given.

    Raises SubmissionError: neither is there, the certificate is not for encryption, the package would not be taken.
    """
    from unionclient.submission.encryption import encrypt
    from unionclient.submission.files import write_whole
    from unionclient.submission.worker import verify_file

    recipient = _recipient(trust, certificate)
    verdict = verify_file(path, trust=trust)
    if not verdict.sound:
        raise SubmissionError(_("这个报送包没有通过核验：{message}").format(message=verdict.message), _("没有加密，没有写出文件。"), _("请选择本程序生成的报送包。"))
    target = out or path.with_name(path.name + SUFFIX)
    write_whole(target, encrypt(path.read_bytes(), [recipient]))
    return target


def _recipient(trust: Any, certificate: Path | None) -> bytes:
    kept = _("没有加密，没有写出文件。")
    if certificate is not None:
        from unionclient.submission.certificate import read_answer

        return read_answer(_read(certificate, kept))[0]
    if trust is None or trust.encryption is None:
        raise SubmissionError(_("没有区总工会的加密证书"), kept, _("请导入写有加密证书的信任文件 trust.uct，或指定证书文件。"))
    return trust.encryption


@contextmanager
def opened(path: Path, key: Path | None, passphrase: Passphrase | None) -> Iterator[Path]:
    """The package inside an encrypted file, as a file that is gone afterwards; `key` is the key file that opens it.

    Raises `Tampered` where the bytes do not open, another SubmissionError where the key is missing, locked or another's.
    """
    from unionclient.submission.encryption import NotForThisKey, decrypt
    from unionclient.submission.files import write_whole
    from unionclient.submission.keys import SigningKey, load_key

    if key is None or not key.is_file() or passphrase is None:
        raise SubmissionError(_("这个文件已加密，只有收件单位能打开"), _("没有核验。"), _("请在区总工会用解密钥匙打开，或指定钥匙文件。"))
    content = _read(path, _("没有核验。"))
    opener = load_key(key, passphrase())
    if not isinstance(opener, SigningKey):
        raise SubmissionError(_("USB 钥匙不能用来解密"), _("没有核验。"), _("请用解密专用的钥匙文件。"))
    try:
        plain = decrypt(content, opener)
    except NotForThisKey:
        raise
    except SubmissionError as fault:
        raise Tampered(fault.what, fault.kept, fault.todo) from None
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        inner = Path(folder) / path.stem
        write_whole(inner, plain)
        yield inner


def decrypt_file(path: Path, out: Path | None, *, key: Path | None, passphrase: Passphrase, trust: Any = None) -> tuple["Verdict", Path | None]:
    """The verdict on what is inside; and, only where it is sound and its signer no stranger to `trust`, the package as a file (`out`)."""
    from unionclient.submission.files import write_whole
    from unionclient.submission.worker import verify_file

    with opened(path, key, passphrase) as inner:
        verdict = verify_file(inner, trust=trust)
        if not verdict.sound:
            return verdict, None
        target = out or path.with_suffix("")
        if target.exists():
            raise SubmissionError(_("文件夹里已有 {name}").format(name=target.name), _("原有文件没有改动，没有写出解开的报送包。"), _("请另选一个文件名。"))
        write_whole(target, inner.read_bytes())
        return verdict, target


def _read(path: Path, kept: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise SubmissionError(_("无法读取 {name}").format(name=path.name), kept, fault.strerror or "") from fault
