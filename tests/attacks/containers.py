"""Attacks on the container: what a ZIP can do before anything in it is read."""

import struct
from functools import partial

from attacks.rawzip import DEVICE, FOLDER, LINK, PIPE, Line, deflated, lines, swapped, zipped
from attacks.scene import CSV, PDF, Attack, Scene

from unionclient.submission import container

BOMB = bytes(2**20)
README = container.README


def _lying(scene: Scene, name: str = README, **facts: object) -> bytes:
    return zipped(swapped(lines(scene.bench.members), name, **facts))


def _added(scene: Scene, *more: Line) -> bytes:
    return zipped([*lines(scene.bench.members), *more])


def _bomb(size: int, scene: Scene) -> bytes:
    """Zeros, a thousand times smaller than they unpack to, beside sound members."""
    return _added(scene, deflated("data/zeros.csv", BOMB * size))


def _nested(scene: Scene) -> bytes:
    inner = zipped([deflated(f"data/z{place}.csv", BOMB) for place in range(20)])
    return _added(scene, Line(b"data/inner.csv", inner))


def _overlap(scene: Scene) -> bytes:
    """Many lines of the directory share one kernel of packed bytes."""
    kernel = deflated("data/a.csv", BOMB)
    shared = [Line(f"data/k{place:03}.csv".encode(), b"", method=8, size=len(BOMB), packed=len(kernel.content), crc=kernel.crc, offset=0) for place in range(100)]
    return zipped([kernel, *shared])


def _overlap_of_members(scene: Scene) -> bytes:
    members = lines(scene.bench.members)
    return zipped([*members, Line(b"data/second.csv", b"", size=5, packed=5, crc=0, offset=0)])


def _zip64(scene: Scene) -> bytes:
    whole = zipped(lines(scene.bench.members))
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 46, 0) + struct.pack("<4sLQL", b"PK\6\7", 0, len(whole) - 22, 1)
    return whole[:-22] + end + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def _doubled_directory(scene: Scene) -> bytes:
    """The directory stands twice; readers differ in which they take."""
    whole = scene.bench.content
    begins = struct.unpack_from("<L", whole, len(whole) - 6)[0]
    return whole[:begins] + whole[begins:-22] + whole[begins:]


def _case_twin(scene: Scene) -> bytes:
    return _added(scene, Line(b"DATA/membership.csv", b"id\r\n"))


NAMES = {
    "traversal": ["../up.csv", "data/../../up.csv", "data/..", "..", "./data/a.csv", "data/./a.csv"],
    "absolute name": ["/etc/cron.d/x", "//server/share/x"],
    "drive and backslash": ["c:/w.csv", "c:w.csv", "data\\..\\up.csv", "data/a.csv:stream"],
    "reserved name": ["con", "data/aux.csv", "nul.txt", "com1.csv", "lpt9"],
    "trailing dot or space": ["data/a.", "data/a ", " a.csv", "data./a.csv"],
    "clashing name": ["meta-inf/signature001.p7s", "Meta-Inf/manifest.xml", "README.TXT"],
    "name beyond ASCII": ["资料.csv", "caf\u00e9.csv", "cafe\u0301.csv", "a\u202egpj.csv", "a\u200b.csv"],
    "control characters": ["a\0.csv", "a\n.csv", "a\x1b[2J.csv"],
    "name too long": ["a" * 300],
    "empty name": [""],
}


def _named(name: str, scene: Scene) -> bytes:
    return _added(scene, Line(name.encode(), b"x"))


ATTACKS = [
    Attack("zip bomb", "deflate bomb of 300 MB", partial(_bomb, 300), "limits", "unsafe"),
    Attack("zip bomb", "deflate bomb of 100 MB", partial(_bomb, 100), "limits", "unsafe"),
    Attack("zip bomb", "a bomb inside a ZIP inside, never opened", _nested, "members", "invalid"),
    Attack("zip bomb", "over 256 MB declared", partial(_lying, size=2**29), "limits", "unsafe"),
    Attack("zip bomb", "501 members", lambda s: zipped([Line(f"data/m{place:03}.csv".encode(), b"") for place in range(501)]), "limits", "unsafe"),
    Attack("overlapping entries", "100 members over one kernel", _overlap, "layout", "unsafe"),
    Attack("overlapping entries", "two members in one place", _overlap_of_members, "layout", "unsafe"),
    Attack("overlapping entries", "the directory twice", _doubled_directory, "layout", "unsafe"),
    Attack("lying size", "a member said to be shorter", lambda s: _lying(s, size=3, packed=3), "layout", "unsafe"),
    Attack("lying size", "a member said to be longer", lambda s: _lying(s, size=10**6, packed=10**6), "layout", "unsafe"),
    Attack("lying size", "two sizes that differ", partial(_lying, size=3), "layout", "unsafe"),
    Attack("lying size", "another checksum", partial(_lying, name=CSV, crc=7), "digests", "invalid"),
    Attack("lying size", "more members counted than listed", lambda s: zipped(lines(s.bench.members), count=400), "layout", "unsafe"),
    Attack("clashing headers", "another name in the local header", partial(_lying, local_name=b"readme.txt"), "layout", "unsafe"),
    Attack("duplicate names", "a table twice", lambda s: _added(s, Line(CSV.encode(), b"id\r\n")), "names", "unsafe"),
    Attack("duplicate names", "the manifest twice", lambda s: _added(s, Line(b"manifest.json", b"{}")), "names", "unsafe"),
    Attack("duplicate names", "the signature twice", lambda s: _added(s, Line(container.SIGNATURE.encode(), b"x")), "names", "unsafe"),
    Attack("clashing names", "only the case differs", _case_twin, "names", "unsafe"),
    *(Attack("unsafe names" if row not in ("clashing name",) else "clashing names", f"{row} {ascii(name)[1:30]}", partial(_named, name), "names", "unsafe")
      for row, names in NAMES.items() for name in names),
    *(Attack("links and modes", name, partial(_lying, mode=mode), "layout", "unsafe")
      for name, mode in (("symbolic link", LINK), ("device", DEVICE), ("pipe", PIPE), ("folder", FOLDER), ("set-uid", 0o104755))),
    Attack("links and modes", "encrypted", partial(_lying, flags=1), "layout", "unsafe"),
    Attack("links and modes", "sizes behind the data", partial(_lying, flags=8), "profile", "invalid"),
    Attack("links and modes", "bzip2", partial(_lying, method=12), "layout", "unsafe"),
    Attack("links and modes", "lzma", partial(_lying, method=14), "layout", "unsafe"),
    Attack("links and modes", "Zip64 directory", _zip64, "layout", "unsafe"),
    Attack("links and modes", "Zip64 field", partial(_lying, extra=b"\1\0\x08\0" + bytes(8)), "layout", "unsafe"),
    Attack("links and modes", "Unicode path field", partial(_lying, extra=b"up\x09\0" + bytes(9)), "layout", "unsafe"),
    Attack("links and modes", "comment of a member", partial(_lying, comment=b"hello"), "profile", "invalid"),
    Attack("prepended or glued", "a program in front", lambda s: b"MZ" + bytes(62) + s.bench.content, "layout", "unsafe"),
    Attack("prepended or glued", "a program in front, offsets moved", lambda s: zipped(lines(s.bench.members), before=b"#!/bin/sh\n"), "layout", "unsafe"),
    Attack("prepended or glued", "a PDF in front", lambda s: s.bench.members[PDF] + s.bench.content, "layout", "unsafe"),
    Attack("prepended or glued", "another package in front", lambda s: s.second.path.read_bytes() + s.bench.content, "layout", "unsafe"),
    Attack("prepended or glued", "bytes behind", lambda s: s.bench.content + b"\0", "layout", "unsafe"),
    Attack("prepended or glued", "comment of the ZIP", lambda s: zipped(lines(s.bench.members), remark=b"hello"), "layout", "unsafe"),
    Attack("prepended or glued", "bytes before the directory", lambda s: zipped(lines(s.bench.members), gap=b"hidden"), "layout", "unsafe"),
    Attack("prepended or glued", "cut in half", lambda s: s.bench.content[:len(s.bench.content) // 2], "layout", "unsafe"),
    Attack("container type", "mimetype of an ODF text", lambda s: _lying(s, "mimetype", content=b"application/vnd.oasis.opendocument.text"), "mimetype", "invalid"),
    Attack("container type", "mimetype not first", lambda s: zipped(lines(s.bench.members)[1:] + lines({})[:1]), "mimetype", "invalid"),
    Attack("container type", "packed, as other programs do", lambda s: zipped([deflated(line.name.decode(), line.content) for line in lines(s.bench.members)]), "profile", "invalid"),
    Attack("container type", "no ZIP at all", lambda s: s.bench.members[PDF], "file", "invalid"),
    Attack("container type", "nothing", lambda s: b"", "file", "invalid"),
]
