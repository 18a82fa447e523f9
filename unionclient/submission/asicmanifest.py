"""`META-INF/ASiCManifest001.xml`: the list of members and their SHA-256 that the one signature covers.

Limits: reads only the form written here (one signature, SHA-256, no extensions). Source: ETSI EN 319 162-1, annex A.4.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from unionclient.definition.words import _
from unionclient.submission.container import SIGNATURE

if TYPE_CHECKING:
    from lxml.etree import _Element

ASIC = "http://uri.etsi.org/02918/v1.2.1#"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNATURE_TYPE = "application/x-pkcs7-signature"
_SIZE_MOST = 2**20


class AsicFault(ValueError):
    """A sentence (Chinese) on why the list cannot be taken."""


class WeakDigest(AsicFault):
    """The list uses a digest other than SHA-256."""


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def asic_manifest_bytes(members: Mapping[str, bytes], media_types: Mapping[str, str], *, signature: str = SIGNATURE,
                        algorithm: str = SHA256, digest: Callable[[bytes], bytes] = _sha256) -> bytes:
    """The list for `members` (name to content), sorted by name, as UTF-8 XML; `signature` is the member that will sign it."""
    from lxml import etree

    root = etree.Element(f"{{{ASIC}}}ASiCManifest", nsmap={"asic": ASIC, "ds": DSIG})
    etree.SubElement(root, f"{{{ASIC}}}SigReference", URI=signature, MimeType=SIGNATURE_TYPE)
    for name in sorted(members):
        reference = etree.SubElement(root, f"{{{ASIC}}}DataObjectReference", URI=name, MimeType=media_types[name])
        etree.SubElement(reference, f"{{{DSIG}}}DigestMethod", Algorithm=algorithm)
        value = etree.SubElement(reference, f"{{{DSIG}}}DigestValue")
        value.text = base64.b64encode(digest(members[name])).decode("ascii")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read_asic_manifest(content: bytes, *, signature: str = SIGNATURE, algorithm: str = SHA256) -> dict[str, bytes]:
    """Digests (32 bytes) by member name, where `signature` is to sign the list and all are by `algorithm`. Raises AsicFault."""
    from lxml import etree

    # A DOCTYPE is the door to entities: it is refused before any parser sees the text.
    if b"<!DOCTYPE" in content or b"\0" in content or len(content) > _SIZE_MOST:
        raise AsicFault(_("签名清单中有不允许的内容"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise AsicFault(_("签名清单不是正确的 XML 文件")) from None
    children = list(root.iterchildren())
    if root.tag != f"{{{ASIC}}}ASiCManifest" or not children:
        raise AsicFault(_("签名清单不是 ASiC 清单"))
    named, *references = children
    if named.tag != f"{{{ASIC}}}SigReference" or named.get("URI") != signature or not references:
        raise AsicFault(_("签名清单没有指明签名文件或没有列出文件"))
    digests: dict[str, bytes] = {}
    for reference in references:
        name, digest = _reference(reference, algorithm)
        if name in digests:
            raise AsicFault(_("签名清单把 {name} 列了两次").format(name=ascii(name)[:80]))
        digests[name] = digest
    return digests


def _reference(node: "_Element", algorithm: str) -> tuple[str, bytes]:
    parts = list(node.iterchildren())
    if node.tag != f"{{{ASIC}}}DataObjectReference" or [part.tag for part in parts] != [
            f"{{{DSIG}}}DigestMethod", f"{{{DSIG}}}DigestValue"]:
        raise AsicFault(_("签名清单中有不认识的内容"))
    name, (method, value) = node.get("URI"), parts
    if method.get("Algorithm") != algorithm:
        raise WeakDigest(_("签名清单使用了不允许的摘要算法 {algorithm}").format(algorithm=ascii(method.get("Algorithm"))[:80]))
    try:
        digest = base64.b64decode(value.text or "", validate=True)
    except ValueError:
        digest = b""
    if not name or len(digest) != 32:
        raise AsicFault(_("签名清单中有不完整的条目"))
    return name, digest
