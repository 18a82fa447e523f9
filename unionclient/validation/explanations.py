"""What counts as an explanation: long enough, not an empty phrase, and void as soon as a value it explained changes."""

import hashlib
from dataclasses import dataclass

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Issue, Level
from unionclient.definition.text import fold
from unionclient.definition.words import _

LEAST = 6
STOP_LIST = ("核实无误", "无误", "情况属实", "属实", "已核实", "经核实无误", "数据无误", "填报无误", "无", "没有问题", "正确", "同意",
             "已确认", "确认无误", "经核实情况属实", "数据属实", "如实填报", "实际情况如此", "情况说明", "详见附件")
_KEYS = {fold(word) for word in STOP_LIST}
_FILLER = str.maketrans("", "", "，。、；：,.;:! !　“”\"'（）()")


@dataclass(frozen=True, slots=True)
class Explanation:
    """An officer's written reason for one finding."""

    key: str
    text: str
    who: str
    at: str


class ExplanationError(UnionClientError):
    """The text does not explain anything."""


def explanation_key(issue: Issue) -> str:
    """Rule, record and explained values in one: another value makes another key, another language does not."""
    told = "\x1f".join((issue.rule, issue.ledger, issue.record or "", *issue.fields, issue.facts or issue.value))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def checked_text(text: str) -> str:
    """The trimmed explanation. Raises `ExplanationError` when it is too short or on the stop list."""
    trimmed = " ".join(text.split())
    core = trimmed.translate(_FILLER)
    if fold(core) in _KEYS:
        raise ExplanationError(_("“{text}”没有说明原因。").format(text=trimmed), _("填写的内容还在输入框里。"), _("请写明为什么会这样，例如依据的文件或事由。"))
    if len(core) < LEAST:
        raise ExplanationError(_("说明太短，至少写{count}个字。").format(count=LEAST), _("填写的内容还在输入框里。"), _("请写明原因。"))
    if len(set(core)) < 4:
        raise ExplanationError(_("说明里只是重复的字。"), _("填写的内容还在输入框里。"), _("请写明原因。"))
    return trimmed


def may_explain(issue: Issue) -> bool:
    """Only findings that do not block can be explained away."""
    return issue.level in (Level.EXPLAIN, Level.CONFIRM)
