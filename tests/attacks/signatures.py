"""Attacks on the signature itself: taken off, wrapped, weakened, stretched over something else."""

from collections.abc import Callable
from functools import partial
from typing import Any

from attacks.rawzip import lines, zipped
from attacks.scene import BOOK, CSV, PDF, Attack, Scene
from submission.bench import PASSPHRASE, make_pdf, make_workbook, member_table
from submission.trusting import STREET

from unionclient.submission import asicmanifest, container, signing
from unionclient.submission.keys import make_key
from unionclient.submission.opc import sign_workbook

LIST, SIGNATURE = container.ASIC_MANIFEST, container.SIGNATURE


def _relisted(scene: Scene, xml: bytes, **more: bytes) -> bytes:
    """The package under another list, signed with the right key."""
    return scene.bench.zipped({LIST: xml, SIGNATURE: signing.sign_detached(xml, scene.key, scene.now), **more})


def _edited_list(old: bytes, new: bytes, scene: Scene) -> bytes:
    xml = scene.bench.members[LIST]
    assert old in xml
    return _relisted(scene, xml.replace(old, new, 1))


def _cms(edit: Callable[[Any], None], scene: Scene) -> bytes:
    """The signature with its CMS structure changed."""
    from asn1crypto import cms, tsp  # noqa: F401 (tsp teaches cms the attribute)

    info = cms.ContentInfo.load(scene.bench.members[SIGNATURE])
    edit(info)
    return scene.bench.zipped({SIGNATURE: info.dump(force=True)})


def _digest(name: str, scene: Scene) -> bytes:
    def edit(info: Any) -> None:
        info["content"]["digest_algorithms"] = [{"algorithm": name}]
        info["content"]["signer_infos"][0]["digest_algorithm"] = {"algorithm": name}
    return _cms(edit, scene)


def _mechanism(name: str, scene: Scene) -> bytes:
    return _cms(lambda info: info["content"]["signer_infos"][0].__setitem__("signature_algorithm", {"algorithm": name}), scene)


def _without(attribute: str, scene: Scene) -> bytes:
    def edit(info: Any) -> None:
        signer = info["content"]["signer_infos"][0]
        signer["signed_attrs"] = [each for each in signer["signed_attrs"] if each["type"].native != attribute]
    return _cms(edit, scene)


def _signers(count: int, scene: Scene) -> bytes:
    def edit(info: Any) -> None:
        info["content"]["signer_infos"] = [info["content"]["signer_infos"][0]] * count
    return _cms(edit, scene)


def _no_certificate(scene: Scene) -> bytes:
    return _cms(lambda info: info["content"].__setitem__("certificates", []), scene)


def _exchanged(scene: Scene) -> bytes:
    from asn1crypto import x509

    return _cms(lambda info: info["content"].__setitem__("certificates", [x509.Certificate.load(scene.other.certificate)]), scene)


def _enveloping(scene: Scene) -> bytes:
    """A signature that brings its own content instead of covering the list."""
    return scene.bench.zipped({SIGNATURE: signing.sign_attached(scene.bench.members[LIST], scene.key, scene.now)})


def _unsigned_attribute(scene: Scene) -> bytes:
    from asn1crypto import cms

    def edit(info: Any) -> None:
        info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([
            cms.CMSAttribute({"type": "1.2.3.4", "values": [cms.SetOfOctetString([b"x"])[0]]})])
    return _cms(edit, scene)


def _second_list(scene: Scene) -> bytes:
    """A second list and signature beside the first, as ASiC allows: readers differ in which they believe."""
    return _raw(scene, {"META-INF/ASiCManifest002.xml": scene.bench.members[LIST], "META-INF/signature003.p7s": b"x"})


def _raw(scene: Scene, more: dict[str, bytes]) -> bytes:
    return zipped(lines({**scene.bench.members, **more}))


def _twice_listed(scene: Scene) -> bytes:
    """The same name with two digests: the real file's and another's."""
    xml = scene.bench.members[LIST]
    at, end = xml.index(b"<asic:DataObjectReference"), xml.index(b"</asic:DataObjectReference>") + len(b"</asic:DataObjectReference>")
    return _relisted(scene, xml[:end] + xml[at:end] + xml[end:])


def _wrapped_list(scene: Scene) -> bytes:
    """The signed list moved into an element that nobody reads, a new one in its place."""
    xml = scene.bench.members[LIST]
    body = xml[xml.index(b"<asic:ASiCManifest"):]
    return _relisted(scene, xml.replace(b"</asic:ASiCManifest>", b"<asic:ASiCManifestExtensions>" + body + b"</asic:ASiCManifestExtensions></asic:ASiCManifest>"))


def _short_key(scene: Scene) -> bytes:
    name, code = STREET
    path = scene.folder / "short.key"
    path.unlink(missing_ok=True)
    short = make_key(path, PASSPHRASE, name=name, street_code=code, bits=1024, scrypt_n=2**4)
    return scene.bench.resigned({}, key=short)


def _flip(name: str, scene: Scene) -> bytes:
    content = bytearray(scene.bench.members[name])
    content[len(content) // 2] ^= 1
    return scene.bench.zipped({name: bytes(content)})


def _unsigned_book(scene: Scene) -> bytes:
    return scene.bench.resigned({BOOK: make_workbook(member_table())}, sign_books=False)


def _foreign_book(scene: Scene) -> bytes:
    """A workbook signed by the neighbour, in our package."""
    return scene.bench.resigned({BOOK: sign_workbook(make_workbook(member_table()), scene.other, signed_at=scene.now)})


def _elsewhere(scene: Scene) -> bytes:
    """The signature of another package of the same street."""
    opened = container.open_container(scene.second.path.read_bytes())
    return scene.bench.zipped({SIGNATURE: opened.read(SIGNATURE)})


def _repeated(scene: Scene) -> bytes:
    """List and signature of another package over this one's files."""
    opened = container.open_container(scene.second.path.read_bytes())
    return scene.bench.zipped({SIGNATURE: opened.read(SIGNATURE), LIST: opened.read(LIST)})


def _not_listed(scene: Scene) -> bytes:
    """The street's own key, but a list that leaves a file out."""
    listed = {name: content for name, content in scene.bench.members.items() if name not in (*container.META, CSV)}
    listed[container.MIMETYPE] = container.MEDIA_TYPE
    return _relisted(scene, asicmanifest.asic_manifest_bytes(listed, dict.fromkeys(listed, "text/plain")))


ATTACKS = [
    Attack("zero signatures", "the signature taken out", lambda s: s.bench.zipped({SIGNATURE: None}), "signature-present", "invalid"),
    Attack("zero signatures", "an empty signature file", lambda s: s.bench.zipped({SIGNATURE: b""}), "signature-present", "invalid"),
    Attack("zero signatures", "CMS without a signer", partial(_signers, 0), "signature-present", "invalid"),
    Attack("zero signatures", "CMS without a certificate", _no_certificate, "signature-present", "invalid"),
    Attack("stripped signature", "list and signature taken out", lambda s: s.bench.zipped({SIGNATURE: None, LIST: None}), "signature-present", "invalid"),
    Attack("stripped signature", "the list taken out", lambda s: s.bench.zipped({LIST: None}), "asic-manifest", "invalid"),
    Attack("stripped signature", "a PDF without its signature", lambda s: s.bench.resigned({PDF: make_pdf()}), "pdf-signature", "invalid"),
    Attack("stripped signature", "a workbook without its signature", _unsigned_book, "workbook-signature", "invalid"),
    Attack("stripped signature", "a workbook signed by another street", _foreign_book, "workbook-signature", "invalid"),
    Attack("stripped signature", "a PDF signed by another street", lambda s: s.bench.resigned({PDF: s.pdf(key=s.other)}), "pdf-signature", "invalid"),
    *(Attack("stripped signature", f"one bit of {name}", partial(_flip, name), "digests", "invalid") for name in (CSV, PDF, BOOK, "manifest.json", "README.txt")),
    Attack("stripped signature", "one bit of the list", partial(_flip, LIST), "signature", "invalid"),
    Attack("stripped signature", "another package's signature", _elsewhere, "signature", "invalid"),
    Attack("extra or missing member", "a file that nobody signed", lambda s: s.bench.zipped({"data/extra.csv": b"id\r\n"}), "members", "invalid"),
    Attack("extra or missing member", "a file in META-INF", lambda s: _raw(s, {"META-INF/extra.xml": b"<a/>"}), "profile", "invalid"),
    Attack("extra or missing member", "a table left out", lambda s: s.bench.zipped({CSV: None}), "members", "invalid"),
    Attack("extra or missing member", "a table under another name", lambda s: s.bench.zipped({CSV: None, "data/other.csv": s.bench.members[CSV]}), "members", "invalid"),
    Attack("extra or missing member", "another package's list over these files", _repeated, "digests", "invalid"),
    Attack("extra or missing member", "a list that leaves a file out", _not_listed, "members", "invalid"),
    Attack("extra or missing member", "signed, but not in the manifest", lambda s: s.bench.resigned(
        {}, edit=lambda tree: tree.update(members=[each for each in tree["members"] if each["path"] != PDF])), "entries", "invalid"),
    Attack("extra or missing member", "in the manifest only", lambda s: s.bench.resigned({PDF: None}), "entries", "invalid"),
    Attack("extra or missing member", "a program among the files", lambda s: s.bench.resigned({"attachments/setup.exe": b"MZ"}, edit=lambda tree: tree["members"].append(
        {**tree["members"][0], "path": "attachments/setup.exe", "media_type": "application/x-msdownload", "role": "attachment"})), "types", "unsafe"),
    Attack("extra or missing member", "a manifest with a field of its own", lambda s: s.bench.resigned({}, edit=lambda tree: tree.update(note="x")), "manifest", "invalid"),
    Attack("signature wrapping", "the package inside another", lambda s: container.container_bytes({"package.asice": s.bench.content}), "signature-present", "invalid"),
    Attack("signature wrapping", "two signers", partial(_signers, 2), "signature", "invalid"),
    Attack("signature wrapping", "content inside the signature", _enveloping, "signature", "invalid"),
    Attack("signature wrapping", "an attribute nobody signed", _unsigned_attribute, "signature", "invalid"),
    Attack("signature wrapping", "bytes behind the signature", lambda s: s.bench.zipped({SIGNATURE: s.bench.members[SIGNATURE] + b"\0"}), "signature", "invalid"),
    Attack("signature wrapping", "a second list and signature", _second_list, "profile", "invalid"),
    Attack("signature wrapping", "a name listed twice", _twice_listed, "asic-manifest", "invalid"),
    Attack("signature wrapping", "the list inside an extension", _wrapped_list, "asic-manifest", "invalid"),
    Attack("signature wrapping", "a list for another signature file", partial(_edited_list, b'URI="META-INF/signature001.p7s"', b'URI="META-INF/signature009.p7s"'), "asic-manifest", "invalid"),
    Attack("signature wrapping", "a list with a DOCTYPE", lambda s: _relisted(s, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "asic-manifest", "invalid"),
    Attack("signature wrapping", "the certificate exchanged", _exchanged, "signing-certificate", "invalid"),
    *(Attack("downgrade", f"digest {name}", partial(_digest, name), "algorithms", "invalid") for name in ("sha1", "md5", "md2", "sha224")),
    *(Attack("downgrade", f"signature {name}", partial(_mechanism, name), "algorithms", "invalid")
      for name in ("sha1_rsa", "md5_rsa", "sha1_ecdsa", "rsassa_pss", "ed25519", "1.2.840.113549.2.9", "2.16.840.1.101.3.4.2.1")),
    Attack("downgrade", "RSA of 1024 bits", _short_key, "algorithms", "invalid"),
    Attack("downgrade", "SHA-1 in the list", partial(_edited_list, b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1"), "algorithms", "invalid"),
    Attack("downgrade", "no digest in the list", partial(_edited_list, b"http://www.w3.org/2001/04/xmlenc#sha256", b"none"), "algorithms", "invalid"),
    Attack("downgrade", "no bound certificate", partial(_without, "signing_certificate_v2"), "signing-certificate", "invalid"),
    *(Attack("downgrade", f"no {name}", partial(_without, name), "signature", "invalid") for name in ("message_digest", "content_type", "signing_time")),
]
