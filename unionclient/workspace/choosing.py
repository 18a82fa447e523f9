"""The readings the source leaves open: what the definitions offer, what the street chose."""

import re
from dataclasses import dataclass

from unionclient.assessment.shares import read_share
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Setting
from unionclient.definition.words import _
from unionclient.store.database import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting and the value that holds; `chosen` is False while it is the default."""

    setting: Setting
    value: str
    chosen: bool

    @property
    def words(self) -> str:
        return self.setting.words(self.value)


def choices(store: Store) -> tuple[Choice, ...]:
    """In the order of the definitions."""
    found = []
    for setting in store.library.settings.values():
        value = store.setting(setting.id)
        found.append(Choice(setting, value or setting.default, bool(value) and value != setting.default))
    return tuple(found)


def checked(store: Store, name: str, value: str | None) -> str | None:
    """The value as it is kept; None for the default."""
    setting = store.library.settings.get(name)
    if setting is None:
        raise UnionClientError(_("没有设置“{name}”。").format(name=name), _("原设置没有改动。"), _("可用 unionclient settings list 查看全部设置。"))
    text = (value or "").strip()
    if not text or text == setting.default:
        return None
    if setting.kind == "choice" and text not in setting.choices:
        by_words = [code for code, words in setting.choices.items() if words == text]
        if not by_words:
            offered = _("、").join(_("{code}（{words}）").format(code=code, words=words) for code, words in setting.choices.items())
            raise UnionClientError(_("“{setting}”不能选“{text}”。").format(
                setting=setting.title, text=text), _("原设置没有改动。"), _("可选：{offered}。").format(offered=offered))
        return by_words[0] if by_words[0] != setting.default else None
    if setting.kind == "number" and not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", text):
        raise UnionClientError(_("“{setting}”要填数字，“{text}”不是数字。").format(setting=setting.title, text=text), _("原设置没有改动。"), _("默认是 {default}。").format(default=setting.default))
    if setting.kind == "text" and _is_share(setting.default) and not _is_share(text):
        raise UnionClientError(_("“{setting}”要填比例，“{text}”不是比例。").format(setting=setting.title, text=text), _("原设置没有改动。"), _("请写成 {default} 或 30% 的样子，不超过 1。").format(default=setting.default))
    return text


def _is_share(text: str) -> bool:
    """True for 2/3 or 30 %: a setting whose default is a share takes shares only."""
    if not re.fullmatch(r"\d+/[1-9]\d*|\d{1,3}%", text):
        return False
    return 0 < read_share(text) <= 1
