"""Writes docs/commands.md from the commands themselves: ``python docs/make_commands.py``. A test keeps it true."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from carmina.cli.group import BUILT_IN, carmina, shell, with_settings
from carmina.cli.options import EntryName

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# The command line

Made from the commands themselves by `python docs/make_commands.py`; do not edit.

An error is one line on stderr. Exit status: 0 done, 1 a fault of Carmina, 2 something that you can put right, 130 interrupted,
143 terminated. Files appear whole or not at all.
"""  # noqa: E501


def page() -> str:
    """The whole page."""
    context = click.Context(carmina, info_name="carmina")
    sections = [_section("carmina", carmina)]
    for name in (*BUILT_IN, *_plugins_commands(context)):
        command = carmina.get_command(context, name)
        assert command is not None
        sections += _sections(f"carmina {name}", command, context)
    return "\n".join([HEAD, *sections])


def _plugins_commands(context: click.Context) -> list[str]:
    """Commands of the built-in plugins; a stranger's are not ours to document, a group's are shown by the group."""
    ours = {
        entry.name
        for entry in shell(context).registry.listed()
        if entry.kind == "command" and entry.distribution == "carmina"
    }
    return [name for name in carmina.list_commands(context) if name in ours]


def _sections(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    """A command's section, and those of the commands below it."""
    yield _section(name, with_settings(command, context))
    if isinstance(command, click.Group):
        inner = click.Context(command, info_name=command.name, parent=context)
        for below in command.list_commands(inner):
            found = command.get_command(inner, below)
            assert found is not None
            yield from _sections(f"{name} {below}", found, inner)


def _section(name: str, command: click.Command) -> str:
    arguments = " ".join(
        p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)
    )
    said = inspect.cleandoc(command.help or "")
    rows = [row for p in command.params if isinstance(p, click.Option) and not p.hidden for row in _row(p)]
    lines = [f"## `{' '.join(filter(None, (name, arguments)))}`", "", said, ""]
    if rows:
        lines += ["| option | what it does |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(option: click.Option) -> Iterator[str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    said = [option.help or "", _allowed(option.type), _default(option)]
    yield f"| {names} | {' '.join(filter(None, said))} |".replace("NAME|PATH", "NAME or PATH")


def _allowed(kind: click.ParamType) -> str:
    if isinstance(kind, EntryName):
        return f"A {kind.name} that `carmina plugins` lists{''.join(f', or `{other}`' for other in kind.others)}."
    if isinstance(kind, click.Choice):
        return f"One of {', '.join(f'`{choice}`' for choice in kind.choices)}."
    return ""


def _default(option: click.Option) -> str:
    plain = isinstance(option.default, (str, int, float, Path)) and not option.is_flag
    return f"Default: `{option.default}`." if plain else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
