"""What this package offers."""

from __future__ import annotations

import click

import carmina


@carmina.hookimpl
def carmina_commands() -> list[click.Command]:
    """``carmina serve`` and ``carmina mcp``."""
    from .commands import COMMANDS

    return list(COMMANDS)
