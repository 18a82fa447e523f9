"""Attachments as rows of the store, so that one file, one backup and one lock hold everything."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _
from unionclient.store.changelog import now_text, uuid7
from unionclient.store.driver import Connection

LARGEST = 10 * 1024 * 1024
_REFUSED = {".exe", ".bat", ".cmd", ".com", ".lnk", ".js", ".vbs", ".ps1", ".scr", ".msi", ".dll", ".jar", ".sh"}


class AttachmentError(UnionClientError):
    """A file cannot be attached."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A kept file. `content` is its bytes, at most 10 MB."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes


def read_file(path: Path, media_type: str) -> Attachment:
    """Reads a file to be attached; refuses folders, programs, empty and too large files."""
    kept, name = _("记录没有改动。"), path.name
    if path.suffix.lower() in _REFUSED:
        raise AttachmentError(_("“{name}”是程序文件，不能作附件。").format(name=name), kept, _("请选择图片、PDF 或办公文档。"))
    try:
        if not path.is_file():
            raise AttachmentError(_("没有找到文件“{name}”。").format(name=name), kept, _("请重新选择文件。"))
        if path.stat().st_size > LARGEST:
            raise AttachmentError(_("“{name}”超过10MB。").format(name=name), kept, _("请压缩或拆分后再添加。"))
        content = path.read_bytes()
    except OSError as error:
        raise AttachmentError(_("“{name}”读不出来：{reason}").format(name=name, reason=error.strerror or error), kept,
                              _("请检查文件是否被占用。")) from error
    if not content:
        raise AttachmentError(_("“{name}”是空文件。").format(name=name), kept, _("请检查文件内容。"))
    return Attachment(uuid7(), name, media_type, len(content), hashlib.sha256(content).hexdigest(), content)


def keep(connection: Connection, attachment: Attachment, who: str) -> None:
    connection.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                       (attachment.id, attachment.name, attachment.media_type, attachment.size, attachment.sha256,
                        attachment.content, now_text(), who))


def fetch(connection: Connection, attachment: str) -> Attachment | None:
    row = connection.execute(
        "SELECT id, name, media_type, size, sha256, content FROM attachment WHERE id = ?", (attachment,)).fetchone()
    return Attachment(*row) if row else None
