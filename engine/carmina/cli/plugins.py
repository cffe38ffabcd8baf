"""``carmina plugins``: everything that is offered, and what was left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from ..registry import KINDS, Listed
from .group import shell

COLUMNS = ("kind", "name", "distribution", "licence", "summary")


@click.command()
@click.option("--kind", type=click.Choice(KINDS), help="Only offers of this kind.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the plugins that were left out and why.")
@click.pass_context
def plugins(context: click.Context, kind: str | None, as_json: bool) -> None:
    """List every offer with its kind, summary, distribution and licence."""
    registry = shell(context).registry
    entries = [entry for entry in registry.listed() if kind in (None, entry.kind)]
    if as_json:
        told = {"offers": [asdict(entry) for entry in entries], "broken": registry.broken}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(entries)))


def _table(entries: Sequence[Listed]) -> list[str]:
    rows = [COLUMNS, *(tuple(getattr(entry, column) for column in COLUMNS) for entry in entries)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
