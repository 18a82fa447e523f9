"""The unchecked export: all ledgers as they stand in one file, as a backup. It bears no signature, says so in itself, and is refused as a
submission. Unmasked and with the fields that stay with the street: not to be given away.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from unionclient import __version__
from unionclient.definition.words import _, marked
from unionclient.store import changelog
from unionclient.store.database import Store
from unionclient.workspace.datatables import ledger_table, settings_table

_WORDS = marked("""本文件是{street}工会台账的备份，由{officer}于 {at:%Y-%m-%d %H:%M} 导出。
没有检查，没有签名，不能作为报送包。内有完整的证件号码和电话，不得外传。

This is an unchecked, unsigned backup of a street's ledgers. It is no submission.

data/*.csv   每个台账一个文件，第一行是字段名，UTF-8
{program}，操作日志 {count} 条，最后一条 {head}
""")


def export_unchecked(store: Store, officer: str, street: Any, out: Path) -> Path:
    """Writes the backup into the folder `out`; returns the file. Raises SubmissionError where it cannot be written."""
    from unionclient.submission import container
    from unionclient.submission.files import write_whole
    from unionclient.submission.tabledata import table_member

    now = dt.datetime.now()
    count, head = changelog.head(store.connection)
    tables = [*(ledger_table(store, ledger, mask=False) for ledger in store.library.ledgers.values()), settings_table(store)]
    members = {f"data/{table.name}.csv": table_member(table).content for table in tables}
    words = _(_WORDS).format(street=street.title, officer=officer, at=now, program=f"unionclient {__version__}", count=count, head=head)
    members[container.BACKUP] = words.encode("utf-8")
    path = out / f"{street.code}-backup-{now:%Y%m%d-%H%M%S}.zip"
    write_whole(path, container.container_bytes(members))
    with store.transaction():
        store.mark("backup", path.name, who=officer, verb="backup", title=_("导出未检查的备份"), facts={"tables": len(tables), "log": head})
    return path
