"""The package file: an ASiC-E container (a ZIP of one fixed form), written here and read strictly.

Reading trusts nothing: every byte of the ZIP's structure must be the one this writer would have put there, and members
lie back to back in the order of the directory. Members are stored, never packed: deflate has several spellings of one
content, so a flipped bit could pass unseen (three in 41,000 trials did), and without it there are no bombs.
Limits: ASCII names, no Zip64, no encryption, no comment, no folders; so a sound container of another program is refused
too. Source: ETSI EN 319 162-1 (ASiC), APPNOTE 6.3.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from unionclient.definition.words import _

MIMETYPE = "mimetype"
MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
README = "README.txt"
BACKUP = "unchecked-backup.txt"      # names an export that was never checked nor signed
ASIC_MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
META = (ASIC_MANIFEST, SIGNATURE)
ASIC_MANIFEST_2 = "META-INF/ASiCManifest002.xml"
SIGNATURE_2 = "META-INF/signature002.p7s"
SECOND = (ASIC_MANIFEST_2, SIGNATURE_2)     # an optional second signature; the first one covers it

MOST_MEMBERS = 500
MOST_BYTES = 256 * 2**20

_NAME = re.compile(r"[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*")
# What other programs call their members: capitals, blanks within; META-INF only spelled so.
_NAME_HARMLESS = re.compile(r"(META-INF/|(?!(?i:meta-inf)))[A-Za-z0-9_-]([A-Za-z0-9._ -]*[A-Za-z0-9_-])?(/[A-Za-z0-9_-]([A-Za-z0-9._ -]*[A-Za-z0-9_-])?)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = (1 << 5) | 1            # 1980-01-01, the first day a ZIP knows: no clock in the bytes
_UNIX, _VERSION = 3, 20
_MODE = 0o100644
_STORED, _DEFLATED = 0, 8
MOST_RATIO = 100
# Sizes behind the data, UTF-8 names: what other writers do. Encryption, patches and masks are not taken from anybody.
_FLAGS_USUAL = 0x806 | 0x8
# Zip64, and two ways to give a member a second name: readers differ in whether they look.
_EXTRA_REFUSED = (0x0001, 0x7075, 0x6375)


class ContainerFault(ValueError):
    """Why a container is refused; `check` is the id of the check (`layout`, `limits`, `names`, `profile`, `mimetype`; `digests` for damaged content)."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


class NoContainer(ValueError):
    """The file is no ZIP at all, or cannot be opened: there is nothing to judge."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """One line of the directory: where a member lies (sizes in bytes)."""

    name: str
    crc: int
    size: int
    offset: int
    packed: int = -1                    # as the directory says, where another writer packed it

    @property
    def data_begins(self) -> int:
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def ends(self) -> int:
        return self.data_begins + self.size


def name_fault(name: str) -> str | None:
    """What is wrong with a member's name, as a Chinese sentence, or None. Names are safe on every file system."""
    if name in META or name in SECOND or name == README:
        return None
    if not _NAME.fullmatch(name) or len(name) > 120:
        return _("文件名只能用小写字母、数字和 . _ -，不能跳出所在文件夹")
    if any(part.endswith(".") or _RESERVED.fullmatch(part) for part in name.split("/")):
        return _("文件名是 Windows 的保留名称")
    if name.startswith("meta-inf"):
        return _("文件名与签名文件夹相混")
    return None


def container_bytes(members: Mapping[str, bytes]) -> bytes:
    """The container holding `members` (name to content; `mimetype` is added). Same members, same bytes.

    Raises ValueError for a name or size that the reader would refuse: the caller checks before.
    """
    contents = {MIMETYPE: MEDIA_TYPE, **members}
    if len(contents) > MOST_MEMBERS or sum(map(len, contents.values())) > MOST_BYTES:
        raise ValueError("container over its limits")
    slots, parts, offset = [], [], 0
    for name in sorted(contents, key=lambda name: (name != MIMETYPE, name)):
        if name_fault(name):
            raise ValueError(f"member name {name!r}")
        content = contents[name]
        slot = _Slot(name, zlib.crc32(content), len(content), offset)
        parts += [_local(slot), content]
        slots.append(slot)
        offset = slot.ends
    directory = b"".join(map(_central, slots))
    return b"".join([*parts, directory, _end(len(slots), len(directory), offset)])


def _local(slot: _Slot) -> bytes:
    return _LOCAL.pack(b"PK\3\4", _VERSION, 0, _STORED, 0, _DATE, slot.crc, slot.size, slot.size,
                       len(slot.name), 0) + slot.name.encode("ascii")


def _central(slot: _Slot) -> bytes:
    return _CENTRAL.pack(b"PK\1\2", _UNIX << 8 | _VERSION, _VERSION, 0, _STORED, 0, _DATE, slot.crc, slot.size,
                         slot.size, len(slot.name), 0, 0, 0, 0, _MODE << 16, slot.offset) + slot.name.encode("ascii")


def _end(count: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)


class Container:
    """A container that has passed the checks of its structure; `names` in the order of the file, `sha256` of the whole (hex)."""

    def __init__(self, content: bytes, slots: list[_Slot]) -> None:
        self._content = content
        self.sha256 = hashlib.sha256(content).hexdigest()
        self._slots = {slot.name: slot for slot in slots}
        self.names = tuple(self._slots)

    def read(self, name: str) -> bytes:
        """The content of a member. Raises ContainerFault where it does not have its checksum."""
        slot = self._slots[name]
        content = self._content[slot.data_begins:slot.ends]
        if zlib.crc32(content) != slot.crc:
            raise ContainerFault("digests", _("文件 {name} 的内容已损坏").format(name=name))
        return content


def read_container(path: Path | str) -> Container:
    """Open the container file. Raises NoContainer, or ContainerFault at the first thing that is not of the profile."""
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise NoContainer(_("文件打不开：{reason}").format(reason=fault.strerror or _("未知原因"))) from fault
    return open_container(content)


def open_container(content: bytes) -> Container:
    """As `read_container`, from memory."""
    if not content:
        raise NoContainer(_("文件是空的"))
    if not content.startswith(b"PK") and b"PK\5\6" not in content[-(2**16 + _END.size):]:
        raise NoContainer(_("这不是报送包，也不是压缩文件"))
    if content[30:49] == b"[Content_Types].xml":
        raise NoContainer(_("这是 Office 文件，不是报送包"))
    if len(content) > MOST_BYTES:
        raise ContainerFault("limits", _("报送包超过 {count} 兆字节").format(count=MOST_BYTES >> 20))
    slots, directory, unlike = _directory(content)
    _without_twins(slots)
    if unlike is not None:
        _apart(content, slots, directory)
        raise unlike
    _back_to_back(content, slots, directory)
    container = Container(content, slots)
    if slots[0].name != MIMETYPE or container.read(MIMETYPE) != MEDIA_TYPE:
        raise ContainerFault("mimetype", _("报送包的第一个文件应是不压缩的 mimetype，内容为 ASiC-E 类型"))
    return container


def _directory(content: bytes) -> tuple[list[_Slot], int, ContainerFault | None]:
    """The directory at the end of the file, where it begins, and what in it is not of this profile, though harmless."""
    begins = len(content) - _END.size
    if begins < 0 or content[begins:begins + 4] != b"PK\5\6":
        raise ContainerFault("layout", _("文件不完整，或者末尾被加了别的内容"))
    disk, first_disk, here, count, size, offset = _END.unpack_from(content, begins)[1:7]
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        raise ContainerFault("layout", _("使用了不允许的 Zip64 格式"))
    if content[begins:] != _end(count, size, offset) or offset + size != begins:
        raise ContainerFault("layout", _("压缩文件的目录与内容对不上，可能被拼接过"))
    if not 0 < count <= MOST_MEMBERS:
        raise ContainerFault("limits", _("包内文件数 {count} 不在 1 至 {most} 之间").format(count=count, most=MOST_MEMBERS))
    slots, at = [], offset
    unlike: ContainerFault | None = None
    for _each in range(count):
        slot, at, harmless = _line(content, at, begins)
        slots.append(slot)
        unlike = unlike or harmless
    if at != begins:
        raise ContainerFault("layout", _("压缩文件的目录中有多余内容"))
    if sum(slot.size for slot in slots) > MOST_BYTES:
        raise ContainerFault("limits", _("包内文件展开后超过 {count} 兆字节").format(count=MOST_BYTES >> 20))
    return slots, offset, unlike


def _line(content: bytes, at: int, end: int) -> tuple[_Slot, int, ContainerFault | None]:
    """One line, where the next begins, and what is harmless but not ours. Raises ContainerFault for what is not harmless."""
    if at + _CENTRAL.size > end or content[at:at + 4] != b"PK\1\2":
        raise ContainerFault("layout", _("压缩文件的目录已损坏"))
    fields = _CENTRAL.unpack_from(content, at)
    flags, method, crc, packed, size, length, more, remark, mode, offset = (fields[place] for place in (3, 4, 7, 8, 9, 10, 11, 12, 15, 16))
    if size > MOST_BYTES or (size > 2**20 and size > MOST_RATIO * packed):
        raise ContainerFault("limits", _("包内文件展开后过大，上限 {count} 兆字节，压缩比 {ratio}").format(
            count=MOST_BYTES >> 20, ratio=MOST_RATIO))
    named = at + _CENTRAL.size + length
    stop = named + more + remark
    raw = content[at + _CENTRAL.size:named]
    name = raw.decode("ascii", "replace")
    if flags & ~_FLAGS_USUAL:
        raise ContainerFault("layout", _("包内有加密的文件"))
    if mode >> 16 & 0o177000 not in (0, 0o100000):
        raise ContainerFault("layout", _("包内有快捷方式、文件夹或设备，只允许普通文件"))
    if method not in (_STORED, _DEFLATED) or (method == _STORED and packed != size) or offset >= end or packed > end:
        raise ContainerFault("layout", _("包内文件 {name} 的大小或压缩方式不合规定").format(name=ascii(name)[1:-1][:80]))
    if any(kind in _EXTRA_REFUSED for kind in _extra_kinds(content[named:named + more])):
        raise ContainerFault("layout", _("包内文件带有 Zip64 或别名的附加信息"))
    fault = name_fault(name)
    if fault and (len(name) > 120 or not _NAME_HARMLESS.fullmatch(name) or name_fault(name.lower().replace(" ", "-").replace("meta-inf/", "m/"))):
        raise ContainerFault("names", _("包内文件 {name}：{reason}").format(name=ascii(name)[:80], reason=fault))
    slot = _Slot(name, crc, size, offset, packed)
    if fault:
        return slot, stop, ContainerFault("profile", _("包内文件 {name} 不是本程序写的文件名").format(name=ascii(name)[:80]))
    if method == _DEFLATED:
        return slot, stop, ContainerFault("profile", _("包内文件经过压缩，报送包中的文件一律不压缩"))
    if content[at:stop] != _central(slot):
        return slot, stop, ContainerFault("profile", _("包内文件 {name} 的目录项不合规定，不是本程序写的报送包").format(name=name))
    return slot, stop, None


def _extra_kinds(extra: bytes) -> list[int]:
    """Kinds of the extra fields of a line; what does not add up counts as Zip64, which is refused."""
    kinds, at = [], 0
    while at < len(extra):
        if at + 4 > len(extra):
            return [0x0001]
        kind, size = struct.unpack_from("<2H", extra, at)
        kinds.append(kind)
        at += 4 + size
    return kinds if at == len(extra) else [0x0001]


def _apart(content: bytes, slots: list[_Slot], directory: int) -> None:
    """In a container of another writer too: nothing in front, nothing overlaps, one name for a member."""
    edge = 0
    for slot in sorted(slots, key=lambda slot: slot.offset):
        if slot.offset < edge or (edge == 0 and slot.offset):
            raise ContainerFault("layout", _("文件 {name} 的位置重叠，或者前面另有内容").format(name=slot.name))
        named = slot.offset + _LOCAL.size + len(slot.name)
        if content[slot.offset:slot.offset + 4] != b"PK\3\4" or content[slot.offset + _LOCAL.size:named] != slot.name.encode("ascii"):
            raise ContainerFault("layout", _("文件 {name} 的两处目录项不一致").format(name=slot.name))
        edge = named + int.from_bytes(content[slot.offset + 28:slot.offset + 30], "little") + slot.packed
    if edge > directory:
        raise ContainerFault("layout", _("文件的位置与目录重叠"))


def _without_twins(slots: list[_Slot]) -> None:
    names = [slot.name for slot in slots]
    # Only META-INF and README have capitals, and `name_fault` keeps `meta-inf` out; folding guards the rest.
    if len({name.casefold() for name in names}) != len(names):
        raise ContainerFault("names", _("包内有重名的文件"))


def _back_to_back(content: bytes, slots: list[_Slot], directory: int) -> None:
    """Members fill the file from its first byte to the directory: no overlap, no gap, nothing in front."""
    at = 0
    for slot in slots:
        if slot.offset != at:
            raise ContainerFault("layout", _("文件 {name} 的位置重叠或有空隙，可能被拼接过").format(name=slot.name))
        if content[slot.offset:slot.data_begins] != _local(slot):
            raise ContainerFault("layout", _("文件 {name} 的两处目录项不一致").format(name=slot.name))
        at = slot.ends
    if at != directory:
        raise ContainerFault("layout", _("目录前有多余内容"))
