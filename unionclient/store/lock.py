"""One program at a time per data folder: a lock that the system frees when the program dies."""

import os
from pathlib import Path
from typing import IO

from unionclient.definition.faults import StoreError
from unionclient.definition.words import _

_NETWORK = {"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs", "fuse.rclone", "afs", "ncpfs"}


class FolderLock:
    """Held while a store is open. A second holder gets a `StoreError` naming the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        handle = self._path.open("a+", encoding="utf-8")
        try:
            _lock(handle)
        except OSError:
            handle.close()
            raise StoreError(_("这个数据文件夹正在被另一个窗口使用。"), _("数据没有改动。"),
                             _("请先关闭已打开的程序，再重新打开。")) from None
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        self._file = handle

    def free(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[str]) -> None:
        handle.seek(1024)  # beyond the text, which others may read
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: IO[str]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def refuse_network(folder: Path) -> None:
    """SQLite's WAL needs one computer: a folder on a network drive is refused before anything is written."""
    if _is_network(folder.resolve()):
        raise StoreError(_("数据文件夹在网络盘上，多台电脑同时写入会损坏数据。"), _("没有写入任何内容。"),
                         _("请选择本机硬盘上的文件夹；备份和报送文件可以放在网络盘。"))


def _is_network(folder: Path) -> bool:
    if os.name == "nt":
        import ctypes

        text = str(folder)
        return text.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(text[:3]) == 4
    best, kind = "", ""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in mounts:
        parts = line.split()
        point = parts[1].replace("\\040", " ")
        if (str(folder) + "/").startswith(point.rstrip("/") + "/") and len(point) > len(best):
            best, kind = point, parts[2]
    return kind in _NETWORK
