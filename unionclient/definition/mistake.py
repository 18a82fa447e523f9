"""`Mistake`: one error in a definition file, with file, key and a proposed fix; and the checks all builders share."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from unionclient.definition.words import _, marked


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in `file` at `key` (dotted), and how to put it right. Chinese, for whoever edits the file."""

    file: str
    key: str
    message: str
    fix: str

    def __str__(self) -> str:
        return _("{file}：{key}：{message}。{fix}").format(file=self.file, key=self.key, message=self.message, fix=self.fix)


def nearest(word: str, words: Iterable[str]) -> str:
    """A fix that proposes the known word most like `word`, or lists those there are."""
    known = [str(w) for w in words]
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return _("是否应为“{word}”").format(word=close[0])
    listed = _("、").join(known[:12])
    return _("可用的有：{words}").format(words=listed + ("…" if len(known) > 12 else "")) if known else _("请先定义它，或删去这一处")


_NAMES = {str: marked("文字（加引号）"), int: marked("整数"), bool: marked("true 或 false"), list: marked("方括号列表"),
          dict: marked("表（花括号）"), float: marked("数字")}


class Shape:
    """One TOML table under the reader's eye: every key fetched is checked, every unknown key is reported."""

    def __init__(self, table: Mapping[str, Any], file: str, key: str, mistakes: list[Mistake]) -> None:
        self.table = table
        self.file = file
        self.key = key
        self.mistakes = mistakes
        self.seen: set[str] = set()

    def wrong(self, key: str, message: str, fix: str) -> None:
        at = f"{self.key}.{key}" if key else self.key
        self.mistakes.append(Mistake(self.file, at, message, fix))

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = None, *, needed: bool = False) -> Any:
        """The value of `key` if it is of `kind`; else `default`, with a mistake where it is wrong or missing."""
        self.seen.add(key)
        if key not in self.table:
            if needed:
                self.wrong(key, _("缺少“{key}”").format(key=key), _("请补上 {key} = …").format(key=key))
            return default
        value = self.table[key]
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if isinstance(value, bool) and bool not in kinds or not isinstance(value, kinds):
            names = _("或").join(_(_NAMES[k]) if k in _NAMES else k.__name__ for k in kinds)
            self.wrong(key, _("“{key}”的值 {value!r} 类型不对").format(key=key, value=value), _("这里应写{names}").format(names=names))
            return default
        if needed and value == "":
            self.wrong(key, _("“{key}”是空的").format(key=key), _("请给 {key} 写上内容").format(key=key))
        return value

    def words(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of strings; one string alone is taken as a list of one."""
        value = self.get(key, (list, str), [], needed=needed)
        items = [value] if isinstance(value, str) else value
        bad = [v for v in items if not isinstance(v, str)]
        if bad:
            self.wrong(key, _("列表里的 {value!r} 不是文字").format(value=bad[0]), _("请给它加上引号"))
        if needed and not items and key in self.table:
            self.wrong(key, _("“{key}”是空列表").format(key=key), _("请至少写一项"))
        return tuple(v for v in items if isinstance(v, str))

    def choice(self, key: str, known: Iterable[str], default: Any = None, *, needed: bool = False) -> Any:
        """A string that must be one of `known`."""
        value = self.get(key, str, default, needed=needed)
        if isinstance(value, str) and value not in known and value != default:
            self.wrong(key, _("不认识的“{value}”").format(value=value), nearest(value, known))
            return default
        return value

    def rest(self, allowed: Iterable[str] = ()) -> None:
        """Reports every key that nobody asked for."""
        known = self.seen | set(allowed)
        for key in self.table:
            if key not in known:
                self.wrong(key, _("不认识的键“{key}”").format(key=key), nearest(key, sorted(known)))
