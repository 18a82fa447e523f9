"""Carrying a finished package: encrypted for the district where its certificate is known, copied to a stick, compared byte by byte.

`for_district` is the one place where a package is encrypted: it is signed by then, and the signed file stays as it is.
"""

import hashlib
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.workspace.reporting import Package

ENCRYPTED = ".p7m"
KEPT = "packages"


def refuse_open_numbers(trust: Any) -> None:
    """Numbers of persons in full leave the street only closed to all but the district. Raises SubmissionError without its certificate."""
    if trust is None or trust.encryption is None:
        raise SubmissionError(_("号码不遮盖的报送包必须加密，还没有区总工会的加密证书。"), _("台账没有改动，没有生成报送包。"),
                              _("请先导入写有加密证书的信任文件 trust.uct，或者遮盖号码报送。"))


def home_of_package(folder: Path, out: Path, *, open_numbers: bool) -> Path:
    """Where the signed package is kept: in `out`; in the data folder, which has them anyway, where it holds numbers of persons in full."""
    return folder / KEPT if open_numbers else out


def encrypted_beside(package: Path) -> Path:
    return package.with_name(package.name + ENCRYPTED)


def copied(carried: Path, out: Path) -> Path:
    """The file to hand over, in the folder `out`: copied there where it is kept elsewhere. Raises SubmissionError."""
    from unionclient.submission.files import write_whole

    target = out / carried.name
    if target.resolve() != carried.resolve():
        write_whole(target, carried.read_bytes())
    return target


def for_district(package: Path, trust: Any) -> Path:
    """The file to hand over: `<package>.p7m`, readable by the district alone, where the trust file names its certificate; else the package."""
    if trust is None or trust.encryption is None:
        return package
    from unionclient.submission.encryption import encrypt
    from unionclient.submission.files import write_whole

    carried = encrypted_beside(package)
    write_whole(carried, encrypt(package.read_bytes(), [trust.encryption]))
    return carried


def carry(package: Package, folder: Path) -> Path:
    """Copies the file to hand over into `folder`. Raises SubmissionError where it is no longer what was signed, or cannot be written."""
    from unionclient.submission.files import write_whole

    here = Path(package.folder)
    try:
        signed, content = (here / package.file).read_bytes(), (here / package.carried).read_bytes()
    except OSError as fault:
        raise SubmissionError(_("第{seq}号报送包的文件不在了：{file}").format(seq=package.seq, file=package.file), _("没有拷贝。"), _("请从拷贝过的地方找回原来的文件；报送包不能重打。")) from fault
    if hashlib.sha256(signed).hexdigest() != package.sha256:
        raise SubmissionError(_("第{seq}号报送包的文件被改过：{file}").format(seq=package.seq, file=package.file), _("没有拷贝。"), _("请从拷贝过的地方找回原来的文件。"))
    copy = folder / package.carried
    if copy.resolve() != (here / package.carried).resolve():
        write_whole(copy, content)
        if copy.read_bytes() != content:
            raise SubmissionError(_("拷贝出来的文件与原文件不一致。"), _("原文件没有改动。"), _("请换一个 U 盘再试。"))
    return copy
