"""What all verbs of the command line share: how they speak, fail, open the store and ask for a secret."""

import json
import os
from functools import partial
from typing import Any

import click

from unionclient.commands.usage import Context, told
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked
from unionclient.workspace import Workspace

EXIT_GOOD, EXIT_FINDINGS, EXIT_USAGE = 0, 1, 2
STORE_VARIABLE = "UNIONCLIENT_STORE"


def say(text: str = "", *, err: bool = False) -> None:
    click.echo(text, err=err)


def say_json(facts: Any) -> None:
    say(json.dumps(facts, ensure_ascii=False, indent=1))


class _Helped:
    """A part of the command line whose help is in the language spoken when it is asked for, not in that of the import."""

    @property
    def help(self) -> str | None:
        return self._help and _(self._help)

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class _Spoken(_Helped):
    """A command whose whole help is in the language spoken."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("显示这些说明")
        return found


class Verb(_Spoken, click.Command):
    """A command."""


class Verbs(_Spoken, click.Group):
    """A group of commands; those defined through it are `Verb` and `Verbs` too."""

    command_class = Verb
    group_class = type


class Option(_Helped, click.Option):
    """An option."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        found = super().get_help_record(ctx)
        if found is None:
            return None
        return found[0], found[1].replace("[required]", _("（必填）")).replace("[default: ", _("[不写时是 "))


option = partial(click.option, cls=Option)
"""As `click.option`; its help is a text `marked` for the catalogue."""


class Program(Verbs):
    """Turns the world's faults into words and exit code 2."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            say(told(error), err=True)
            raise click.exceptions.Exit(error.exit_code) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnionClientError as error:
            say(str(error), err=True)
            ctx.exit(EXIT_USAGE)
        except click.UsageError as error:
            say(told(error), err=True)
            ctx.exit(error.exit_code)


def no_store() -> UnionClientError:
    """The fault of a verb that was told no folder."""
    return UnionClientError(_("没有指定数据文件夹。"), "", _("请加上 --store 文件夹，或设置环境变量 {variable}。").format(variable=STORE_VARIABLE))


def opened(ctx: click.Context) -> Workspace:
    folder = ctx.obj
    if folder is None:
        raise no_store()
    workspace = Workspace.open(folder)
    ctx.call_on_close(workspace.close)
    return workspace


def ledger_of(workspace: Workspace, name: str) -> str:
    """A ledger by id, code (L02) or title."""
    for ledger in workspace.library.ledgers.values():
        if name in (ledger.id, ledger.code, ledger.title):
            return ledger.id
    raise UnionClientError(_("没有台账“{name}”。").format(name=name), "", _("可用 unionclient forms list 查看全部台账。"))


def finding_line(workspace: Workspace, finding: Any, *, mend: bool = False) -> str:
    """A finding as the command line lists it, with what to do about it where `mend` is asked for and known."""
    issue = finding.issue
    words = _("  [{level}] {rule} {ledger} {label}：{message}。{mend}") if mend and issue.mend else _("  [{level}] {rule} {ledger} {label}：{message}")
    return words.format(level=issue.level.title, rule=issue.rule, ledger=workspace.library.ledgers[issue.ledger].title, label=finding.label,
                        message=issue.message, mend=issue.mend)


def returned_line(workspace: Workspace, item: Any) -> str:
    """One thing that the district sent back, with a sign whether it is done or answered."""
    ledger = workspace.library.ledgers[item.ledger].title if item.ledger else _("整个报送包")
    return _("{sign} {ledger} {label}：{message}").format(
        sign="✓" if item.done or item.answer else "✗", ledger=ledger, label=item.label, message=item.message)


def registered_line(entry: Any, revoked: bool) -> str:
    """One certificate of the district's register."""
    words = (_("{code:10} {name} {fingerprint}… 用到 {day:%Y-%m-%d}，已吊销") if revoked else
             _("{code:10} {name} {fingerprint}… 用到 {day:%Y-%m-%d}"))
    return words.format(code=entry.code, name=entry.name, fingerprint=entry.fingerprint[:16], day=entry.expires)


def passphrase(*, confirm: bool, words: str = "", variable: str = "UNIONCLIENT_PASSPHRASE") -> str:
    """A secret, by default the signing passphrase, from the environment or a prompt that shows nothing."""
    given = os.environ.get(variable)
    return given if given else click.prompt(words or _("签名口令"), hide_input=True, confirmation_prompt=confirm)


def decryption_words() -> str:
    """The passphrase of the key that opens encrypted packages."""
    return passphrase(confirm=False, words=_("解密钥匙的口令"))
