"""The workbook's own signature: what it covers, what it says, and every change of the file that it finds."""

import base64
import re
import struct
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from submission.bench import make_workbook, member_table, signed_book
from submission.trusting import enrolled, new_authority

from unionclient.definition.ledger import Field
from unionclient.sheets.writer import write_ledger
from unionclient.submission import opc, opcverify, profile
from unionclient.submission.keys import SigningKey
from unionclient.submission.opcparts import OpcFault, joined, open_package, part, read_parts
from unionclient.submission.opcverify import check_signatures, check_workbook

AT = datetime(2026, 10, 8, 7, 30, tzinfo=UTC)
SIGNATURE, TYPES = "_xmlsignatures/sig1.xml", "[Content_Types].xml"
COMMENT = '2017年第3季度 <报送> & "更正"'


@pytest.fixture(scope="module")
def plain() -> bytes:
    return make_workbook(member_table())


@pytest.fixture(scope="module")
def signed(plain, key) -> bytes:
    return opc.sign_workbook(plain, key, signed_at=AT, comment=COMMENT)


@pytest.fixture(scope="module")
def curve_key() -> SigningKey:
    private, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    owner = profile.subject("东花市街道总工会", "110101013")
    certificate = profile.leaf(owner, owner, private.public_key(), now, profile.SIGNING).sign(private, hashes.SHA256())
    return SigningKey(private, certificate.public_bytes(Encoding.DER))


def rezipped(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The file with parts changed, added or (None) taken out."""
    parts = dict(read_parts(content))
    for name, new in changes.items():
        parts.pop(name) if new is None else parts.__setitem__(name, part(name, new))
    return joined(parts)


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    was = open_package(content).read(name)
    assert old in was
    return rezipped(content, {name: was.replace(old, new, 1)})


# what it says -------------------------------------------------------------------------------------------------------


def test_a_signed_workbook_says_who_when_and_why(signed, key):
    facts = check_workbook(signed)
    assert (facts.certificate, facts.signed_at, facts.comment, facts.bound, facts.own) == (key.certificate, AT, COMMENT, True, True)


def test_every_part_is_covered_but_the_properties_that_office_leaves_out(signed):
    facts, names = check_workbook(signed), set(open_package(signed).names)
    assert set(facts.unsigned) == {"docProps/app.xml", "docProps/core.xml"}
    assert set(facts.signed) == names - set(facts.unsigned) - {name for name in names if name.startswith("_xmlsignatures/")}


def test_the_issuers_stand_beside_the_signer(tmp_path, plain):
    street = enrolled(new_authority(tmp_path / "ca"), tmp_path / "key")
    assert check_workbook(opc.sign_workbook(plain, street, signed_at=AT)).chain == (street.certificate, *street.chain)


def test_a_p256_key_signs_as_well(plain, curve_key):
    assert check_workbook(opc.sign_workbook(plain, curve_key, signed_at=AT)).certificate == curve_key.certificate


def test_the_same_workbook_key_and_time_make_the_same_bytes(plain, key, signed):
    assert opc.sign_workbook(plain, key, signed_at=AT, comment=COMMENT) == signed


def test_the_workbook_still_opens_and_says_the_same(plain, signed):
    was, now = (list(openpyxl.load_workbook(BytesIO(each)).active.values) for each in (plain, signed))
    assert was == now


def test_a_streamed_ledger_can_be_signed(tmp_path, key):
    path = write_ledger(tmp_path / "a.xlsx", "甲", ["姓名"], [Field("name", "姓名")], [[f"人{n}"] for n in range(3000)])
    assert "xl/worksheets/sheet1.xml" in check_workbook(signed_book(path.read_bytes(), key)).signed


def test_what_is_signed_is_not_signed_again(signed, key):
    with pytest.raises(OpcFault, match="已有签名"):
        opc.sign_workbook(signed, key, signed_at=AT)


def test_the_own_text_is_canonical_for_libxml2_too(signed):
    """The writer spells digests by hand; libxml2's canonical form is the second opinion."""
    root = opcverify.parsed(open_package(signed).read(SIGNATURE))
    written = opc.signature_text(opc.references(open_package(signed)), check_workbook(signed).chain, AT, COMMENT)
    assert opcverify.canonical(root[0]) == written.signed_info


# what it finds ------------------------------------------------------------------------------------------------------

SHEET, BOOK, BOOK_RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
EVIL_RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'


def _relation(kind: bytes, target: bytes) -> bytes:
    return EVIL_RELATION % (kind, target)


CHANGED = {
    "a number": (lambda b: replaced(b, SHEET, b"12.5", b"92.5"), "sheet1.xml 在签名后被改过"),
    "a text": (lambda b: replaced(b, SHEET, b"id-00001", b"id-00009"), "sheet1.xml 在签名后被改过"),
    "the name of the sheet": (lambda b: replaced(b, BOOK, b'name="', b'name="x'), "workbook.xml 在签名后被改过"),
    "a style": (lambda b: replaced(b, "xl/styles.xml", b"<styleSheet", b"<!-- --><styleSheet"), "styles.xml 在签名后被改过"),
    "a relationship's target": (lambda b: replaced(b, BOOK_RELATIONS, b"sheet1.xml", b"sheet2.xml"), "workbook.xml.rels 在签名后被改过"),
    "a content type": (lambda b: replaced(b, TYPES, b"spreadsheetml.worksheet+xml", b"spreadsheetml.chartsheet+xml"), "类型在签名后被改过"),
    "a content type twice": (lambda b: replaced(b, TYPES, b"<Default ", b'<Default Extension="XML" ContentType="a/b"/><Default '), "部件类型表"),
    "a part added": (lambda b: rezipped(b, {"xl/new.xml": b"<a/>"}), "new.xml 没有签进去"),
    "a part added that calls itself a picture": (lambda b: rezipped(replaced(b, TYPES, b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default '),
                                                                   {"xl/new.png": b"x"}), "new.png 没有签进去"),
    "a relationship added": (lambda b: replaced(b, BOOK_RELATIONS, b"</Relationships>", _relation(b"externalLink", b"x.xml")), "没有签进去的内容"),
    "a relationship of the file added": (lambda b: replaced(b, "_rels/.rels", b"</Relationships>", _relation(b"customUI", b"x.xml")), "没有签进去的内容"),
    "a second book beside the first": (lambda b: replaced(b, "_rels/.rels", b"</Relationships>", _relation(b"officeDocument", b"x.xml")), "没有签进去的内容"),
    "a list of relationships added": (lambda b: rezipped(b, {"xl/worksheets/_rels/sheet1.xml.rels": opc.ORIGIN_RELATIONS.replace(b"sig1", b"x")}), "没有签进去的内容"),
    "a part removed": (lambda b: rezipped(b, {"xl/theme/theme1.xml": None}), "theme1.xml 缺少"),
    "two relationships of one Id": (lambda b: replaced(b, BOOK_RELATIONS, b"</Relationships>", _relation(b"theme", b"x").replace(b"rId99", b"rId1")), "部件关系表"),
    "a sheet passed off as properties": (lambda b: rezipped(replaced(b, "_rels/.rels", b"docProps/core.xml", b"xl/hidden.xml"), {"xl/hidden.xml": b"<a/>"}), "没有签进去"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_of_the_workbook_is_found(signed, name):
    change, why = CHANGED[name]
    with pytest.raises(OpcFault, match=why):
        check_workbook(change(signed))


def test_properties_may_change_and_are_named_as_unsigned(signed):
    facts = check_workbook(replaced(signed, "docProps/core.xml", b"</dc:creator>", b"x</dc:creator>"))
    assert "docProps/core.xml" in facts.unsigned


def test_openpyxl_drops_the_signature_on_saving(signed):
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(signed)).save(out)
    with pytest.raises(OpcFault, match="没有签名"):
        check_workbook(out.getvalue())


# forged signatures: the container of a signature is rebuilt, with or without a key ------------------------------------


def _edit(old: str, new: str):
    return lambda b: replaced(b, SIGNATURE, old.encode(), new.encode())


def _resigned(edit, mechanism: str = opc.RSA_SHA256, digest=hashes.SHA256):
    """An insider: SignedInfo is edited and signed anew with the street's key."""
    def change(b: bytes, key) -> bytes:
        text = edit(open_package(b).read(SIGNATURE).decode())
        text = text.replace(opc.RSA_SHA256, mechanism)
        root = opcverify.parsed(text.encode())
        value = key.private.sign(opcverify.canonical(root[0]), padding.PKCS1v15(), digest())
        return rezipped(b, {SIGNATURE: re.sub("<SignatureValue>.*?</", f"<SignatureValue>{base64.b64encode(value).decode()}</", text).encode()})
    return change


def _wrapped(text: str) -> str:
    """The signed list goes into a corner, another takes its place under the same Id."""
    found = re.search(r'<Object xmlns:mdssi.*?</Object>', text)[0]
    return text.replace(found, found.replace("idSignatureTime", "idOther") + f"<Object>{found}</Object>")


FORGED = {
    "no signature part": (lambda b: rezipped(b, {SIGNATURE: None}), "签名"),
    "no relationship to it": (lambda b: replaced(b, "_rels/.rels", opc.ORIGIN_RELATION.encode(), b"http://example.test/other"), "没有指向它的关系"),
    "the origin left empty": (lambda b: rezipped(b, {"_xmlsignatures/_rels/origin.sigs.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'}), "没有签名"),
    "a stranger in the folder": (lambda b: rezipped(b, {"_xmlsignatures/sig2.xml": b"<a/>"}), "不认识的内容"),
    "a value of zeros": (lambda b: rezipped(b, {SIGNATURE: re.sub(rb"<SignatureValue>[^<]*<", b"<SignatureValue>AAAA<", open_package(b).read(SIGNATURE))}), "签名不成立"),
    "another time": (_edit("<xd:SigningTime>2026", "<xd:SigningTime>2025"), "签名内部的说明"),
    "another comment": (_edit("2017年第3季度", "2017年第4季度"), "签名内部的说明"),
    "another digest in the list": (_edit("<DigestValue>", "<DigestValue>AAAA"), "签名"),
    "an Id that stands twice": (lambda b: rezipped(b, {SIGNATURE: _wrapped(open_package(b).read(SIGNATURE).decode()).encode()}), "重复的编号"),
    "an object beside those signed": (_edit("</Signature>", "<Object Id=\"evil\"><Manifest></Manifest></Object></Signature>"), "夹带|部件清单"),
    "a remark that splits a digest": (_edit("<DigestValue>", "<DigestValue><!-- x -->"), "不允许的内容"),
    "a lower-case id": (_edit('<Manifest>', '<Manifest id="x">'), "重复的编号"),
    "an inherited attribute": (_edit('Id="idPackageSignature"', 'Id="idPackageSignature" xml:base="x"'), "不允许的内容"),
    "a namespace without a place": (_edit('<Manifest>', '<Manifest xmlns:x="y">'), "不允许的内容"),
    "an entity": (_edit("<Signature ", '<!DOCTYPE a [<!ENTITY x "y">]><Signature '), "XML 内容"),
    "no certificate": (lambda b: rezipped(b, {SIGNATURE: re.sub(rb"<X509Certificate>.*</X509Certificate>", b"", open_package(b).read(SIGNATURE))}), "没有签名人的证书"),
    "HMAC instead of a key": (_edit(opc.RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"), "签名算法 hmac-sha1"),
    "no algorithm at all": (_edit(opc.RSA_SHA256, "none"), "签名算法 none"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_signature_is_refused(signed, name):
    change, why = FORGED[name]
    with pytest.raises(OpcFault, match=why):
        check_workbook(change(signed))


INSIDER = {
    "SHA-1 signature": (_resigned(lambda text: text, f"{opc.DSIG}rsa-sha1", hashes.SHA1), "签名算法 rsa-sha1", "algorithms"),
    "the list not referenced": (_resigned(lambda text: re.sub(r'<Reference Type="[^"]*" URI="#idPackageObject">.*?</Reference>', "", text, count=1)),
                                "夹带了没有签进去的内容", "workbook-signature"),
    "XAdES not referenced": (_resigned(lambda text: re.sub(r'<Reference Type="[^"]*" URI="#idSignedProperties">.*?</Reference>', "", text, count=1)),
                             "夹带|绑定", "workbook-signature"),
    "a reference outside": (_resigned(lambda text: text.replace('URI="#idOfficeObject"', 'URI="http://example.test/"')), "不允许的内容", "workbook-signature"),
    "an XSLT transform": (_resigned(lambda text: text.replace(f'<Transforms><Transform Algorithm="{opc.C14N}"></Transform></Transforms><DigestMethod',
                                                              '<Transforms><Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"></Transform></Transforms><DigestMethod', 1)),
                          "不允许的转换", "workbook-signature"),
    "spaces in its own text": (_resigned(lambda text: text.replace("</SignedInfo>", " </SignedInfo>")), "写法不合规定", "workbook-signature"),
}


@pytest.mark.parametrize("name", INSIDER)
def test_an_insider_cannot_weaken_the_form(signed, key, name):
    change, why, check = INSIDER[name]
    with pytest.raises(OpcFault, match=why) as caught:
        check_workbook(change(signed, key))
    assert caught.value.check == check


def test_another_certificate_with_the_same_key_is_not_taken(signed, key):
    owner = x509.load_der_x509_certificate(key.certificate).subject
    twin = profile.leaf(owner, owner, key.private.public_key(), AT, profile.SIGNING).sign(key.private, hashes.SHA256()).public_bytes(Encoding.DER)
    old, new = (base64.b64encode(each) for each in (key.certificate, twin))
    with pytest.raises(OpcFault, match="绑定的证书不是所附的"):
        check_workbook(replaced(signed, SIGNATURE, old, new))


def _countersigned(content: bytes, key) -> bytes:
    """A second signature beside the first, as Office adds one."""
    second = "_xmlsignatures/sig2.xml"
    text = opc.signature_text(opc.references(open_package(content)), (key.certificate,), AT, "")
    value = opc._value(key.sign(text.signed_info), key.certificate)
    content = replaced(content, TYPES, b"</Types>", f'<Override PartName="/{second}" ContentType="{opc.SIGNATURE_TYPE}"/></Types>'.encode())
    content = replaced(content, "_xmlsignatures/_rels/origin.sigs.rels", b"</Relationships>",
                       f'<Relationship Id="rId2" Type="{opc.SIGNATURE_RELATION}" Target="sig2.xml"/></Relationships>'.encode())
    return rezipped(content, {second: text.with_value(value)})


def test_two_signers_are_both_judged_but_a_package_takes_one(signed, key, curve_key):
    twice = _countersigned(signed, curve_key)
    assert [facts.certificate for facts in check_signatures(twice)] == [key.certificate, curve_key.certificate]
    with pytest.raises(OpcFault, match="有 2 个签名"):
        check_workbook(twice)
    with pytest.raises(OpcFault, match="签名不成立"):
        check_signatures(replaced(twice, "_xmlsignatures/sig2.xml", b"<SignatureValue>", b"<SignatureValue>AAAA"))


# one reading of the ZIP -----------------------------------------------------------------------------------------------


def _doubled(content: bytes) -> bytes:
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as book, pytest.warns(UserWarning):
        book.writestr(SHEET, b"<other/>")
    return out.getvalue()


def _case_twin(content: bytes) -> bytes:
    return rezipped(content, {SHEET.upper(): b"<other/>"})


def _other_header(content: bytes) -> bytes:
    return content.replace(SHEET.encode(), SHEET.replace("1", "7").encode(), 1)


def _directory_edit(content: bytes, offset: int, form: str, value: int) -> bytes:
    """One field of the sheet's line in the directory."""
    at = content.rindex(b"PK\1\2", 0, content.rindex(SHEET.encode())) + offset
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form):]


TWISTED = {
    "junk in front": lambda b: b"junk" + b,
    "junk behind": lambda b: b + b"junk",
    "two files glued": lambda b: b + b,
    "a comment": lambda b: b[:-2] + b"\x04\x00junk",
    "a name twice": _doubled,
    "a name twice but for case": _case_twin,
    "another name in the header": _other_header,
    "encryption": lambda b: _directory_edit(b, 8, "<H", 1),
    "a packing of its own": lambda b: _directory_edit(b, 10, "<H", 12),
    "a link": lambda b: _directory_edit(b, 38, "<L", 0o120777 << 16),
    "another size": lambda b: _directory_edit(b, 24, "<L", 5),
    "cut off": lambda b: b[:-30],
    "nothing": lambda b: b"",
    "no zip": lambda b: b"PK\3\4" + bytes(100),
}


@pytest.mark.parametrize("name", TWISTED)
def test_a_zip_with_two_readings_is_refused(signed, name):
    with pytest.raises(OpcFault) as caught:
        check_workbook(TWISTED[name](signed))
    assert caught.value.check == "workbook-content"


class _Pipe(BytesIO):
    """What cannot be wound back: sizes then stand behind the data."""

    def seekable(self):
        return False

    def tell(self):
        raise OSError

    def seek(self, *_):
        raise OSError


@pytest.mark.parametrize(("out", "long"), [(BytesIO, True), (_Pipe, False), (_Pipe, True)], ids=["eight bytes", "behind", "eight bytes behind"])
def test_other_ways_to_write_sizes_are_read(signed, out, long):
    target = out()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, each in read_parts(signed).items():
            with new.open(zipfile.ZipInfo(name), "w", force_zip64=long) as member:
                member.write(each.read())
    assert check_workbook(target.getvalue()).comment == COMMENT


def test_every_changed_byte_is_found_or_changes_nothing(signed):
    """A ZIP has bytes that nobody reads (times, versions); whatever is read must still be what was signed."""
    whole = {name: each.read() for name, each in read_parts(signed).items()}
    for at in range(0, len(signed), 37):
        changed = bytearray(signed)
        changed[at] ^= 1 << at % 8
        try:
            check_workbook(bytes(changed))
        except OpcFault:
            continue
        now = {name: each.read() for name, each in read_parts(bytes(changed)).items()}
        assert {name for name in whole if now.get(name) != whole[name]} <= {"docProps/app.xml", "docProps/core.xml"}, at


# files of other programs ------------------------------------------------------------------------------------------------

MICROSOFT = {"ms-office-2010-signed.xlsx": ("2010-09-28", "Test", True), "hello-world-signed.xlsx": ("2009-08-28", "Testing", False)}


@pytest.fixture
def foreign(shared):
    folder = shared / "corpora" / "signed" / "xlsx"
    if not folder.is_dir():
        pytest.skip("the corpus of signed workbooks beside the project is not here")
    return folder


@pytest.mark.parametrize("name", MICROSOFT)
def test_what_microsoft_office_signed_verifies(foreign, name):
    (facts,) = check_signatures((foreign / name).read_bytes(), legacy=True)
    assert (f"{facts.signed_at:%Y-%m-%d}", facts.comment, facts.bound) == MICROSOFT[name] and not facts.own and len(facts.signed) == 9


@pytest.mark.parametrize("name", MICROSOFT)
def test_sha1_is_refused_unless_a_test_asks_for_it(foreign, name):
    with pytest.raises(OpcFault, match="sha1") as caught:
        check_signatures((foreign / name).read_bytes())
    assert caught.value.check == "algorithms"


@pytest.mark.parametrize("name", MICROSOFT)
def test_a_changed_part_of_a_microsoft_file_is_found(foreign, name):
    changed = replaced((foreign / name).read_bytes(), "xl/sharedStrings.xml", b"<t>", b"<t>x")
    with pytest.raises(OpcFault, match="sharedStrings.xml 在签名后被改过"):
        check_signatures(changed, legacy=True)


def test_every_foreign_workbook_gets_a_verdict(foreign):
    for path in sorted((*foreign.iterdir(), *(foreign.parents[1] / "workbooks").glob("*.xls?"))):
        for legacy in (False, True):
            try:
                check_signatures(path.read_bytes(), legacy=legacy)
            except OpcFault as fault:
                assert str(fault)
            else:
                assert path.name in MICROSOFT and legacy
