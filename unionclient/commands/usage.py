"""What click says of itself (usage, headings, a call it cannot take) in the language of the program."""

import re

import click

from unionclient.definition.words import _, marked

_HEADINGS = {"Options": marked("选项"), "Commands": marked("命令")}
_PIECES = {"[OPTIONS]": marked("[选项]"), "[COMMAND] [ARGS]...": marked("[命令] [参数]…"), "COMMAND [ARGS]...": marked("命令 [参数]…")}

_QUOTED = re.compile(r"'(.+)'")


class Formatter(click.HelpFormatter):
    """Usage and headings in words of ours."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for theirs, ours in _PIECES.items():
            args = args.replace(theirs, _(ours))
        super().write_usage(prog, args, _("用法：") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + _("{heading}：").format(heading=_(_HEADINGS.get(heading, heading))) + "\n")


class Context(click.Context):
    """Writes help by `Formatter`; so does every context below it."""

    formatter_class = Formatter


def told(error: click.UsageError) -> str:
    """What is wrong with the call, and where its help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    path = error.ctx.command_path if error.ctx else "unionclient"
    return _("{what}\n用法见 {path} --help。").format(what=_wrong(error), path=path)


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return _("没有选项“{name}”。").format(name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return _("缺少 {name}。").format(name=_name_of(error))
    if isinstance(error, click.BadParameter):
        return _("{name} 的值不能用：{why}。").format(name=_name_of(error), why=_why(error))
    if isinstance(error, click.BadOptionUsage):
        return _("选项“{name}”缺少值，或多了值。").format(name=error.option_name)
    name = getattr(error, "command_name", None)  # click 8.2 and later say so by a class of its own
    return _("没有命令“{name}”。").format(name=name) if name else _("命令写得不对：{why}").format(why=error.format_message())


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    return max(error.param.opts, key=len) if isinstance(error.param, click.Option) else error.param.human_readable_name


def _why(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Path):
        named = _QUOTED.search(error.message)  # click says the path nowhere else
        return _("{path} 没有这个文件或文件夹，或者打不开").format(path=named[1] if named else "").strip()
    if isinstance(kind, click.Choice):
        return _("可选的有 {choices}").format(choices=_("、").join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange | click.FloatRange):
        return _("应是 {least} 到 {most} 之间的数").format(least="…" if kind.min is None else kind.min, most="…" if kind.max is None else kind.max)
    if kind in (click.INT, click.FLOAT):
        return _("应是数字")
    return error.message
