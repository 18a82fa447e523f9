"""Files handed out (receipts, certificates, trust file, bundles): copied to a stick and compared byte by byte."""

from collections.abc import Iterable
from pathlib import Path

from unionclient.definition.faults import SubmissionError
from unionclient.submission.files import write_whole

_KEPT = "数据文件夹里的原文件都在。"


def copy_out(files: Iterable[Path], folder: Path) -> list[Path]:
    """The copies, in the same order. Raises SubmissionError where one cannot be read, written, or comes out unlike."""
    copies = []
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SubmissionError(f"文件夹“{folder}”不能建立：{fault.strerror or fault}", _KEPT, "请换一个文件夹，或检查 U 盘。") from fault
    for source in map(Path, files):
        try:
            content = source.read_bytes()
        except OSError as fault:
            raise SubmissionError(f"“{source.name}”读不出来：{fault.strerror or fault}", "没有拷贝。", "请检查数据文件夹。") from fault
        copy = Path(folder) / source.name
        if copy.resolve() != source.resolve():
            write_whole(copy, content)
            if copy.read_bytes() != content:
                raise SubmissionError(f"拷贝出来的“{source.name}”与原文件不一致。", _KEPT, "请换一个 U 盘再试。")
        copies.append(copy)
    return copies
