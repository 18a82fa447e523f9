"""Files handed out (receipts, certificates, trust file, bundles): copied to a stick and compared byte by byte."""

from collections.abc import Iterable
from pathlib import Path

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.files import write_whole

_KEPT = marked("数据文件夹里的原文件都在。")


def copy_out(files: Iterable[Path], folder: Path) -> list[Path]:
    """The copies, in the same order. Raises SubmissionError where one cannot be read, written, or comes out unlike."""
    copies = []
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SubmissionError(_("文件夹“{folder}”不能建立：{strerror}").format(folder=folder, strerror=fault.strerror or fault), _(_KEPT), _("请换一个文件夹，或检查 U 盘。")) from fault
    for source in map(Path, files):
        try:
            content = source.read_bytes()
        except OSError as fault:
            raise SubmissionError(_("“{name}”读不出来：{strerror}").format(name=source.name, strerror=fault.strerror or fault), _("没有拷贝。"), _("请检查数据文件夹。")) from fault
        copy = Path(folder) / source.name
        if copy.resolve() != source.resolve():
            write_whole(copy, content)
            if copy.read_bytes() != content:
                raise SubmissionError(_("拷贝出来的“{name}”与原文件不一致。").format(name=source.name), _(_KEPT), _("请换一个 U 盘再试。"))
        copies.append(copy)
    return copies
