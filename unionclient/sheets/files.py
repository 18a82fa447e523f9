"""A file for people appears whole or not at all: temporary file in the same folder, flushed, then put in place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yields a path to write to; it becomes `path` only when all went well."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _fault(path, error) from error
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise _fault(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _fault(path: Path, error: OSError) -> UnionClientError:
    return UnionClientError(_("“{name}”写不进去：{strerror}").format(name=path.name, strerror=error.strerror or error), _("台账数据没有改动，原有文件仍在。"),
                            _("请检查文件夹和磁盘空间，关闭正打开该文件的程序后重试。"))
