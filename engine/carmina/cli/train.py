"""``carmina train``: a recipe and a corpus in, a model file out. A killed run goes on where it was."""

from __future__ import annotations

from pathlib import Path

import click

from ..conductor import Conductor
from ..recipe import read_recipe
from .group import shell
from .training_report import row_printer


@click.command()
@click.argument("recipe", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder of the corpus that the recipe's tokenizer reads.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The model file to write, NAME.safetensors.")
@click.option("--runs", type=click.Path(path_type=Path, file_okay=False), default=Path("runs"), show_default=True,
              help="Folder for checkpoints; a run that finds its own goes on from it.")
@click.option("--device", help="e.g. cpu, cuda; the GPU if there is one unless said.")
@click.option("--threads", type=click.IntRange(1, 256), help="CPU threads.")
@click.pass_context
def train(context: click.Context, recipe: Path, data: Path, output: Path, runs: Path, device: str | None,
          threads: int | None) -> None:
    """Train a model as RECIPE (a TOML file) says."""
    read = read_recipe(recipe)
    conductor = Conductor(shell(context).registry)
    conductor.train(read, data, output, runs / read.name, row_printer(), device, threads)
    click.echo(f"wrote {output}")

