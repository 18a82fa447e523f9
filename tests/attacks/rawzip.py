"""ZIP files byte by byte, each field open to a lie."""

import struct
import zlib
from dataclasses import dataclass, replace

from unionclient.submission import container

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
FILE, FOLDER, LINK, DEVICE, PIPE = 0o100644, 0o040755, 0o120777, 0o020666, 0o010644


@dataclass(frozen=True, slots=True)
class Line:
    """One member. None: as the content is; anything else is what the headers say instead."""

    name: bytes
    content: bytes
    local_name: bytes | None = None
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    method: int = 0
    flags: int = 0
    mode: int = FILE
    offset: int | None = None
    extra: bytes = b""
    comment: bytes = b""
    version: int = 20


def deflated(name: str, content: bytes, *, size: int | None = None) -> Line:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return Line(name.encode(), packed, method=8, size=len(content) if size is None else size, crc=zlib.crc32(content))


def lines(members: dict[str, bytes]) -> list[Line]:
    """The members as the program would write them, mimetype first."""
    every = {container.MIMETYPE: container.MEDIA_TYPE, **members}
    return [Line(name.encode(), every[name]) for name in sorted(every, key=lambda name: (name != container.MIMETYPE, name))]


def zipped(members: list[Line], *, before: bytes = b"", gap: bytes = b"", remark: bytes = b"", count: int | None = None) -> bytes:
    """The file; `before` stands in front of everything, `gap` between members and directory, `remark` is the ZIP's comment."""
    body, directory = [before], []
    at = len(before)
    for line in members:
        said = (line.crc if line.crc is not None else zlib.crc32(line.content),
                line.packed if line.packed is not None else len(line.content),
                line.size if line.size is not None else len(line.content))
        offset = line.offset if line.offset is not None else at
        local = line.local_name if line.local_name is not None else line.name
        if line.offset is None:
            body += [_LOCAL.pack(b"PK\3\4", line.version, line.flags, line.method, 0, 33, *said, len(local), len(line.extra)), local, line.extra, line.content]
            at += _LOCAL.size + len(local) + len(line.extra) + len(line.content)
        directory.append(_CENTRAL.pack(
            b"PK\1\2", 3 << 8 | line.version, line.version, line.flags, line.method, 0, 33, *said, len(line.name), len(line.extra),
            len(line.comment), 0, 0, line.mode << 16, offset) + line.name + line.extra + line.comment)
    listed = b"".join(directory)
    many = len(members) if count is None else count
    return b"".join([*body, gap, listed, _END.pack(b"PK\5\6", 0, 0, many, many, len(listed), at + len(gap), len(remark)), remark])


def swapped(members: list[Line], name: str, **facts: object) -> list[Line]:
    """The same members, one of them lying."""
    return [replace(line, **facts) if line.name == name.encode() else line for line in members]
