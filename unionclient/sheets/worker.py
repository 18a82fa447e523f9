"""The reading process: opens one foreign file under limits and hands its cells over standard output.

A frozen program has no interpreter to call: its entry point must first call `serve_if_asked()`, which answers
and leaves if this process was started for reading. Nothing of the window or the store is imported here.
"""

import gc
import json
import os
import pickle
import sys
from dataclasses import asdict
from pathlib import Path

from unionclient.definition.faults import UnreadableFile
from unionclient.definition.words import _
from unionclient.sheets.book import Limits
from unionclient.sheets.contents import KEPT, read_contents

FLAG = "--read-workbook"
BOOK, FAULT = b"B", b"F"        # first byte of the answer


def request(path: Path, limits: Limits) -> str:
    """The one argument the reading process is given."""
    return json.dumps({"path": os.fspath(path), "limits": asdict(limits)})


def serve_if_asked(arguments: list[str] | None = None) -> None:
    """Answer and leave the process if it was started for reading; else do nothing."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) == 2 and given[0] == FLAG:
        serve(given[1])
        raise SystemExit(0)


def serve(order: str) -> None:
    """Read the file named in `order` and write the answer. Never raises: this is the edge of the process."""
    asked = json.loads(order)
    limits = Limits(**asked["limits"])
    _(KEPT)                     # another language is read while there is memory
    _confine(limits)
    gc.disable()                # millions of small objects, none in a circle
    try:
        answer = BOOK + pickle.dumps(read_contents(Path(asked["path"]), limits), protocol=5)
    except UnreadableFile as fault:
        answer = FAULT + json.dumps([fault.what, fault.kept, fault.todo]).encode()
    except MemoryError:
        answer = FAULT + json.dumps(_too_large()).encode()
    except OSError as error:
        answer = FAULT + json.dumps(_closed(error)).encode()
    except BaseException:       # a Rust panic is no Exception; whatever it is, the file caused it
        answer = FAULT + json.dumps(damaged()).encode()
    with open(1, "wb", closefd=False) as output:
        output.write(answer)


def damaged() -> list[str]:
    """What is said of a file that broke its reader: what, kept, to do."""
    return [_("文件已经损坏，或者写法特殊，读不出来。"), _(KEPT), _("请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")]


def _too_large() -> list[str]:
    return [_("文件展开后太大，这台电脑的内存不够读它。"), _(KEPT), _("请删去多余的工作表和空白区域，或拆成几个文件分别导入。")]


def _closed(error: OSError) -> list[str]:
    if isinstance(error, FileNotFoundError):
        return [_("找不到这个文件，它可能已被移走或改名。"), _(KEPT), _("请重新选择文件。")]
    if isinstance(error, PermissionError):
        return [_("文件打不开：可能正在 WPS 或 Excel 里打开着，或者没有读取权限。"), _(KEPT), _("请先关闭那个窗口，再导入一次。")]
    return [_("文件读到一半出错，U 盘或网络可能断开了。"), _(KEPT), _("请先把文件复制到本机，再导入。")]


def _confine(limits: Limits) -> None:
    """Memory and time limits of this process; POSIX only, elsewhere the caller's clock must do."""
    try:
        import resource
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, int(limits.seconds) + 5), (resource.RLIMIT_CORE, 0))
    for kind, amount in wanted:
        _soft, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


if __name__ == "__main__":
    serve_if_asked()
