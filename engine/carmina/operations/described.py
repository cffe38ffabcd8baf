"""Commands as operations."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import click

from ..cli.group import BUILT_IN, Shell, carmina, with_settings
from ..cli.parameters import MOST_NAME, PLAIN_NAME, Parameter, arguments, parameters, plain_name
from ..errors import BadInput
from .faults import option_of

HERE_ONLY = frozenset(
    {
        "plugins",
        "doctor",
        "train",
        "finetune",
        "tune",
        "compress",
        "corpus",
        "learn",
        "lesson",
        "taste",
        "style",
        "serve",
        "studio",
        "mcp",
    }
)  # work on this machine's folders, keep something on it, work for hours, or serve themselves
OURS = "carmina"  # the distribution whose commands are offered unless others are named
MOST_FILES = 64


@dataclass(frozen=True)
class Operation:
    """One command, for programs."""

    name: str
    summary: str  # one line
    description: str
    parameters: Sequence[Parameter] = field(repr=False)
    command: click.Command = field(repr=False)
    shell: Shell = field(repr=False)

    @cached_property
    def options_schema(self) -> dict[str, Any]:
        """JSON Schema of its options: a table by name."""
        properties = {
            one.key: {**one.schema, **({"x-carmina-file": one.file} if one.file else {})} for one in self.parameters
        }
        required = [one.key for one in self.parameters if one.required]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }

    @cached_property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of a request: options, and the files that they name."""
        content = {
            "oneOf": [
                {"type": "string", "description": "the text of the file"},
                {
                    "type": "object",
                    "properties": {"base64": {"type": "string", "contentEncoding": "base64"}},
                    "required": ["base64"],
                    "additionalProperties": False,
                },
            ]
        }
        files = {
            "type": "object",
            "additionalProperties": content,
            "propertyNames": {"pattern": PLAIN_NAME, "maxLength": MOST_NAME},
            "maxProperties": MOST_FILES,
            "description": "Files that the options name, by their plain names.",
        }
        return {
            "type": "object",
            "properties": {"options": self.options_schema, "files": files},
            "additionalProperties": False,
        }

    def arguments(self, options: Mapping[str, Any], files: Collection[str] = ()) -> list[str]:
        """The options as arguments of the command; raises ``BadInput`` or ``BadOption`` in one line."""
        if len(files) > MOST_FILES:
            raise BadInput(f"{len(files)} files; at most {MOST_FILES} are taken. Give fewer.")
        for name in files:
            plain_name(name, "files")
        spelt = arguments(self.parameters, options, self.name)
        self._try(spelt)
        return [self.name, *spelt]

    def _try(self, spelt: Sequence[str]) -> None:
        """Let the command read its arguments, without running it: bounds, choices and names are its own to check."""
        context = click.Context(carmina, info_name="carmina", obj=self.shell)
        try:
            self.command.make_context(self.name, list(spelt), context)
        except click.ClickException as fault:
            refused = BadInput(fault.format_message())
            refused.option = option_of(fault)
            raise refused from None


def operations(shell: Shell | None = None, also: Collection[str] = ()) -> dict[str, Operation]:
    """Every operation by name: Carmina's own commands, and those of other distributions that ``also`` names."""
    context = click.Context(carmina, info_name="carmina", obj=shell or Shell())
    registry = context.obj.registry
    offered = {entry.name: entry.distribution for entry in registry.listed() if entry.kind == "command"}
    names = [name for name in carmina.list_commands(context) if name in BUILT_IN or offered.get(name) == OURS]
    found = {}
    for name in [*(name for name in names if name not in HERE_ONLY), *also]:
        command = carmina.get_command(context, name)
        if command is None or isinstance(command, click.Group):
            if name in also:
                raise BadInput(f"no command called {name!r} that could be an operation. 'carmina --help' lists all.")
            continue  # a group's commands keep something on this machine
        found[name] = _operation(name, with_settings(command, context), context)
    return found


def _operation(name: str, command: click.Command, context: click.Context) -> Operation:
    inner = click.Context(command, info_name=name, parent=context)
    said = inspect.cleandoc(command.help or "")
    return Operation(name, command.get_short_help_str(200), said, parameters(command, inner), command, context.obj)
