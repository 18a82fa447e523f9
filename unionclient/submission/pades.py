"""PDFs of a package: certified with PAdES B-B when packed, judged again when received.

The PDF names the CSV it was printed from: its Info entry `/UnionclientData` holds that CSV's SHA-256 in hex, written
in the same step as the signature and so covered by it. Limits: the signature is invisible and draws no seal; no
time stamp; PDF/A is not claimed. Imported only where a PDF is at hand, since pyHanko takes most of a second to load.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from unionclient.definition.words import _
from unionclient.submission.keys import Signer

SOURCE_KEY = "/UnionclientData"
FIELD = "UnionSignature"
_ALLOWED = ("sha256", "sha384", "sha512")
_CERTIFIED = (fields.MDPPerm.NO_CHANGES, fields.MDPPerm.FILL_FORMS)
_ACTIVE_KEYS = ("/JS", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent")
_ACTIVE_ACTIONS = (
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound", "/URI")
_OBJECTS_MOST = 200_000
_SIZED: dict[tuple[bytes, ...], Any] = {}      # certificate and chain → a signature as large as all of that key's

# pyHanko tells the log what it thinks of a foreign file; the verdict says it, and a log must not hold foreign text.
for _noisy in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


class PdfFault(ValueError):
    """Why a PDF is refused; `check` is `pdf-signature`, `pdf-content` or `pdf-source`."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


class _KeySigner(signers.Signer):
    """pyHanko's view of our key: whatever signs bytes, in a file or on a token."""

    def __init__(self, key: Signer) -> None:
        beside = SimpleCertificateStore()
        beside.register_multiple(x509.Certificate.load(above) for above in key.chain)
        super().__init__(signing_cert=x509.Certificate.load(key.certificate), cert_registry=beside)
        self._key = key
        # pyHanko reserves room for the signature before it signs; RSA's is as long as the modulus, P-256's at most 72.
        public = self.signing_cert.public_key
        self._room = 72 if public.algorithm == "ec" else public.byte_size

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, dry_run: bool = False, **how: Any) -> Any:
        """pyHanko makes each signature twice, first to know its size; that is the same for every file one key signs."""
        if not dry_run:
            return await super().async_sign(data_digest, digest_algorithm, **how)
        known = (self._key.certificate, *self._key.chain)
        if known not in _SIZED:
            _SIZED[known] = await super().async_sign(data_digest, digest_algorithm, dry_run=True, **how)
        return _SIZED[known]

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(self._room) if dry_run else self._key.sign(data)


def sign_pdf(content: bytes, key: Signer, *, reason: str, source_sha256: str | None = None) -> bytes:
    """`content` certified by `key`: forms may still be filled and counter-signed, nothing else changed.

    `source_sha256` is the digest of the CSV the PDF was printed from. Raises ValueError where `content` is no PDF.
    """
    writer = IncrementalPdfFileWriter(BytesIO(content))
    if source_sha256 is not None:
        _note_source(writer, source_sha256)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS, reason=reason)
    signed = signers.PdfSigner(meta, signer=_KeySigner(key)).sign_pdf(writer)
    return signed.getvalue()


def _note_source(writer: IncrementalPdfFileWriter, digest: str) -> None:
    old = writer.trailer["/Info"] if "/Info" in writer.trailer else {}
    info = generic.DictionaryObject({key: value for key, value in old.items() if key != SOURCE_KEY})
    info[generic.pdf_name(SOURCE_KEY)] = generic.pdf_string(digest)
    writer.set_info(writer.add_object(info))


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a sound PDF says: the signer's certificate (DER), the source digest in its Info, if any; the time claimed.

    `others` are certificates that came with the signature; they are not believed.
    """

    certificate: bytes
    source_sha256: str | None
    signed_at: datetime
    others: tuple[bytes, ...] = ()


def check_pdf(content: bytes, *, moment: datetime | None) -> PdfFacts:
    """Judge a signed PDF. `moment` is the time at which its certificate must have been in force (None: when it signed).

    The rule: one signature, made as certification; pyHanko's bottom line with the signer's own certificate as anchor
    (so apart from trust); it covers the entire file, and its ByteRange ends where the file ends, because junk
    behind a PDF passes the bottom line. Raises PdfFault.
    """
    try:
        return _judged(content, moment)
    except (PdfFault, MemoryError):
        raise
    except Exception:  # the edge: on damaged files pyHanko also raises what its parts raise, assertions and zlib's errors
        raise PdfFault("pdf-signature", _("已损坏，读不出来")) from None


def _judged(content: bytes, moment: datetime | None) -> PdfFacts:
    reader = PdfFileReader(BytesIO(content))
    embedded = list(reader.embedded_signatures)
    if len(embedded) != 1:
        raise PdfFault("pdf-signature", _("有 {count} 个签名，应为 1 个").format(count=len(embedded)))
    signature = embedded[0]
    ranges = [int(edge) for edge in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != len(content):
        raise PdfFault("pdf-signature", _("签名没有盖住整个文件，签名后加了内容"))
    signed_at = signature.self_reported_timestamp
    if signed_at is None or signed_at.tzinfo is None:
        raise PdfFault("pdf-signature", _("签名没有写明时间"))
    context = ValidationContext(
        trust_roots=[signature.signer_cert], allow_fetching=False, moment=moment or signed_at, revocation_mode="soft-fail")
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if status.md_algorithm not in _ALLOWED:
        raise PdfFault("algorithms", _("PDF 使用了不允许的摘要算法 {algorithm}").format(algorithm=status.md_algorithm))
    if not (status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        raise PdfFault("pdf-signature", _why(status))
    if read_certification_data(reader) is None or signature.docmdp_level not in _CERTIFIED:
        raise PdfFault("pdf-signature", _("签名不是认证签名，挡不住以后的改动"))
    others = tuple(other.dump() for other in signature.other_embedded_certs)
    return PdfFacts(signature.signer_cert.dump(), _source(reader), signed_at.astimezone(UTC), others)


def _why(status: Any) -> str:
    if not status.intact:
        return _("内容在签名后被改过")
    if not status.valid:
        return _("签名不成立")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE or status.modification_level != ModificationLevel.NONE:
        return _("签名没有盖住整个文件，签名后加了内容")
    return _("签名人证书不能用于签名，或签名时不在有效期内")


def _source(reader: PdfFileReader) -> str | None:
    info = reader.trailer["/Info"] if "/Info" in reader.trailer else None
    value = info.get(SOURCE_KEY) if isinstance(info, generic.DictionaryObject) else None
    return str(value) if value is not None else None


def refuse_active(content: bytes) -> None:
    """Raise PdfFault where the PDF can act: scripts, programs started, files inside, XFA forms, passwords."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise PdfFault("pdf-content", _("设有密码"))
            if len(pdf.objects) > _OBJECTS_MOST:
                raise PdfFault("pdf-content", _("对象过多"))
            for item in pdf.objects:
                _walk(item)
    except pikepdf.PasswordError:
        raise PdfFault("pdf-content", _("设有密码")) from None
    except (PdfFault, MemoryError):
        raise
    except Exception:  # the edge: qpdf raises more than PdfError on damaged files
        raise PdfFault("pdf-content", _("文件结构已损坏")) from None


def _walk(start: Any) -> None:
    """Direct objects below one indirect object; nesting is followed by a list, not by recursion."""
    left = [start]
    while left:
        item = left.pop()
        if isinstance(item, pikepdf.Array):
            left.extend(child for child in item if not _indirect(child))
        elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            _refuse_action(item)
            left.extend(child for _, child in item.items() if not _indirect(child))


def _indirect(item: Any) -> bool:
    """Indirect children come up on their own in the list of objects."""
    return isinstance(item, pikepdf.Object) and item.is_indirect


def _refuse_action(item: Any) -> None:
    for key in _ACTIVE_KEYS:
        if key in item:
            raise PdfFault("pdf-content", _("含有可执行或附带的内容（{key}）").format(key=key[1:]))
    kind = item.get("/S")
    if isinstance(kind, pikepdf.Name) and str(kind) in _ACTIVE_ACTIONS:
        raise PdfFault("pdf-content", _("含有会自动执行的动作（{kind}）").format(kind=str(kind)[1:]))
    if item.get("/Type") == "/EmbeddedFile":
        raise PdfFault("pdf-content", _("夹带了别的文件"))
