"""`Problem`: what is wrong with a score sheet or a ballot, before it has become a finding about a record."""

from dataclasses import dataclass

from unionclient.definition.issue import Level


@dataclass(frozen=True, slots=True)
class Problem:
    """`rule` is the id of the cross-ledger check it stands for; `item` a score item, `column` a field, if any."""

    rule: str
    level: Level
    message: str
    item: str = ""
    column: str = ""
    mend: str = ""
