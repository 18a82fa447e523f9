"""Judges the OPC digital signatures of a workbook: every part, every relationship, every content type, or it is refused.

Works out digests with libxml2's canonical form, apart from the signer's own text. `check_workbook` takes only the one
form that `opc` writes; `check_signatures` takes Office's and LibreOffice's too. Whatever a signature does not cover, but
for the properties that Office leaves out, is a fault. Limits: trust in the certificate is not judged here; time stamps and
revocation data inside are not looked at. SHA-1 and RSA below 2048 bits pass only with `legacy` (files of before 2013).
"""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from unionclient.definition.words import _
from unionclient.submission import opc
from unionclient.submission.opc import (
    C14N, DSIG, LEFT_OUT, MDSSI, ORIGIN, ORIGIN_RELATION, ORIGIN_TYPE, RELATION_TRANSFORM, SIGNATURE, SIGNATURE_RELATION, SIGNATURE_TYPE)
from unionclient.submission.opcparts import (
    RELATIONS_TYPE, OpcFault, Package, blanks, open_package, parsed, relations_name, source_folder, transformed)
from unionclient.submission.signing import RSA_BITS_LEAST

if TYPE_CHECKING:
    from lxml.etree import _Element

_D = f"{{{DSIG}}}"
_M = f"{{{MDSSI}}}"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_DIGESTS = {opc.SHA256: "sha256", f"{_MORE}sha384": "sha384", "http://www.w3.org/2001/04/xmlenc#sha512": "sha512"}
_MECHANISMS = {f"{_MORE}{kind}-{name}": (kind, name) for kind in ("rsa", "ecdsa") for name in ("sha256", "sha384", "sha512")}
_OLD_DIGESTS = {f"{DSIG}sha1": "sha1"}
_OLD_MECHANISMS = {f"{DSIG}rsa-sha1": ("rsa", "sha1")}
_CURVES = {"secp256r1": 32}
# Metadata that a user's program may rewrite, for each relationship that leads to it.
_METADATA = LEFT_OUT | {"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"}
_METADATA_TYPES = re.compile(
    r"application/vnd\.openxmlformats-package\.core-properties\+xml|image/[a-z-]+"
    r"|application/vnd\.openxmlformats-officedocument\.(extended|custom)-properties\+xml")
_XADES = re.compile(r"\{http://uri\.etsi\.org/01903/v1\.[0-9.]+#\}")
_MOST_SIGNATURES = 8
_MOST_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class OpcFacts:
    """What a sound signature of a file says.

    `certificate` (DER) signed, `others` came with it and are not believed; `signed_at` is the signer's claim; `unsigned` are
    the metadata parts it does not cover. `bound`: the signature names its certificate (XAdES). `own`: the very form of `opc`.
    """

    certificate: bytes
    others: tuple[bytes, ...]
    signed_at: datetime
    comment: str
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]
    bound: bool
    own: bool

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.certificate, *self.others)


def check_workbook(content: bytes) -> OpcFacts:
    """Judge a workbook of a package: one signature, in the form written here. Raises OpcFault at the first fault."""
    found = check_signatures(content)
    if len(found) != 1:
        raise OpcFault(_("有 {count} 个签名，应为 1 个").format(count=len(found)))
    if not found[0].own:
        raise OpcFault(_("签名的写法不合规定，不是本程序签的"))
    return found[0]


def check_signatures(content: bytes, *, legacy: bool = False) -> tuple[OpcFacts, ...]:
    """Judge every signature of any signed Office file; all must hold. Raises OpcFault at the first fault.

    No signature at all is a fault. `legacy` also takes SHA-1, short keys and signatures without XAdES: for files of old
    Office versions in tests, never for a package.
    """
    package = open_package(content)
    places = _signature_parts(package)
    return tuple(_Judge(package, place, places, legacy).facts() for place in places)


def _signature_parts(package: Package) -> list[str]:
    """Where the signatures lie, by the relationships that lead to them; nothing else may lie there."""
    origins = [relation for relation in package.relations("").values() if relation.type == ORIGIN_RELATION]
    strays = [name for name in package.names if name.startswith("_xmlsignatures/") or package.type_of(name) in (ORIGIN_TYPE, SIGNATURE_TYPE)]
    if not origins and not strays:
        raise OpcFault(_("没有签名"))
    if len(origins) != 1 or origins[0].external:
        raise OpcFault(_("有签名部件，但没有指向它的关系") if not origins else _("签名的入口不止一个"))
    origin = origins[0].resolved("")
    relations = package.relations(origin)
    places = [relation.resolved(source_folder(relations_name(origin))) for relation in relations.values()]
    if not places:
        raise OpcFault(_("没有签名"))
    if len(places) > _MOST_SIGNATURES or len(set(places)) != len(places):
        raise OpcFault(_("签名过多或重复"))
    plain = all(relation.type == SIGNATURE_RELATION and not relation.external for relation in relations.values())
    typed = package.type_of(origin) == ORIGIN_TYPE and all(package.type_of(place) == SIGNATURE_TYPE for place in places)
    if not plain or not typed or set(strays) - {origin, relations_name(origin), *places}:
        raise OpcFault(_("签名部分有不认识的内容"))
    return places


class _Judge:
    """One signature on its way to facts; `_chosen` are the algorithms that are allowed."""

    def __init__(self, package: Package, place: str, places: list[str], legacy: bool) -> None:
        self.package, self.place, self.places, self.legacy = package, place, places, legacy
        self._digests = _DIGESTS | _OLD_DIGESTS if legacy else _DIGESTS
        self._mechanisms = _MECHANISMS | _OLD_MECHANISMS if legacy else _MECHANISMS
        if package.parts[place].size > _MOST_BYTES if place in package.parts else True:
            raise OpcFault(_("缺少签名部件，或者它过大"))
        self.root = parsed(package.read(place))
        self.identified = _identified(self.root)

    def facts(self) -> OpcFacts:
        signed_info, value, certificates, objects = self._skeleton()
        covered = self._covered(signed_info, objects)
        certificate, bound = self._signer(signed_info, value, certificates, covered)
        manifest = self._manifest(covered)
        signed = self._listed(manifest)
        unsigned = self._left_out(signed)
        moment, comment = self._moment(covered), "".join(
            _plain(node) for each in covered for node in each.iter(f"{{{opc.OFFICE}}}SignatureComments"))
        others = tuple(each for each in certificates if each != certificate)
        own = self._own((certificate, *others), moment, comment, value)
        return OpcFacts(certificate, others, moment, comment, tuple(sorted(signed)), tuple(sorted(unsigned)), bound, own)

    # the signature itself ---------------------------------------------------------------------------------------------

    def _skeleton(self) -> "tuple[_Element, bytes, list[bytes], list[_Element]]":
        """SignedInfo, the value, the certificates (DER) and the objects: these four kinds and nothing else."""
        children = list(self.root)
        tags = [child.tag for child in children]
        if self.root.tag != f"{_D}Signature" or tags[:3] != [f"{_D}SignedInfo", f"{_D}SignatureValue", f"{_D}KeyInfo"] or (
                set(tags[3:]) - {f"{_D}Object"}):
            raise OpcFault(_("签名的结构不合规定"))
        data = [node for node in children[2] if node.tag == f"{_D}X509Data"]
        certificates = [_octets(node) for each in data for node in each if node.tag == f"{_D}X509Certificate"]
        if not certificates:
            raise OpcFault(_("签名里没有签名人的证书"))
        return children[0], _octets(children[1]), certificates, children[3:]

    def _covered(self, signed_info: "_Element", objects: "list[_Element]") -> "list[_Element]":
        """The elements whose digests SignedInfo holds: whole objects, or the XAdES properties in one. Every object must be among them."""
        covered: list[_Element] = []
        for reference in signed_info.iterchildren(f"{_D}Reference"):
            uri = reference.get("URI", "")
            node = self.identified.get(uri[1:]) if uri.startswith("#") else None
            if node is None or not (node in objects or _is_properties(node, objects)) or node in covered:
                raise OpcFault(_("签名指向不存在或不允许的内容"))
            transforms = _transforms(reference)
            if [each.get("Algorithm") for each in transforms] not in ([], [C14N]) or any(len(each) for each in transforms):
                raise OpcFault(_("签名使用了不允许的转换"))
            self._compare(reference, canonical(node), _("签名内部的说明在签名后被改过"))
            covered.append(node)
        wrapping = {node.getparent().getparent() for node in covered if node not in objects}
        if any(each not in covered and each not in wrapping for each in objects):
            raise OpcFault(_("签名里夹带了没有签进去的内容"))
        return covered

    def _signer(self, signed_info: "_Element", value: bytes, certificates: list[bytes], covered: "list[_Element]") -> tuple[bytes, bool]:
        """The certificate whose key made the value, and whether the signature names it."""
        methods = [signed_info.find(f"{_D}{name}") for name in ("CanonicalizationMethod", "SignatureMethod")]
        if any(method is None or len(method) for method in methods) or methods[0].get("Algorithm") != C14N:
            raise OpcFault(_("签名的结构不合规定"))
        said = methods[1].get("Algorithm", "")
        if said not in self._mechanisms:
            raise OpcFault(_("使用了不允许的签名算法 {algorithm}").format(algorithm=_last(said)), "algorithms")
        named = [node for each in covered for node in each.iter() if _XADES.sub("", node.tag) in ("SigningCertificate", "SigningCertificateV2")]
        chosen = certificates
        if named:
            digests = [self._named_certificate(node) for node in named]
            chosen = [each for each in certificates if all(hashlib.new(name, each).digest() == digest for name, digest in digests)]
        elif not self.legacy:
            raise OpcFault(_("签名没有绑定签名人证书（缺少 XAdES 签名证书属性）"))
        if len(chosen) != 1:
            raise OpcFault(_("签名绑定的证书不是所附的证书"))
        _verify(chosen[0], value, canonical(signed_info), *self._mechanisms[said], legacy=self.legacy)
        return chosen[0], bool(named)

    def _named_certificate(self, node: "_Element") -> tuple[str, bytes]:
        """Digest algorithm and digest of the first certificate that XAdES names: the signer's."""
        first = next((cert for cert in node if _XADES.sub("", cert.tag) == "Cert"), None)
        digest = next((part for part in first if _XADES.sub("", part.tag) == "CertDigest"), None) if first is not None else None
        if digest is None:
            raise OpcFault(_("签名绑定的证书不是所附的证书"))
        return self._digest(digest)

    def _digest(self, node: "_Element") -> tuple[str, bytes]:
        methods, values = list(node.iterchildren(f"{_D}DigestMethod")), list(node.iterchildren(f"{_D}DigestValue"))
        if len(methods) != 1 or len(values) != 1 or len(methods[0]):
            raise OpcFault(_("签名的结构不合规定"))
        said = methods[0].get("Algorithm", "")
        if said not in self._digests:
            raise OpcFault(_("使用了不允许的摘要算法 {algorithm}").format(algorithm=_last(said)), "algorithms")
        return self._digests[said], _octets(values[0])

    def _compare(self, reference: "_Element", content: bytes, message: str) -> None:
        if not self._agrees(reference, content):
            raise OpcFault(message)

    def _agrees(self, reference: "_Element", content: bytes) -> bool:
        name, digest = self._digest(reference)
        return hashlib.new(name, content).digest() == digest

    # what it lists ----------------------------------------------------------------------------------------------------

    def _manifest(self, covered: "list[_Element]") -> "_Element":
        """The one list of parts, directly in a signed object."""
        every = [node for node in self.root.iter(f"{_D}Manifest")]
        if len(every) != 1 or every[0].getparent() not in covered or every[0].getparent().tag != f"{_D}Object":
            raise OpcFault(_("签名的部件清单缺少、重复或没有签进去"))
        return every[0]

    def _listed(self, manifest: "_Element") -> dict[str, set[str] | None]:
        """The parts that the list covers, as they are now; for relationships the Ids covered."""
        signed: dict[str, set[str] | None] = {}
        for reference in manifest:
            name, kind = _split(reference)
            if name not in self.package.parts or name.casefold() in {each.casefold() for each in signed}:
                raise OpcFault(_("部件 {name} 缺少，或者在签名清单里列了两次").format(name=name[:80]))
            if self.package.type_of(name) != kind:
                raise OpcFault(_("部件 {name} 的类型在签名后被改过").format(name=name[:80]))
            spellings, signed[name] = self._content(reference, name, kind)
            if not any(self._agrees(reference, content) for content in spellings):
                raise OpcFault(_("部件 {name} 在签名后被改过").format(name=name[:80]))
        return signed

    def _content(self, reference: "_Element", name: str, kind: str) -> tuple[list[bytes], set[str] | None]:
        """What the digest of a listed part is made of; for relationships in the ways that they are spelled."""
        transforms = _transforms(reference)
        if not transforms:
            return [self.package.read(name)], set(self.package.relations_in(name)) if kind == RELATIONS_TYPE else None
        if kind != RELATIONS_TYPE or [each.get("Algorithm") for each in transforms] != [RELATION_TRANSFORM, C14N] or len(transforms[1]):
            raise OpcFault(_("签名使用了不允许的转换"))
        relations = self.package.relations_in(name)
        chosen: set[str] = set()
        for choice in transforms[0]:
            if choice.tag == f"{_M}RelationshipReference" and choice.get("SourceId") in relations:
                chosen.add(choice.get("SourceId"))
            elif choice.tag == f"{_M}RelationshipsGroupReference" and choice.get("SourceType"):
                chosen |= {each.id for each in relations.values() if each.type == choice.get("SourceType")}
            else:
                raise OpcFault(_("部件关系 {name} 在签名后被改过").format(name=name[:80]))
        plain = transformed(relations, sorted(chosen))
        # libxmlsec (LibreOffice, xmlsec1) makes an element of every line break between relationships. It says no less for that.
        begin, sign, rest = plain.partition(b">")
        return [plain, begin + sign + b"<text></text>" * blanks(self.package.read(name)) + rest], chosen

    def _left_out(self, signed: dict[str, set[str] | None]) -> list[str]:
        """Parts the signature does not cover, all of them metadata. Raises OpcFault for any other."""
        origin = next(relation for relation in self.package.relations("").values() if relation.type == ORIGIN_RELATION).resolved("")
        own = {origin, relations_name(origin), *self.places}
        allowed = {relation.resolved("") for relation in self.package.relations("").values()
                   if relation.type in _METADATA and not relation.external} - own
        unsigned = []
        for name in self.package.names:
            if name in own:
                continue
            if self.package.type_of(name) == RELATIONS_TYPE or name.endswith(".rels"):
                self._relations_covered(name, signed.get(name) or set())
            elif name not in signed:
                if name not in allowed or not _METADATA_TYPES.fullmatch(self.package.type_of(name)):
                    raise OpcFault(_("部件 {name} 没有签进去").format(name=name[:80]))
                self.package.read(name)         # not signed, but still whole
                unsigned.append(name)
        return unsigned

    def _relations_covered(self, name: str, covered: set[str]) -> None:
        for relation in self.package.relations_in(name).values():
            if relation.id not in covered and (name != "_rels/.rels" or relation.type not in _METADATA or relation.external):
                raise OpcFault(_("部件关系 {name} 里有没有签进去的内容").format(name=name[:80]))

    def _moment(self, covered: "list[_Element]") -> datetime:
        """The time that XAdES states, else that of the package's object: signed either way."""
        nodes = [node for each in covered for node in each.iter() if _XADES.sub("", node.tag) == "SigningTime"]
        nodes = nodes or [node for each in covered for time in each.iter(f"{_M}SignatureTime") for node in time.iter(f"{_M}Value")]
        try:
            moment = datetime.fromisoformat(_plain(nodes[0]).strip())
        except (IndexError, ValueError):
            raise OpcFault(_("签名没有写明时间")) from None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

    def _own(self, chain: tuple[bytes, ...], moment: datetime, comment: str, value: bytes) -> bool:
        """Whether the signature is, byte by byte, what `opc` would have written."""
        written = opc.signature_text(opc.references(self.package), chain, moment, comment)
        around = self.package.parts.get(relations_name(ORIGIN))
        return (self.place == SIGNATURE and self.package.read(SIGNATURE) == written.with_value(value)
                and around is not None and around.read() == opc.ORIGIN_RELATIONS and self.package.read(ORIGIN) == b"")


# XML ----------------------------------------------------------------------------------------------------------------


def canonical(node: "_Element") -> bytes:
    """The inclusive canonical form of an element within its document (Canonical XML 1.0, without comments).

    libxml2 forgets the namespaces an element stands in but does not use, once it is taken out; so it is copied below a twin
    that declares them all.
    """
    from copy import deepcopy

    from lxml import etree

    twin = etree.Element(node.tag, dict(node.attrib), nsmap=node.nsmap)
    twin.text = node.text
    twin.extend(deepcopy(child) for child in node)
    try:
        return etree.tostring(twin, method="c14n", exclusive=False, with_comments=False)
    except etree.C14NError:             # relative namespaces have no canonical form
        raise OpcFault(_("签名里有不允许的内容")) from None


def _identified(root: "_Element") -> "dict[str, _Element]":
    """Elements by Id. Two of one Id, attributes that reach down (xml:*), and remarks that split a text are refused."""
    found: dict[str, _Element] = {}
    for node in root.iter():
        if not isinstance(node.tag, str) or any(name.startswith("{http://www.w3.org/XML/1998/namespace}") for name in node.attrib):
            raise OpcFault(_("签名里有不允许的内容"))
        for name in ("Id", "ID", "id"):
            identity = node.get(name)
            if identity is not None and (name != "Id" or identity in found):
                raise OpcFault(_("签名里有重复的编号"))
            if identity is not None:
                found[identity] = node
    return found


def _is_properties(node: "_Element", objects: "list[_Element]") -> bool:
    """XAdES SignedProperties at its one place: Object / QualifyingProperties / SignedProperties."""
    above = node.getparent()
    return (_XADES.sub("", node.tag) == "SignedProperties" and above is not None and _XADES.sub("", above.tag) == "QualifyingProperties"
            and above.getparent() in objects)


def _transforms(reference: "_Element") -> "list[_Element]":
    kinds = Counter(child.tag for child in reference)
    if kinds - Counter({f"{_D}Transforms": 1, f"{_D}DigestMethod": 1, f"{_D}DigestValue": 1}):
        raise OpcFault(_("签名的结构不合规定"))
    return [each for inside in reference.iterchildren(f"{_D}Transforms") for each in inside]


def _split(reference: "_Element") -> tuple[str, str]:
    """`/xl/workbook.xml?ContentType=…` → part name and content type."""
    match = re.fullmatch(r"/([^?#]+)\?ContentType=([^?#]+)", reference.get("URI", ""))
    if reference.tag != f"{_D}Reference" or not match:
        raise OpcFault(_("签名的部件清单里有不认识的内容"))
    return match[1], match[2]


def _plain(node: "_Element") -> str:
    if len(node):
        raise OpcFault(_("签名的结构不合规定"))
    return node.text or ""


def _octets(node: "_Element") -> bytes:
    try:
        return base64.b64decode("".join(_plain(node).split()), validate=True)
    except ValueError:
        raise OpcFault(_("签名的结构不合规定")) from None


def _last(uri: str) -> str:
    return ascii(re.split("[#/]", uri)[-1])[1:-1][:40]


def _verify(octets: bytes, value: bytes, message: bytes, kind: str, digest: str, *, legacy: bool) -> None:
    """Raise OpcFault unless `value` is the signature of `message` by the certificate's key, and the key is long enough."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    try:
        public: Any = x509.load_der_x509_certificate(octets).public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise OpcFault(_("签名人的证书读不出来")) from None
    chosen = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}[digest]()
    try:
        if kind == "rsa" and isinstance(public, rsa.RSAPublicKey):
            if public.key_size < (1024 if legacy else RSA_BITS_LEAST):
                raise OpcFault(_("签名钥匙只有 {bits} 位，至少要 {least} 位").format(bits=public.key_size, least=RSA_BITS_LEAST), "algorithms")
            public.verify(value, message, padding.PKCS1v15(), chosen)
        elif kind == "ecdsa" and isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in _CURVES:
            if len(value) != 2 * _CURVES[public.curve.name]:
                raise InvalidSignature
            half = len(value) // 2
            numbers = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            public.verify(encode_dss_signature(*numbers), message, ec.ECDSA(chosen))
        else:
            raise OpcFault(_("签名算法与签名人的钥匙不符"), "algorithms")
    except InvalidSignature:
        raise OpcFault(_("签名不成立：签名被改过，或者不是用所附证书签的")) from None
