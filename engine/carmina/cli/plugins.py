"""``carmina plugins``: everything that is offered, what was left out, and a start for authors of more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from .. import files
from ..errors import BadOption
from ..registry import KINDS, Listed, Registry
from .group import shell

COLUMNS = ("kind", "name", "distribution", "licence", "summary")
PAGES = (".md", ".html")


@click.group(invoke_without_command=True)
@click.option("--kind", type=click.Choice(KINDS), help="Only entries of this kind.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the plugins that were left out and why.")
@click.option("--docs", is_flag=True, help="A page of documentation of everything that is installed.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --docs: write the page here, as .md or .html; unless given, it is shown as Markdown.",
)
@click.pass_context
def plugins(context: click.Context, kind: str | None, as_json: bool, docs: bool, output: Path | None) -> None:
    """List every entry with its kind, summary, distribution and licence."""
    if context.invoked_subcommand is not None:
        return
    registry = shell(context).registry
    if output is not None and not docs:
        raise BadOption("-o", str(output), "only with --docs")
    if docs:
        return _documented(registry, output)
    entries = [entry for entry in registry.listed() if kind in (None, entry.kind)]
    if as_json:
        told = {
            "entries": [asdict(entry) for entry in entries],
            "broken": registry.broken,
            "faults": registry.faults,
            "left_out": registry.left_out,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(entries)))


def _documented(registry: Registry, output: Path | None) -> None:
    from ..kit.reference import markdown, page

    if output is None:
        click.echo(markdown(registry), nl=False)
        return
    if output.suffix not in PAGES:
        raise BadOption("-o", output.name, f"a name that ends in {' or '.join(PAGES)}")
    files.check_target(output)
    files.write_all({output: (page if output.suffix == ".html" else markdown)(registry).encode()})


@plugins.command("new", short_help="Write a plugin to start from, with tests that pass.")
@click.argument("name")
@click.option(
    "--kind", "kinds", multiple=True, required=True, type=click.Choice(KINDS), help="What it offers. May be repeated."
)
@click.option(
    "--one-file",
    is_flag=True,
    help="One file in your plugins folder instead of a package: it works at once, without pip.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder (or, with --one-file, the file) to write; carmina-NAME unless given.",
)
def new(name: str, kinds: tuple[str, ...], one_file: bool, output: Path | None) -> None:
    """Write a plugin called NAME to start from: a package with one small working entry of each --kind, a README and
    tests."""
    from ..kit import bare_name, new_file, new_package
    from ..places import plugins_folder

    if one_file:
        target = output or plugins_folder() / f"{bare_name(name).replace('-', '_')}.py"
        new_file(name, kinds, target)
        click.echo(f"{target}: a plugin of one file; `carmina plugins` lists what it offers")
        return
    target = output or Path(f"carmina-{bare_name(name)}")
    written = new_package(name, kinds, target)
    click.echo("\n".join(f"{target}/{path}" for path in written))
    click.echo(f"next: pip install -e '{target}[test]' && pytest {target}", err=True)


def _table(entries: Sequence[Listed]) -> list[str]:
    rows = [COLUMNS, *(tuple(getattr(entry, column) for column in COLUMNS) for entry in entries)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
