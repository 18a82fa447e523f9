"""Writing a file whole or not at all: temp file in the same folder, fsync, replace.

Limits: on Windows the folder itself cannot be synced; a power cut there may leave the old file, never a torn one.
"""

import contextlib
import os
import secrets
from pathlib import Path

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` into `path`; whatever stood there stays until the new file is on the disk."""
    temp = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only the officer may read it: the key file and packages with personal data go this way.
        temp.touch(0o600, exist_ok=False)
        with temp.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temp, path)
        _sync_folder(path.parent)
    except OSError as fault:
        raise SubmissionError(
            _("无法写入文件 {name}：{reason}").format(name=path.name, reason=fault.strerror or _("未知原因")), _("原有文件没有改动。"),
            _("请检查磁盘空间、U 盘是否拔出、文件是否正被别的程序打开。")) from fault
    finally:
        with contextlib.suppress(OSError):
            temp.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; sticks and shares that cannot do this have the file nonetheless."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):
        os.fsync(handle)
    os.close(handle)
