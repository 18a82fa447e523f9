"""What all verbs of the command line share: how they speak, fail, open the store and ask for a secret."""

import json
import os
from typing import Any

import click

from unionclient.definition.faults import UnionClientError
from unionclient.workspace import Workspace

EXIT_GOOD, EXIT_FINDINGS, EXIT_USAGE = 0, 1, 2
STORE_VARIABLE = "UNIONCLIENT_STORE"


def say(text: str = "", *, err: bool = False) -> None:
    click.echo(text, err=err)


def say_json(facts: Any) -> None:
    say(json.dumps(facts, ensure_ascii=False, indent=1))


class Program(click.Group):
    """Turns the world's faults into Chinese and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnionClientError as error:
            say(str(error), err=True)
            ctx.exit(EXIT_USAGE)


def opened(ctx: click.Context) -> Workspace:
    folder = ctx.obj
    if folder is None:
        raise UnionClientError("没有指定数据文件夹。", "", f"请加上 --store 文件夹，或设置环境变量 {STORE_VARIABLE}。")
    workspace = Workspace.open(folder)
    ctx.call_on_close(workspace.close)
    return workspace


def ledger_of(workspace: Workspace, name: str) -> str:
    """A ledger by id, code (L02) or title."""
    for ledger in workspace.library.ledgers.values():
        if name in (ledger.id, ledger.code, ledger.title):
            return ledger.id
    raise UnionClientError(f"没有台账“{name}”。", "", "可用 unionclient forms list 查看全部台账。")


def passphrase(*, confirm: bool, words: str = "签名口令", variable: str = "UNIONCLIENT_PASSPHRASE") -> str:
    """A secret, by default the signing passphrase, from the environment or a prompt that shows nothing."""
    given = os.environ.get(variable)
    return given if given else click.prompt(words, hide_input=True, confirmation_prompt=confirm)


def decryption_words() -> str:
    """The passphrase of the key that opens encrypted packages."""
    return passphrase(confirm=False, words="解密钥匙的口令")
