"""ASiC containers of other programs, read leniently: what is in them, who signed what, and does it hold arithmetically.

For looking only: nothing here makes a package acceptable. CAdES signatures (ASiC-E and ASiC-S) are computed; XAdES ones are
counted. Limits: no chains, no time stamps, no revocation; a certificate is named as it names itself. Source: ETSI EN 319 162-1.
"""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from unionclient.definition.words import _

if TYPE_CHECKING:
    from asn1crypto import cms
    from asn1crypto import x509 as asn1_x509

MOST_MEMBERS, MOST_BYTES, MOST_RATIO = 500, 256 * 2**20, 100
_META = "META-INF/"
_CADES = re.compile(r"META-INF/[^/]*signature[^/]*\.p7s", re.IGNORECASE)
_XADES = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
_LIST = re.compile(r"META-INF/[^/]*ASiCManifest[^/]*\.xml", re.IGNORECASE)
# Digests by the last part of their XML name; the weak ones are computed and called weak.
_DIGESTS = {"sha1": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}
_WEAK = ("sha1", "md5", "sha224")


class ForeignFault(ValueError):
    """Why a container is not even looked into (Chinese)."""


@dataclass(frozen=True, slots=True)
class ForeignSignature:
    """One signer of one signature file: `covers` are the files it is over, `holds` whether it computes; `remarks` in Chinese."""

    file: str
    signer: str
    algorithm: str
    holds: bool
    covers: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a container holds: names with sizes in bytes, signatures, files that no signature covers, remarks in Chinese."""

    members: tuple[tuple[str, int], ...]
    signatures: tuple[ForeignSignature, ...]
    uncovered: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """There are signatures, all compute, and together they are over every file as it is."""
        quiet = all(signature.holds and not signature.remarks for signature in self.signatures)
        return bool(self.signatures) and quiet and not self.uncovered


def read_foreign(content: bytes) -> Foreign:
    """Look into a container. Raises ForeignFault where that would not be safe or it is no ZIP."""
    members, remarks = _members(content)
    signatures = [found for name in members if _CADES.fullmatch(name) for found in _cades(name, members)]
    xades = [name for name in members if _XADES.fullmatch(name)]
    if xades:
        remarks.append(_("有 XAdES 签名文件 {count} 个，本程序不核对").format(count=len(xades)))
    if not signatures and not xades:
        remarks.append(_("没有签名"))
    data = [name for name in members if not name.startswith(_META) and name != "mimetype" and not name.endswith("/")]
    covered = {name for signature in signatures if signature.holds for name in signature.covers}
    return Foreign(tuple((name, len(octets)) for name, octets in members.items()), tuple(signatures),
                   tuple(name for name in data if name not in covered) if not xades else (), tuple(remarks))


def _members(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Every member unpacked within the limits, counted while unpacking; what is odd is remarked."""
    remarks: list[str] = []
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            lines = file.infolist()
            if len(lines) > MOST_MEMBERS:
                raise ForeignFault(_("文件数 {count} 超过上限 {most}").format(count=len(lines), most=MOST_MEMBERS))
            for line in lines:
                if line.file_size > left or (line.file_size > 2**20 and line.file_size > MOST_RATIO * max(line.compress_size, 1)):
                    raise ForeignFault(_("展开后过大，可能是压缩炸弹"))
                with file.open(line) as source:
                    octets = source.read(min(left, line.file_size) + 1)
                left -= len(octets)
                if left < 0 or len(octets) > line.file_size:
                    raise ForeignFault(_("展开后比写明的大"))
                if line.filename in found:
                    remarks.append(_("重名的文件 {name}").format(name=ascii(line.filename)[1:-1][:80]))
                if line.filename.startswith("/") or ".." in line.filename.split("/") or "\\" in line.filename or ":" in line.filename:
                    remarks.append(_("文件名会跳出文件夹 {name}").format(name=ascii(line.filename)[1:-1][:80]))
                found[line.filename] = octets
    except ForeignFault:
        raise
    except Exception as fault:  # the edge: zipfile raises many kinds on damaged files
        raise ForeignFault(_("压缩文件已损坏")) from fault
    if next(iter(found), None) != "mimetype":
        remarks.append(_("mimetype 不是第一个文件") if "mimetype" in found else _("没有 mimetype"))
    return found, remarks


def _cades(name: str, members: dict[str, bytes]) -> list[ForeignSignature]:
    """The signers of one .p7s; a fault of the structure is one line that does not hold."""
    content, covers, remarks = _signed_content(name, members)
    try:
        from asn1crypto import cms, tsp  # noqa: F401 (tsp teaches cms its attributes)

        signed = cms.ContentInfo.load(members[name], strict=True)["content"]
        inside = signed["encap_content_info"]["content"].native
        if isinstance(inside, bytes) and inside != content:
            return [ForeignSignature(name, "", "", False, (), (_("签名里另带内容，不是容器里的文件"),))]
        signers = list(signed["signer_infos"])
        if not signers:
            return [ForeignSignature(name, "", "", False, (), (_("签名文件里没有签名"),))]
        return [_judged(name, signed, signer, content, covers, remarks) for signer in signers]
    except Exception:  # the edge: a damaged structure raises anything
        return [ForeignSignature(name, "", "", False, (), (_("签名文件已损坏，读不出来"),))]


def _signed_content(name: str, members: dict[str, bytes]) -> tuple[bytes | None, tuple[str, ...], tuple[str, ...]]:
    """What a signature file is over: the list that names it (ASiC-E), or the one data file (ASiC-S)."""
    broken: tuple[str, ...] = ()
    for listed in (each for each in members if _LIST.fullmatch(each)):
        try:
            signature, references = _read_list(members[listed])
        except ForeignFault as fault:
            broken = (str(fault),)
            continue
        if signature == name:
            covers, remarks = _referenced(references, members)
            return members[listed], covers, remarks
    data = [each for each in members if not each.startswith(_META) and each != "mimetype"]
    if len(data) == 1:
        return members[data[0]], (data[0],), broken
    return None, (), broken or (_("找不到这个签名所签的清单"),)


def _read_list(content: bytes) -> tuple[str, list[tuple[str, str, bytes]]]:
    """Signature file, and of each reference name, digest name and digest. Raises ForeignFault."""
    from lxml import etree

    if b"<!DOCTYPE" in content or b"\0" in content or len(content) > 2**22:
        raise ForeignFault(_("签名清单中有不允许的内容"))
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError:
        raise ForeignFault(_("签名清单不是正确的 XML 文件")) from None
    import base64

    signature, references = "", []
    for node in root.iter("{*}SigReference", "{*}DataObjectReference"):
        uri = unquote(node.get("URI", ""))
        if etree.QName(node).localname == "SigReference":
            signature = uri
            continue
        method, value = node.find("{*}DigestMethod"), node.find("{*}DigestValue")
        said = (method.get("Algorithm", "") if method is not None else "").rpartition("#")[2].lower()
        try:
            digest = base64.b64decode((value.text or "") if value is not None else "")
        except ValueError:
            digest = b""
        references.append((uri, said, digest))
    return signature, references


def _referenced(references: list[tuple[str, str, bytes]], members: dict[str, bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files whose digest is as listed, and remarks on the others."""
    covers, remarks = [], [] if references else [_("签名清单没有列出文件")]
    for uri, said, digest in references:
        shown = ascii(uri)[1:-1][:80]
        if uri not in members:
            remarks.append(_("清单上的文件 {name} 不在容器里").format(name=shown))
        elif said not in _DIGESTS:
            remarks.append(_("文件 {name} 的摘要算法不认识").format(name=shown))
        elif hashlib.new(_DIGESTS[said], members[uri], usedforsecurity=False).digest() != digest:
            remarks.append(_("文件 {name} 在签名后被改过").format(name=shown))
        else:
            covers.append(uri)
            if said in _WEAK:
                remarks.append(_("文件 {name} 的摘要算法 {algorithm} 太弱").format(name=shown, algorithm=said))
    return tuple(covers), tuple(remarks)


def _judged(name: str, signed: "cms.SignedData", signer: "cms.SignerInfo", content: bytes | None, covers: tuple[str, ...],
            remarks: tuple[str, ...]) -> ForeignSignature:
    certificate = _certificate(signed, signer)
    digest = signer["digest_algorithm"]["algorithm"].native
    algorithm = f"{digest} {signer['signature_algorithm']['algorithm'].native}"
    told = [*remarks, *([_("摘要算法 {algorithm} 太弱").format(algorithm=digest)] if digest in _WEAK else [])]
    if certificate is None:
        return ForeignSignature(name, "", algorithm, False, covers, (*told, _("签名文件里没有签名人的证书")))
    holds = content is not None and _computes(signer, certificate, content, digest)
    if content is not None and not holds:
        told.append(_("签名不成立"))
    return ForeignSignature(name, certificate.subject.human_friendly[:200], algorithm, holds, covers, tuple(told))


def _certificate(signed: "cms.SignedData", signer: "cms.SignerInfo") -> "asn1_x509.Certificate | None":
    from asn1crypto import x509

    beside = [choice.chosen for choice in signed["certificates"]] if signed["certificates"] else []
    sid = signer["sid"]
    for each in beside:
        if not isinstance(each, x509.Certificate):
            continue
        if sid.name == "issuer_and_serial_number":
            if each.issuer == sid.chosen["issuer"] and each.serial_number == sid.chosen["serial_number"].native:
                return each
        elif each.key_identifier == sid.chosen.native:
            return each
    return None


def _computes(signer: "cms.SignerInfo", certificate: "asn1_x509.Certificate", content: bytes, digest: str) -> bool:
    """Whether digest and signature agree with the content; any algorithm that the library knows."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    message = content
    if signer["signed_attrs"]:
        said = [each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest"]
        if said != [hashlib.new(digest, content, usedforsecurity=False).digest()]:
            return False
        message = signer["signed_attrs"].untag().dump()
    chosen: Any = {"sha1": hashes.SHA1, "sha224": hashes.SHA224, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}[digest]()
    public = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signer["signature"].native, message, ec.ECDSA(chosen))
        elif isinstance(public, rsa.RSAPublicKey):
            pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
            form = padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            public.verify(signer["signature"].native, message, form, chosen)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
