"""The container: one form of ZIP, and a reason for every other."""

import io
import struct
import warnings
import zipfile
import zlib

import pytest

from unionclient.submission import container
from unionclient.submission.container import (
    ASIC_MANIFEST, MEDIA_TYPE, MIMETYPE, ContainerFault, NoContainer, container_bytes, open_container, read_container)

MEMBERS = {"data/a.csv": b"id\r\n1\r\n", "empty.txt": b"", "README.txt": b"readme"}
SOUND = container_bytes(MEMBERS)
HUGE = container._central(container._Slot("a", 0, 2**30, 0))


def check_of(content: bytes) -> str:
    with pytest.raises(ContainerFault) as caught:
        open_container(content)
    return caught.value.check


def zipped(members, compression=zipfile.ZIP_STORED, **marks) -> bytes:
    """A ZIP as Python writes it; `marks` are attributes of each member's ZipInfo."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression) as file:
        warnings.simplefilter("ignore")     # a name twice is just what one of the tests wants
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.create_system, info.compress_type = 0o100644 << 16, 3, compression
            for mark, value in marks.items():
                setattr(info, mark, value)
            file.writestr(info, content)
    return out.getvalue()


def test_members_read_back_as_they_were_written():
    opened = open_container(SOUND)
    assert {name: opened.read(name) for name in opened.names} == {MIMETYPE: MEDIA_TYPE, **MEMBERS}


def test_the_container_is_an_ordinary_zip_with_mimetype_first_stored_and_bare():
    with zipfile.ZipFile(io.BytesIO(SOUND)) as file:
        first = file.infolist()[0]
        assert file.testzip() is None
        assert (first.filename, first.compress_type, first.extra, first.header_offset) == (MIMETYPE, zipfile.ZIP_STORED, b"", 0)
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [info.filename for info in file.infolist()][1:] == sorted(MEMBERS)
    assert SOUND[30:38] == b"mimetype" and SOUND[38:69] == MEDIA_TYPE


def test_the_same_members_give_the_same_bytes():
    assert container_bytes(dict(reversed(MEMBERS.items()))) == SOUND


def test_every_byte_of_the_file_counts():
    for place in range(len(SOUND)):
        for bit in (0x01, 0x80):
            changed = bytearray(SOUND)
            changed[place] ^= bit
            with pytest.raises((ContainerFault, NoContainer)):
                opened = open_container(bytes(changed))
                for name in opened.names:
                    opened.read(name)


@pytest.mark.parametrize("name", [
    "../up.txt", "/root.txt", "a/../b.txt", "c:/w.txt", "a\\b.txt", "A.txt", "会员.csv", "a b.txt", "a//b", "a/", "./a",
    ".hidden", "con", "data/aux.csv", "lpt1.txt", "end.", "dir./a", "meta-inf/x", "META-INF/other.xml", "", "a" * 121, "a:b", "a\0b"])
def test_a_name_that_is_not_safe_everywhere_is_refused(name):
    octets = name.encode()
    stand_in = b"~" * len(octets)
    usual = name in ("A.txt", "a b.txt", "META-INF/other.xml")      # in containers of other programs
    assert check_of(zipped([(MIMETYPE, MEDIA_TYPE), (stand_in.decode(), b"")]).replace(stand_in, octets)) == ("profile" if usual else "names")
    with pytest.raises(ValueError):
        container_bytes({name: b""})


@pytest.mark.parametrize(("case", "content", "check"), [
    ("bomb", zipped([(MIMETYPE, MEDIA_TYPE), ("bomb.txt", bytes(30 * 2**20))], zipfile.ZIP_DEFLATED), "limits"),
    ("over the size", HUGE + container._end(1, len(HUGE), 0), "limits"),
    ("too many members", zipped([(f"m{place}", b"") for place in range(501)]), "limits"),
    ("a name twice", zipped([(MIMETYPE, MEDIA_TYPE), ("a", b"1"), ("a", b"2")]), "names"),
    ("symbolic link", zipped([(MIMETYPE, MEDIA_TYPE), ("a", b"/etc/passwd")], external_attr=0o120777 << 16), "layout"),
    ("device", zipped([("a", b"")], external_attr=0o020666 << 16), "layout"),
    ("folder", zipped([("a", b"")], external_attr=0o040755 << 16), "layout"),
    ("no permissions said", zipped([("a", b"")], external_attr=0), "profile"),
    ("extra field", zipped([(MIMETYPE, MEDIA_TYPE)], extra=b"\x01\x00\x00\x00"), "layout"),
    ("comment of a member", zipped([(MIMETYPE, MEDIA_TYPE)], comment=b"hello"), "profile"),
    ("time of a member", zipped([(MIMETYPE, MEDIA_TYPE)], date_time=(2017, 1, 1, 0, 0, 0)), "profile"),
    ("bzip2", zipped([(MIMETYPE, MEDIA_TYPE)], zipfile.ZIP_BZIP2), "layout"),
    ("mimetype missing", zipped([("a", b"")]), "mimetype"),
    ("mimetype not first", zipped([("a", b""), (MIMETYPE, MEDIA_TYPE)]), "mimetype"),
    ("other mimetype", zipped([(MIMETYPE, b"application/zip")]), "mimetype"),
    ("prepended junk", b"#!/bin/sh\n" + SOUND, "layout"),
    ("trailing junk", SOUND + b"\n", "layout"),
    ("two zips glued", SOUND + SOUND, "layout"),
    ("comment of the file", SOUND[:-2] + b"\x05\x00hello", "layout"),
    ("cut short", SOUND[:-30], "layout"),
    ("cut to its first bytes", SOUND[:10], "layout"),
    ("nothing in it", b"PK\5\6" + bytes(18), "limits"),
    ("zip64", SOUND[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 1, 1, 0), "layout"),
])
def test_a_container_of_another_form_is_refused_with_its_check(case, content, check):
    assert check_of(content) == check


def _slots(content):
    return container._directory(content)[0]


def test_two_members_in_the_same_place_are_refused():
    # Both lines of the directory point to one local header, as overlapping bombs do.
    local = SOUND[:69]
    slot = _slots(SOUND)[0]
    line = container._central(slot)
    assert check_of(local + line + line + container._end(2, 2 * len(line), 69)) == "names"
    other = container._central(container._Slot("mimetypf", slot.crc, slot.size, 0))
    assert check_of(local + line + other + container._end(2, 2 * len(line), 69)) == "layout"


def test_a_gap_between_members_is_refused():
    slots = _slots(SOUND)
    lines = b"".join(container._central(slot) for slot in slots)
    begins = len(SOUND) - 22 - len(lines)
    assert check_of(SOUND[:begins] + b"hidden" + lines + container._end(len(slots), len(lines), begins + 6)) == "layout"


def test_a_name_that_differs_in_the_two_headers_is_refused():
    assert check_of(SOUND.replace(b"data/a.csv", b"data/b.csv", 1)) == "layout"


def test_an_encrypted_member_is_refused():
    at = SOUND.index(b"PK\1\2") + 8
    assert check_of(SOUND[:at] + b"\x01" + SOUND[at + 1:]) == "layout"


def test_a_member_with_another_checksum_is_refused_on_reading():
    at = SOUND.index(b"id\r\n1")
    opened = open_container(SOUND[:at] + b"ID" + SOUND[at + 2:])
    with pytest.raises(ContainerFault, match="已损坏"):
        opened.read("data/a.csv")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"plain text", bytes(5000)])
def test_what_is_no_zip_at_all_is_not_judged(content):
    with pytest.raises(NoContainer):
        open_container(content)


def test_a_file_that_is_not_there_is_not_judged(tmp_path):
    for path in (tmp_path / "none.asice", tmp_path):
        with pytest.raises(NoContainer, match="文件打不开"):
            read_container(path)


def test_a_file_over_the_cap_is_refused_without_reading_it_all(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "MOST_BYTES", 100)
    (tmp_path / "big.asice").write_bytes(SOUND)
    with pytest.raises(ContainerFault) as caught:
        read_container(tmp_path / "big.asice")
    assert caught.value.check == "limits"


def test_the_writer_keeps_what_the_reader_demands():
    with pytest.raises(ValueError):
        container_bytes({f"m{place}": b"" for place in range(500)})
    assert ASIC_MANIFEST in open_container(container_bytes({ASIC_MANIFEST: b""})).names
    assert zlib.crc32(MEDIA_TYPE) == _slots(SOUND)[0].crc
