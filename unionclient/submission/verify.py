"""The verdict on a package: everything is checked again from its bytes, and nothing is believed before it is signed for.

Three stages, each only after the one before held: the container's form; signature, certificate and digests; content.
Whatever a foreign file makes a library raise becomes an invalid verdict in Chinese, never a traceback. Limits: the
certificate is compared with those given as trusted, no chain, no revocation; sequence and predecessor are not known
here. In the program itself, foreign files go through `worker.verify_file`, which adds limits of time and memory.
"""

import hashlib
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from unionclient.submission import certificate as certificates
from unionclient.submission.asicmanifest import WeakDigest, read_asic_manifest
from unionclient.submission.certificate import SignerFacts
from unionclient.submission.container import (
    ASIC_MANIFEST, META, SIGNATURE, Container, NoContainer, open_container, read_container)
from unionclient.submission.manifest import Manifest, manifest_tree, read_manifest
from unionclient.submission.signing import Signed, SignatureFault, check_detached

T = TypeVar("T")
MANIFEST = "manifest.json"

TITLES = {
    "file": "文件可读",
    "layout": "容器结构",
    "limits": "大小与数量",
    "names": "文件名",
    "mimetype": "容器类型",
    "signature-present": "有签名",
    "algorithms": "签名算法",
    "signing-certificate": "签名绑定证书",
    "signature": "签名成立",
    "certificate-dates": "证书有效期",
    "certificate-use": "证书用途",
    "trust": "证书已登记",
    "asic-manifest": "签名清单",
    "members": "文件齐全",
    "digests": "文件未被改动",
    "manifest": "报送说明",
    "entries": "说明与文件一致",
    "signer": "说明与签名人一致",
    "types": "文件类型",
    "data": "数据表",
    "controls": "行数与合计",
    "source": "表格与数据对应",
    "pdf-signature": "PDF 签名",
    "pdf-content": "PDF 内容安全",
    "pdf-source": "PDF 与数据对应",
    "workbook-content": "工作簿内容安全",
    "workbook-source": "工作簿与数据对应",
    "worker": "检查过程",
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: `id` and `title` from TITLES, `detail` in Chinese (empty where there is nothing to say)."""

    id: str
    title: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement. `manifest` is None unless the signature and all digests hold: nothing unsigned is shown.

    `trusted` is True only where the signer's certificate is among those given. `exit_code`: 0 valid, 1 invalid,
    2 the file cannot be opened or is no container at all.
    """

    valid: bool
    checks: tuple[CheckResult, ...]
    manifest: Manifest | None
    signer: SignerFacts | None
    trusted: bool
    exit_code: int

    @property
    def message(self) -> str:
        """The verdict in one sentence: the first check that failed, or that all passed."""
        failed = next((check for check in self.checks if not check.ok), None)
        return f"{failed.title}：{failed.detail}" if failed else f"有效，{len(self.checks)} 项检查全部通过"

    def tree(self) -> dict[str, Any]:
        """As JSON: for `verify --json`, and on the way back from the checking process."""
        return {
            "valid": self.valid, "trusted": self.trusted, "exit_code": self.exit_code, "message": self.message,
            "checks": [{"id": check.id, "title": check.title, "ok": check.ok, "detail": check.detail} for check in self.checks],
            "signer": self.signer and self.signer.tree(),
            "manifest": self.manifest and manifest_tree(self.manifest),
        }


def verify(path: Path | str, *, trusted: Iterable[bytes] | None = None, at: datetime | None = None) -> Verdict:
    """Judge the package file `path`, in this process. Never raises for what the file holds.

    `trusted` are certificates (DER or PEM; ValueError for anything else): given, the signer must be one of them. `at` is the moment of judgement
    (aware; now unless said otherwise), so that a package from the archive is judged as of its receipt.
    """
    return _verdict(lambda: read_container(path), trusted, at)


def verify_bytes(content: bytes, *, trusted: Iterable[bytes] | None = None, at: datetime | None = None) -> Verdict:
    """As `verify`, from memory."""
    return _verdict(lambda: open_container(content), trusted, at)


@dataclass(slots=True)
class Report:
    """The checks passed and failed so far; the edge behind which foreign content is read."""

    checks: list[CheckResult] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return all(check.ok for check in self.checks)

    def passed(self, *ids: str, detail: str = "") -> None:
        self.checks += [CheckResult(check, TITLES[check], True, detail) for check in ids]

    def failed(self, check: str, detail: str) -> None:
        self.checks.append(CheckResult(check, TITLES[check], False, detail))

    def attempt(self, check: str, work: Callable[[], T]) -> T | None:
        """Do `work`; a fault becomes a failed check (the fault's own id, else `check`) and the answer None."""
        try:
            return work()
        except NoContainer as fault:
            self.failed("file", str(fault))
        except WeakDigest as fault:
            self.failed("algorithms", str(fault))
        except MemoryError:
            self.failed(check, "内容太大，内存不足，无法检查")
        except Exception as fault:  # the edge: any library may raise anything on a foreign file
            known = hasattr(fault, "check") or type(fault).__module__.startswith("unionclient.")
            text = str(fault) if known else f"内容异常，无法判读（{type(fault).__name__}）"
            self.failed(getattr(fault, "check", check), text)
        return None


def _verdict(opener: Callable[[], Container], trusted: Iterable[bytes] | None, at: datetime | None) -> Verdict:
    report, moment = Report(), at or datetime.now(UTC)
    signer: SignerFacts | None = None
    manifest: Manifest | None = None
    known = None if trusted is None else certificates.fingerprints(trusted)
    # Libraries warn about odd files; the verdict says what matters and the console of an office stays quiet.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        container = report.attempt("layout", opener)
        if container is not None:
            report.passed("file", "layout", "limits", "names", "mimetype")
            signer = _signature_stage(report, container, known, moment)
        if signer is not None and report.sound:
            manifest = _content_stage(report, container, signer)
    unreadable = [check.id for check in report.checks if not check.ok] == ["file"]
    return Verdict(
        report.sound, tuple(report.checks), manifest, signer, bool(signer and known and signer.fingerprint in known),
        0 if report.sound else 2 if unreadable else 1)


def _signature_stage(report: Report, container: Container, known: set[str] | None, moment: datetime) -> SignerFacts | None:
    """Signature first, over raw bytes; only a list that is signed for is parsed."""
    signed = report.attempt("signature", lambda: _signed(container))
    if signed is None:
        return None
    report.passed("signature-present", "algorithms", "signing-certificate", "signature")
    signer = report.attempt("certificate-use", lambda: certificates.read_signer(signed))
    if signer is None:
        return None
    report.passed("certificate-use")
    dates = report.attempt("certificate-dates", lambda: certificates.check_dates(signer, moment))
    if dates is not None:
        report.passed("certificate-dates", detail=dates)
    if known is not None:
        if signer.fingerprint in known:
            report.passed("trust")
        else:
            report.failed("trust", "签名人的证书没有登记")
    _list_stage(report, container)
    return signer


def _signed(container: Container) -> Signed:
    if SIGNATURE not in container.names:
        raise SignatureFault("signature-present", "包没有签名")
    if ASIC_MANIFEST not in container.names:
        raise SignatureFault("asic-manifest", "包内没有签名清单")
    return check_detached(container.read(SIGNATURE), container.read(ASIC_MANIFEST))


def _list_stage(report: Report, container: Container) -> None:
    """The signed list names exactly the files that are there, and each has its digest."""
    digests = report.attempt("asic-manifest", lambda: read_asic_manifest(container.read(ASIC_MANIFEST)))
    if digests is None:
        return
    report.passed("asic-manifest")
    there = set(container.names) - set(META)
    extra, missing = sorted(there - set(digests)), sorted(set(digests) - there)
    if extra or missing:
        parts = [text + "、".join(ascii(name)[1:-1][:80] for name in names[:5]) for text, names in
                 (("多出签名清单之外的文件 ", extra), ("缺少文件 ", missing)) if names]
        report.failed("members", "；".join(parts))
    else:
        report.passed("members")
    changed = report.attempt("digests", lambda: [
        name for name in sorted(there & set(digests)) if hashlib.sha256(container.read(name)).digest() != digests[name]])
    if changed:
        report.failed("digests", "签名后被改过的文件：" + "、".join(changed[:5]))
    elif changed is not None:
        report.passed("digests")


def _content_stage(report: Report, container: Container, signer: SignerFacts) -> Manifest | None:
    from unionclient.submission.contentchecks import check_content

    if MANIFEST not in container.names:
        report.failed("manifest", "包内没有 manifest.json")
        return None
    manifest = report.attempt("manifest", lambda: read_manifest(container.read(MANIFEST)))
    if manifest is not None:
        report.passed("manifest")
        check_content(report, container, manifest, signer)
    return manifest
