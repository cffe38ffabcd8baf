"""``carmina privacy``: what a recipe's private training is worth, measured by attacks."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from ..conductor import Conductor
from ..files import check_folder
from ..recipe import read_recipe
from ..text import counted
from .group import shell
from .options import Bounded
from .progress import progress_bar
from .training_report import row_printer


@click.command()
@click.argument("recipe", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder of the corpus that the recipe's tokenizer reads.",
)
@click.option(
    "--canaries",
    type=Bounded(int, 0, 64),
    default=4,
    show_default=True,
    metavar="N",
    help="Sequences that are planted.",
)
@click.option(
    "--copies", type=Bounded(int, 1, 1000), default=4, show_default=True, metavar="N", help="Of each, as pieces."
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="Folder for checkpoints; a run that finds its own goes on from it.",
)
@click.option("--device", help="e.g. cpu, cuda; the GPU if there is one unless said.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.pass_context
def privacy(
    context: click.Context,
    recipe: Path,
    data: Path,
    canaries: int,
    copies: int,
    runs: Path,
    device: str | None,
    as_json: bool,
) -> None:
    """Measure what the table [private] of RECIPE is worth.

    Half of the pieces are trained on twice, with and without the table, and an attacker tries to tell them from the
    other half, and to guess sequences that were planted. The same recipe gives the same figures; no model is written.
    """
    read = read_recipe(recipe)
    folder = runs / f"{read.name}-privacy"
    check_folder(folder)
    with progress_bar() as progress:
        found = Conductor(shell(context).registry, progress).privacy(
            read, data, folder, {"canaries": canaries, "copies": copies}, row_printer(), device
        )
    click.echo(json.dumps(dataclasses.asdict(found), indent=2) if as_json else "\n".join(lines(found, read.private)))


def lines(found: Any, asked: Any) -> list[str]:
    """The figures as a table, chance beside them."""
    columns = {"start": "as it starts", "without": "not private", "with": "private"}
    rows: list[tuple[str, ...]] = [("", *(columns[m.name] for m in found.models), "chance")]

    def row(name: str, value: Any, chance: str) -> None:
        rows.append((name, *("-" if (v := value(m)) is None else v for m in found.models), chance))

    row(
        f"epsilon (delta {asked.delta:g})",
        lambda m: {"start": "0", "without": "no bound"}.get(m.name, f"{m.epsilon or 0:.2f}"),
        "",
    )
    row("members told, AUC", lambda m: f"{m.membership.auc:.3f} ±{m.membership.error:.3f}", ".5")
    row("members told at 5 % false", lambda m: f"{m.membership.caught:.3f}", ".05")
    row("canaries exposed, bits", lambda m: None if m.exposure is None else f"{m.exposure:.2f}", "1.44")
    row("validation, nats", lambda m: None if m.validation is None else f"{m.validation:.4f}", "")
    widths = [max(len(r[at]) for r in rows) for at in range(len(rows[0]))]
    shown = ["  ".join(cell.ljust(w) for cell, w in zip(r, widths, strict=True)).rstrip() for r in rows]
    return [f"{counted('piece', found.members)} trained on, {found.outsiders} not", *shown]
