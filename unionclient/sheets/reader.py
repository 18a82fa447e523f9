"""`read_book`: a foreign workbook as cells, or an `UnreadableFile` that says in Chinese what to do.

The file is opened in a process of its own, with a limit on memory and time, so that no file can stop the program.
"""

import io
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import unionclient
from unionclient.definition.faults import UnreadableFile
from unionclient.definition.words import VARIABLE, _, language
from unionclient.sheets import worker
from unionclient.sheets.book import Book, Limits

_EXPECTED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")} \
    | {("unionclient.sheets.book", name) for name in ("Book", "Sheet")}


def read_book(path: Path | str, *, limits: Limits = Limits(), cancelled: Callable[[], bool] | None = None) -> Book:
    """All sheets of an .xlsx, .xls, .xlsb, .ods, .et, .csv, .tsv or .txt file, told apart by content.

    Formulas are never worked out: the values stored in the file are read. `cancelled` is asked five times a second.
    Raises `UnreadableFile` for whatever cannot be read, is protected, damaged, too large or too slow.
    """
    path = Path(path)
    _refuse_by_name(path)
    process = subprocess.Popen(
        _command(worker.request(path.absolute(), limits)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    try:
        answer = _wait(process, limits, cancelled)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if answer[:1] == worker.FAULT:
        raise UnreadableFile(*json.loads(answer[1:]))
    if answer[:1] != worker.BOOK:               # it died: memory limit, or the reader broke
        raise UnreadableFile(*worker.damaged())
    return _Answer(io.BytesIO(answer[1:])).load()


def _refuse_by_name(path: Path) -> None:
    if path.name.startswith("~$"):
        raise UnreadableFile(_("这是 WPS 或 Excel 打开文件时的临时文件，里面没有数据。"), _("没有导入任何内容。"),
                             _("请选择同一文件夹里的“{name}”。").format(name=path.name[2:]))
    if path.is_dir():
        raise UnreadableFile(_("选中的是文件夹，不是文件。"), _("没有导入任何内容。"), _("请选择文件夹里的表格。"))


def _command(order: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, worker.FLAG, order]
    return [sys.executable, "-P", "-m", worker.__name__, worker.FLAG, order]


def _environment() -> dict[str, str]:
    """The reading process finds this very package, wherever the program was started."""
    here = os.fspath(Path(unionclient.__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH")))), "PYTHONUTF8": "1", VARIABLE: language()}


def _wait(process: subprocess.Popen, limits: Limits, cancelled: Callable[[], bool] | None) -> bytes:
    until = time.monotonic() + limits.seconds
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise UnreadableFile(_("文件读了 {seconds:.0f} 秒还没读完，已经停止。").format(seconds=limits.seconds), _("没有导入任何内容。"),
                                 _("请把数据复制到一张新表里，或拆成几个文件分别导入。"))
        try:
            answer = process.communicate(timeout=min(left, 0.2) if cancelled else left)[0]
            return answer
        except subprocess.TimeoutExpired:
            if cancelled and cancelled():
                raise UnreadableFile(_("导入已取消。"), _("没有导入任何内容。")) from None


class _Answer(pickle.Unpickler):
    """Takes cells and nothing else from a process that has handled a foreign file."""

    def find_class(self, module: str, name: str) -> type:
        if (module, name) not in _EXPECTED:
            raise UnreadableFile(*worker.damaged())
        return super().find_class(module, name)
