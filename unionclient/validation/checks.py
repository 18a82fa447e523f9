"""Cross-ledger checks: SQL of the definitions → findings. The connection is the store's sealed reading side."""

from collections.abc import Iterator
from typing import Any, Protocol

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import Check, Ledger
from unionclient.definition.phrases import plain, told
from unionclient.definition.words import _


class Reads(Protocol):
    """What a check needs of a connection: DB-API `execute` that gives rows and a `description`."""

    def execute(self, sql: str) -> Any: ...


def run_check(connection: Reads, check: Check, ledger: Ledger) -> Iterator[Issue]:
    """The findings of one check; each row names its `record`, may set its `level`, and fills the message."""
    cursor = connection.execute(check.sql)
    names = [part[0] for part in cursor.description]
    if "record" not in names:
        raise UnionClientError(_("检查 {id} 的查询没有 record 列。").format(id=check.id), "", _("请改正定义文件。"))
    for row in cursor:
        facts = dict(zip(names, row, strict=True))
        texts = {name: "—" if value is None else str(value) for name, value in facts.items()}
        shown = {name: told(text) for name, text in texts.items()}     # words that the query itself puts in
        known = {name: plain(text) for name, text in texts.items()}
        level = Level(facts["level"]) if facts.get("level") else check.level
        value, kept = ([v for n, v in said.items() if n not in ("record", "level")] for said in (shown, known))
        yield Issue(check.id, level, ledger.id, facts["record"], check.fields, check.message.format_map(shown), _("；").join(value),
                    check.mend, check.basis, "\x1f".join(kept))
