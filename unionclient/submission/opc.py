"""Signs a workbook so that it proves itself in Office and LibreOffice: an OPC digital signature with XAdES inside.

The signature lists every part and relationship with its SHA-256, but for the properties in docProps and itself, as
Office does; it is written in canonical form, so its digests need no XML library. Same workbook, key and time: same
bytes (RSA). Limits: one signature, made last, since other programs drop it on saving; no time stamp; no seal is drawn.
Source: ECMA-376 part 2 §13, XML Signature 1.0, ETSI TS 101 903 (XAdES), MS-OFFCRYPTO 2.5.2.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from unionclient.definition.words import _
from unionclient.submission.keys import Signer
from unionclient.submission.opcparts import (
    CONTENT_TYPES, RELATIONS_TYPE, OpcFault, Package, blanks, joined, open_package, parsed, part, relations_name, transformed)

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
RELATION_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
TIME_FORMAT = "YYYY-MM-DDThh:mm:ssTZD"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ORIGIN_RELATION = f"{_PACKAGE}/relationships/digital-signature/origin"
SIGNATURE_RELATION = f"{_PACKAGE}/relationships/digital-signature/signature"
ORIGIN_TYPE = "application/vnd.openxmlformats-package.digital-signature-origin"
SIGNATURE_TYPE = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
ORIGIN, SIGNATURE = "_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"
# Properties that Office may rewrite; it leaves them out of its signatures, and so do we. The origin is the signature's own.
LEFT_OUT = frozenset({
    f"{_PACKAGE}/relationships/metadata/core-properties", f"{_PACKAGE}/relationships/metadata/thumbnail",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties", ORIGIN_RELATION})

_COORDINATE = 32        # bytes of r and of s for P-256
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The schema of Office asks for all of these; they are constants, so that nothing of the officer's PC is told.
_DETAILS = (
    ("WindowsVersion", "10.0"), ("OfficeVersion", "16.0"), ("ApplicationVersion", "16.0"), ("Monitors", "1"),
    ("HorizontalResolution", "1280"), ("VerticalResolution", "800"), ("ColorDepth", "32"),
    ("SignatureProviderId", "{00000000-0000-0000-0000-000000000000}"), ("SignatureProviderUrl", ""),
    ("SignatureProviderDetails", "9"), ("SignatureType", "1"))


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of a signature's list: the part, its content type, its SHA-256, and for relationships the Ids covered."""

    name: str
    type: str
    digest: bytes
    relations: tuple[str, ...] | None = None


def sign_workbook(content: bytes, key: Signer, *, signed_at: datetime, comment: str = "") -> bytes:
    """The workbook (any Office file) with a signature over all it holds; `comment` is shown beside the signature.

    Raises OpcFault where `content` is no Office file, or is signed already.
    """
    package = open_package(content)
    if any(name.startswith("_xmlsignatures/") for name in package.parts):
        raise OpcFault(_("文件已有签名"))
    parts = dict(package.parts)
    # libxmlsec (LibreOffice, xmlsec1) takes a line break between relationships for content: there shall be none.
    for name in package.names:
        if package.type_of(name) == RELATIONS_TYPE and (tight := _tight(package.read(name))) is not None:
            parts[name] = part(name, tight)
    package = Package(parts)
    parts[CONTENT_TYPES] = part(CONTENT_TYPES, _with_types(package.read(CONTENT_TYPES)))
    parts["_rels/.rels"] = part("_rels/.rels", _with_origin(package))
    parts[ORIGIN] = part(ORIGIN, b"")
    parts[relations_name(ORIGIN)] = part(relations_name(ORIGIN), ORIGIN_RELATIONS)
    text = signature_text(references(Package(parts)), (key.certificate, *key.chain), signed_at, comment)
    value = _value(key.sign(text.signed_info), key.certificate)
    parts[SIGNATURE] = part(SIGNATURE, text.with_value(value))
    return joined(parts)


def references(package: Package) -> list[Reference]:
    """What a signature over the package has to list, sorted by name."""
    left = {relation.resolved("") for relation in package.relations("").values() if relation.type in LEFT_OUT}
    found = []
    for name in sorted(package.names):
        if name in left or name.startswith("_xmlsignatures/"):
            continue
        kind = package.type_of(name)
        if kind != RELATIONS_TYPE:
            found.append(Reference(name, kind, hashlib.sha256(package.read(name)).digest()))
            continue
        relations = package.relations_in(name)
        chosen = sorted(identity for identity, relation in relations.items() if relation.type not in LEFT_OUT)
        if chosen:
            found.append(Reference(name, kind, hashlib.sha256(transformed(relations, chosen)).digest(), tuple(chosen)))
    return found


# the parts around the signature -----------------------------------------------------------------------------------

ORIGIN_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{SIGNATURE_RELATION}" Target="sig1.xml"/></Relationships>'
).encode()


def _with_types(content: bytes) -> bytes:
    root = parsed(content)
    space = root.tag.rpartition("}")[0] + "}"
    _add(root, f"{space}Default", Extension="sigs", ContentType=ORIGIN_TYPE)
    _add(root, f"{space}Override", PartName=f"/{SIGNATURE}", ContentType=SIGNATURE_TYPE)
    return _written(root)


def _tight(content: bytes) -> bytes | None:
    """A list of relationships without anything between them; None where it is so already."""
    root = parsed(content)
    if not blanks(content) and all(isinstance(node.tag, str) for node in root):
        return None
    root.text = None
    for node in list(root):
        node.tail = None
        if not isinstance(node.tag, str):
            root.remove(node)
    return _written(root)


def _with_origin(package: Package) -> bytes:
    root, taken = parsed(package.read("_rels/.rels")), package.relations("")
    identity = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
    _add(root, f"{{{_PACKAGE}/relationships}}Relationship", Id=identity, Type=ORIGIN_RELATION, Target=ORIGIN)
    return _written(root)


def _add(root: "_Element", tag: str, **said: str) -> None:
    from lxml import etree

    etree.SubElement(root, tag, said)


def _written(root: "_Element") -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# the signature ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignatureText:
    """A signature's XML but for its value: `signed_info` is what is signed, `inside` stands around it."""

    signed_info: bytes
    inside: str
    certificates: str
    objects: str

    def with_value(self, value: bytes) -> bytes:
        return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Signature xmlns="{DSIG}" Id="idPackageSignature">{self.inside}'
                f"<SignatureValue>{_text(value)}</SignatureValue><KeyInfo><X509Data>{self.certificates}</X509Data></KeyInfo>"
                f"{self.objects}</Signature>").encode()


def signature_text(listed: Iterable[Reference], chain: tuple[bytes, ...], signed_at: datetime, comment: str) -> SignatureText:
    """The one form of a signature that is written here; the reader compares with it byte by byte."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    certificate = x509.load_der_x509_certificate(chain[0])
    moment = f"{signed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    package = _package_object(listed, moment)
    office = _office_object(comment)
    properties = _properties(certificate, chain[0], moment)
    method = ECDSA_SHA256 if isinstance(certificate.public_key(), ec.EllipticCurvePublicKey) else RSA_SHA256
    inside = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{method}"></SignatureMethod>'
        + _reference("#idPackageObject", _apex(package), kind=f"{DSIG}Object") + _reference("#idOfficeObject", _apex(office), kind=f"{DSIG}Object")
        + _reference("#idSignedProperties", _apex(properties, f' xmlns:xd="{XADES}"'), kind="http://uri.etsi.org/01903#SignedProperties",
                     transforms=f'<Transforms><Transform Algorithm="{C14N}"></Transform></Transforms>')
        + "</SignedInfo>")
    objects = (f'{package}{office}<Object><xd:QualifyingProperties xmlns:xd="{XADES}" Target="#idPackageSignature">'
               f"{properties}</xd:QualifyingProperties></Object>")
    certificates = "".join(f"<X509Certificate>{_text(each)}</X509Certificate>" for each in chain)
    return SignatureText(_apex(inside), inside, certificates, objects)


def _apex(text: str, more: str = "") -> bytes:
    """The canonical form of an element taken out of the signature: it says the namespaces it stood in."""
    tag = re.match(r"<[\w:]+", text)[0]
    return f'{tag} xmlns="{DSIG}"{more}{text[len(tag):]}'.encode()


def _reference(uri: str, canonical: bytes, *, kind: str, transforms: str = "") -> str:
    return (f'<Reference Type="{kind}" URI="{uri}">{transforms}{_digest(hashlib.sha256(canonical).digest())}</Reference>')


def _digest(digest: bytes) -> str:
    return f'<DigestMethod Algorithm="{SHA256}"></DigestMethod><DigestValue>{_text(digest)}</DigestValue>'


def _package_object(listed: Iterable[Reference], moment: str) -> str:
    lines = []
    for each in listed:
        transforms = ""
        if each.relations is not None:
            chosen = "".join(f'<mdssi:RelationshipReference SourceId="{_escaped(identity, quoted=True)}"></mdssi:RelationshipReference>'
                             for identity in each.relations)
            transforms = (f'<Transforms><Transform Algorithm="{RELATION_TRANSFORM}">{chosen}</Transform>'
                          f'<Transform Algorithm="{C14N}"></Transform></Transforms>')
        uri = _escaped(f"/{each.name}?ContentType={each.type}", quoted=True)
        lines.append(f'<Reference URI="{uri}">{transforms}{_digest(each.digest)}</Reference>')
    return (f'<Object xmlns:mdssi="{MDSSI}" Id="idPackageObject"><Manifest>{"".join(lines)}</Manifest><SignatureProperties>'
            '<SignatureProperty Id="idSignatureTime" Target="#idPackageSignature"><mdssi:SignatureTime>'
            f"<mdssi:Format>{TIME_FORMAT}</mdssi:Format><mdssi:Value>{moment}</mdssi:Value></mdssi:SignatureTime>"
            "</SignatureProperty></SignatureProperties></Object>")


def _office_object(comment: str) -> str:
    details = "".join(f"<{name}>{text}</{name}>" for name, text in _DETAILS)
    return ('<Object Id="idOfficeObject"><SignatureProperties><SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature">'
            f'<SignatureInfoV1 xmlns="{OFFICE}"><SetupID></SetupID><SignatureText></SignatureText><SignatureImage></SignatureImage>'
            f"<SignatureComments>{_escaped(_FORBIDDEN.sub('', comment))}</SignatureComments>{details}</SignatureInfoV1>"
            "</SignatureProperty></SignatureProperties></Object>")


def _properties(certificate: "Certificate", octets: bytes, moment: str) -> str:
    """XAdES: when it was signed, and by which very certificate."""
    issuer = _escaped(certificate.issuer.rfc4514_string())
    return (
        f'<xd:SignedProperties Id="idSignedProperties"><xd:SignedSignatureProperties><xd:SigningTime>{moment}</xd:SigningTime>'
        f"<xd:SigningCertificate><xd:Cert><xd:CertDigest>{_digest(hashlib.sha256(octets).digest())}</xd:CertDigest><xd:IssuerSerial>"
        f"<X509IssuerName>{issuer}</X509IssuerName><X509SerialNumber>{certificate.serial_number}</X509SerialNumber></xd:IssuerSerial>"
        "</xd:Cert></xd:SigningCertificate><xd:SignaturePolicyIdentifier><xd:SignaturePolicyImplied></xd:SignaturePolicyImplied>"
        "</xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties></xd:SignedProperties>")


def _value(signature: bytes, certificate: bytes) -> bytes:
    """XML wants ECDSA as r and s side by side, not as DER."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    if not isinstance(x509.load_der_x509_certificate(certificate).public_key(), ec.EllipticCurvePublicKey):
        return signature
    return b"".join(number.to_bytes(_COORDINATE, "big") for number in decode_dss_signature(signature))


def _escaped(text: str, *, quoted: bool = False) -> str:
    """Text as canonical XML spells it."""
    spelled: Mapping[str, str] = {"&": "&amp;", "<": "&lt;", "\r": "&#xD;", **(
        {'"': "&quot;", "\t": "&#x9;", "\n": "&#xA;"} if quoted else {">": "&gt;"})}
    return "".join(spelled.get(sign, sign) for sign in text)


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
