"""The verdict on a package: everything is checked again from its bytes, and nothing is believed before it is signed for.

Stages, each only after the one before held: the container's form; the signature; the signer; list and digests; content;
sequence. Whatever a foreign file makes a library raise becomes a verdict in Chinese, never a traceback. Limits: without
a trust file or known certificates the best verdict is `untrusted`; without what was received before, the sequence is not
judged. In the program itself, foreign files go through `worker.verify_file`, which adds limits of time and memory.
"""

import hashlib
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from unionclient.definition.words import _
from unionclient.submission import certificate as certificates
from unionclient.submission import sequence
from unionclient.submission.asicmanifest import WeakDigest, read_asic_manifest
from unionclient.submission.certificate import SignerFacts
from unionclient.submission.checks import CHECKS, EXIT_CODES, INVALID, REPLAY, RESULTS, UNSAFE, UNTRUSTED, VALID, sentence_of, title_of
from unionclient.submission.container import (
    ASIC_MANIFEST, BACKUP, META, SIGNATURE, Container, NoContainer, open_container, read_container)
from unionclient.submission.manifest import Manifest, manifest_tree, read_manifest
from unionclient.submission.second import check_second
from unionclient.submission.sequence import Received
from unionclient.submission.signing import Signed, SignatureFault, check_detached

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

__all__ = ["CheckResult", "Report", "Verdict", "judge_bearer", "verify", "verify_bytes"]

T = TypeVar("T")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: `id` of CHECKS; `detail` says more where there is more to say, in the language spoken when it was checked.

    `warn`: it holds, but somebody should look (a certificate that has run out since).
    """

    id: str
    ok: bool
    detail: str = ""
    warn: bool = False

    @property
    def title(self) -> str:
        return title_of(self.id)

    @property
    def sentence(self) -> str:
        """What came out."""
        return self.detail or sentence_of(self.id, self.ok)

    def tree(self) -> dict[str, Any]:
        return {"id": self.id, "ok": self.ok, "warn": self.warn, "detail": self.detail, "title": self.title, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement. `result` is one of RESULTS; `manifest` is None unless the signature and all digests hold.

    `trusted` is True only where the signer is known: by the trust file, or as one of the certificates given. `sha256`
    is the digest of the whole file (hex), empty where it could not be read.
    """

    result: str
    checks: tuple[CheckResult, ...]
    manifest: Manifest | None = None
    signer: SignerFacts | None = None
    trusted: bool = False
    sha256: str = ""

    @property
    def valid(self) -> bool:
        """Signed by somebody known, whole, consistent, and the next in its order where that was asked."""
        return self.result == VALID

    @property
    def sound(self) -> bool:
        """No check failed; but who signed is perhaps not known."""
        return all(check.ok for check in self.checks)

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.result]

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        return tuple(check for check in self.checks if not check.ok)

    @property
    def message(self) -> str:
        """The verdict in one sentence: the first check that failed, or that all passed."""
        if self.failed:
            return _("{result}：{title}：{sentence}").format(
                result=_(RESULTS[self.result]), title=self.failed[0].title, sentence=self.failed[0].sentence)
        if self.result == UNTRUSTED:
            return _("签名成立，{count} 项检查全部通过；没有信任文件，签名人是谁没有核对").format(count=len(self.checks))
        return _("有效，{count} 项检查全部通过").format(count=len(self.checks))

    def tree(self) -> dict[str, Any]:
        """As JSON: for `verify --json`, and on the way back from the checking process."""
        return {
            "verdict": self.result, "valid": self.valid, "trusted": self.trusted, "exit_code": self.exit_code,
            "message": self.message, "sha256": self.sha256,
            "checks": [check.tree() for check in self.checks],
            "signer": self.signer and self.signer.tree(),
            "manifest": self.manifest and manifest_tree(self.manifest),
        }


def verify(path: Path | str, *, trust: "Trust | None" = None, trusted: Iterable[bytes] | None = None,
           known: Iterable[Received] | None = None, at: datetime | None = None) -> Verdict:
    """Judge the package file `path`, in this process. Never raises for what the file holds.

    `trust` is the district's trust file, read before. `trusted` are certificates (DER or PEM; ValueError for anything
    else): given, the signer must be one of them. `known` is what the street handed in before, for the sequence. `at` is
    the moment of judgement (aware; now unless said otherwise), so that a package from the archive is judged as of then.
    """
    return _verdict(lambda: read_container(path), trust, trusted, known, at)


def verify_bytes(content: bytes, *, trust: "Trust | None" = None, trusted: Iterable[bytes] | None = None,
                 known: Iterable[Received] | None = None, at: datetime | None = None) -> Verdict:
    """As `verify`, from memory."""
    return _verdict(lambda: open_container(content), trust, trusted, known, at)


@dataclass(slots=True)
class Report:
    """The checks passed and failed so far; the edge behind which foreign content is read."""

    checks: list[CheckResult] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return all(check.ok for check in self.checks)

    @property
    def result(self) -> str:
        """What the failures so far make of the package: the gravest of them."""
        failures = {CHECKS[check.id].failure for check in self.checks if not check.ok}
        return next((each for each in (UNSAFE, INVALID, UNTRUSTED, REPLAY) if each in failures), VALID)

    def passed(self, *ids: str, detail: str = "") -> None:
        self.checks += [CheckResult(check, True, detail, warn=bool(detail)) for check in ids]

    def told(self, check: str, detail: str) -> None:
        """Passed, with something to say that is no warning."""
        self.checks.append(CheckResult(check, True, detail))

    def warned(self, check: str, detail: str) -> None:
        self.checks.append(CheckResult(check, True, detail, warn=True))

    def failed(self, check: str, detail: str) -> None:
        self.checks.append(CheckResult(check, False, detail))

    def attempt(self, check: str, work: Callable[[], T]) -> T | None:
        """Do `work`; a fault becomes a failed check (the fault's own id, else `check`) and the answer None."""
        try:
            return work()
        except NoContainer as fault:
            self.failed("file", str(fault))
        except WeakDigest as fault:
            self.failed("algorithms", str(fault))
        except MemoryError:
            self.failed("worker", _("内容太大，内存不足，无法检查"))
        except Exception as fault:  # the edge: any library may raise anything on a foreign file
            known = hasattr(fault, "check") or type(fault).__module__.startswith("unionclient.")
            text = str(fault) if known else _("内容异常，无法判读（{kind}）").format(kind=type(fault).__name__)
            self.failed(getattr(fault, "check", check), text)
        return None


def _verdict(opener: Callable[[], Container], trust: "Trust | None", trusted: Iterable[bytes] | None,
             known: Iterable[Received] | None, at: datetime | None) -> Verdict:
    report, moment = Report(), at or datetime.now(UTC)
    signer: SignerFacts | None = None
    manifest: Manifest | None = None
    pinned = None if trusted is None else certificates.fingerprints(trusted)
    # Libraries warn about odd files; the verdict says what matters and the console of an office stays quiet.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        container = report.attempt("layout", opener)
        if container is not None:
            report.passed("file", "layout", "limits", "names", "profile", "mimetype")
            signer = _signature_stage(report, container, trust, pinned, moment)
        if container is not None and signer is not None and report.sound:
            _list_stage(report, container)
        if container is not None and signer is not None and report.sound:
            check_second(report, container, signer)
        if container is not None and signer is not None and report.sound:
            manifest = _content_stage(report, container, signer)
        if container is not None and manifest is not None and known is not None and report.sound:
            _sequence_stage(report, manifest, container.sha256, known)
    anchored = trust is not None or pinned is not None
    stranger = any(CHECKS[check.id].failure == UNTRUSTED for check in report.checks if not check.ok)
    return Verdict(
        UNTRUSTED if report.sound and not anchored else report.result, tuple(report.checks), manifest, signer,
        signer is not None and anchored and not stranger, container.sha256 if container else "")


def _signature_stage(report: Report, container: Container, trust: "Trust | None", pinned: set[str] | None,
                     moment: datetime) -> SignerFacts | None:
    """Signature first, over raw bytes; then the signer. Only a list that is signed for will be parsed."""
    signed = report.attempt("signature", lambda: _signed(container))
    if signed is None:
        return None
    report.passed("signature-present", "algorithms", "signing-certificate", "signature")
    return judge_bearer(report, signed, trust, pinned, moment)


def judge_bearer(report: Report, signed: Signed, trust: "Trust | None", pinned: set[str] | None, moment: datetime) -> SignerFacts | None:
    """Who made a sound signature, as far as the trust file or the certificates given (`pinned`, fingerprints) know."""
    signer = report.attempt("certificate-use", lambda: certificates.read_signer(signed))
    if signer is None:
        return None
    report.passed("certificate-use")
    if trust is not None:
        _trust_stage(report, signed.chain, signer, trust, moment)
    else:
        dates = report.attempt("certificate-dates", lambda: certificates.check_dates(signer, moment))
        if dates is not None:
            report.passed("certificate-dates", detail=dates)
    if pinned is not None:
        if signer.fingerprint in pinned:
            report.passed("trust")
        else:
            report.failed("trust", _("签名人的证书没有登记"))
    return signer


def _signed(container: Container) -> Signed:
    if BACKUP in container.names:
        raise SignatureFault("signature-present", _("这是没有检查、没有签名的备份，不能作为报送包"))
    if SIGNATURE not in container.names:
        raise SignatureFault("signature-present", _("包没有签名"))
    if ASIC_MANIFEST not in container.names:
        raise SignatureFault("asic-manifest", _("包内没有签名清单"))
    return check_detached(container.read(SIGNATURE), container.read(ASIC_MANIFEST))


def _trust_stage(report: Report, chain: Sequence[bytes], signer: SignerFacts, trust: "Trust", moment: datetime) -> None:
    """The district's word on the signer. That the manifest names the same street is checked when it is read."""
    from unionclient.submission.trust import WARN, judge_signer

    found = report.attempt("trust-chain", lambda: judge_signer(
        chain, trust, signed_at=signer.signed_at, moment=moment, street=signer.street_code))
    for finding in found or ():
        report.checks.append(CheckResult(finding.check, finding.ok, finding.detail, finding.level == WARN))


def _list_stage(report: Report, container: Container) -> None:
    """The signed list names exactly the files that are there, and each has its digest."""
    digests = report.attempt("asic-manifest", lambda: read_asic_manifest(container.read(ASIC_MANIFEST)))
    if digests is None:
        return
    report.passed("asic-manifest")
    there = set(container.names) - set(META)
    extra, missing = sorted(there - set(digests)), sorted(set(digests) - there)
    if extra or missing:
        parts = [words.format(names=_("、").join(ascii(name)[1:-1][:80] for name in names[:5])) for words, names in
                 ((_("多出签名清单之外的文件 {names}"), extra), (_("缺少文件 {names}"), missing)) if names]
        report.failed("members", _("；").join(parts))
    else:
        report.passed("members")
    changed = report.attempt("digests", lambda: [
        name for name in sorted(there & set(digests)) if hashlib.sha256(container.read(name)).digest() != digests[name]])
    if changed:
        report.failed("digests", _("签名后被改过的文件：{names}").format(names=_("、").join(changed[:5])))
    elif changed is not None:
        report.passed("digests")


def _content_stage(report: Report, container: Container, signer: SignerFacts) -> Manifest | None:
    from unionclient.submission.contentchecks import check_content

    if MANIFEST not in container.names:
        report.failed("manifest", _("包内没有 manifest.json"))
        return None
    manifest = report.attempt("manifest", lambda: read_manifest(container.read(MANIFEST)))
    if manifest is not None:
        report.passed("manifest")
        check_content(report, container, manifest, signer)
    return manifest


def _sequence_stage(report: Report, manifest: Manifest, sha256: str, known: Iterable[Received]) -> None:
    found = sequence.judge(manifest.seq, manifest.prev_sha256, known, sha256=sha256, package_id=manifest.package_id)
    for finding in found:
        report.failed(f"sequence-{finding.kind}", finding.detail)
    if not found:
        report.passed(*(f"sequence-{kind}" for kind in sequence.KINDS))
