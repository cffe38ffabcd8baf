"""``carmina tune``: searches for better settings of a recipe, and writes the recipe that was best."""

from __future__ import annotations

from pathlib import Path

import click

from ..conductor import Conductor
from ..files import check_folder, check_target, write_all
from ..recipe import read_recipe, recipe_text
from .group import shell
from .options import Bounded
from .progress import progress_bar


@click.command()
@click.argument("recipe", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder of the corpus that the recipe's tokenizer reads.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Write the recipe with the best settings here, NAME.toml.",
)
@click.option(
    "--trials",
    type=Bounded(int, 1, 100_000),
    default=20,
    show_default=True,
    metavar="N",
    help="Trainings to try, in this call.",
)
@click.option(
    "--storage",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("runs/tune.journal"),
    show_default=True,
    help="File that keeps the trials; a search that finds its own goes on from it.",
)
@click.option("--device", help="e.g. cpu, cuda; the GPU if there is one unless said.")
@click.option("--threads", type=click.IntRange(1, 256), help="CPU threads.")
@click.pass_context
def tune(
    context: click.Context,
    recipe: Path,
    data: Path,
    output: Path,
    trials: int,
    storage: Path,
    device: str | None,
    threads: int | None,
) -> None:
    """Search for better settings of RECIPE (a TOML file).

    Tries learning rate, weight decay, warm-up, size of batches and dropout; a trial that does worse than most is
    stopped early.
    """
    read = read_recipe(recipe)
    check_target(output, recipe)
    check_folder(storage.parent)
    with progress_bar() as progress:
        found = Conductor(shell(context).registry, progress).tune(
            read, data, storage, trials, lambda line: click.echo(line, err=True), device, threads
        )
    write_all({output: recipe_text(found.recipe).encode("utf-8")})
    click.echo(
        f"best of {found.trials} trials ({found.pruned} stopped early): trial {found.trial}, {found.loss:.4f} nats",
        err=True,
    )
    click.echo(f"wrote {output}")
