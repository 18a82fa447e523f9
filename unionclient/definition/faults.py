"""The faults of the world: disk full, unreadable sheet, bad signature.

Raised low, caught at the two edges (window and command line). A data fault is an `Issue`, not an exception.
"""

from unionclient.definition.words import _


class UnionClientError(Exception):
    """Something outside the program went wrong; said in Chinese in three parts.

    `what` happened, what was `kept`, what `todo`. `kept` and `todo` may be empty.
    """

    def __init__(self, what: str, kept: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.todo = todo

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.kept, self.todo) if part)


class DefinitionError(UnionClientError):
    """Mistakes in the files of `forms/`; `mistakes` holds them all, each with file, key and mend."""

    def __init__(self, mistakes: tuple) -> None:
        super().__init__(
            _("台账定义有 {n} 处错误").format(n=len(mistakes)),
            _("原有数据没有改动。"),
            "\n".join(str(mistake) for mistake in mistakes),
        )
        self.mistakes = mistakes


class StoreError(UnionClientError):
    """The data folder cannot be opened, locked, written or trusted."""


class UndoError(UnionClientError):
    """A step cannot be taken back because a later one touched the same cells."""


class UnreadableFile(UnionClientError):
    """A file brought in from outside cannot be read, is damaged, protected or too large."""


class PrintError(UnionClientError):
    """A form cannot be printed: no font, no such record, no such form."""


class SubmissionError(UnionClientError):
    """A package cannot be made or does not hold: key, signature, findings that block."""
