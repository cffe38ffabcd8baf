"""``carmina train``: a recipe and a corpus in, a model file out. A killed run goes on where it was."""

from __future__ import annotations

from pathlib import Path

import click

from ..conductor import Conductor
from ..errors import BadInput
from ..files import check_folder, check_output
from ..recipe import read_recipe
from .group import shell
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
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The model file to write, NAME.safetensors."
)
@click.option(
    "--plan", is_flag=True, help="Do not train: say what it would take, in ids, operations, hours and money by device."
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="Folder for checkpoints; a run that finds its own goes on from it.",
)
@click.option(
    "--tensorboard",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write the figures for TensorBoard into this folder.",
)
@click.option("--device", help="e.g. cpu, cuda; the GPU if there is one unless said.")
@click.option("--threads", type=click.IntRange(1, 256), help="CPU threads.")
@click.pass_context
def train(
    context: click.Context,
    recipe: Path,
    data: Path,
    output: Path | None,
    plan: bool,
    runs: Path,
    tensorboard: Path | None,
    device: str | None,
    threads: int | None,
) -> None:
    """Train a model as RECIPE (a TOML file) says.

    Under torchrun, every process takes its share: torchrun --nproc-per-node N -m carmina train RECIPE ...
    """
    read = read_recipe(recipe)
    if plan:
        click.echo("\n".join(Conductor(shell(context).registry).plan_training(read, data)))
        return
    if output is None:
        raise BadInput("no model to write: give -o NAME.safetensors, or --plan to be told what training would take.")
    check_output(output)
    check_folder(runs / read.name)
    report = row_printer()
    if tensorboard is not None:
        from ..training.boards import to_board

        report = to_board(tensorboard / read.name, report)
    with progress_bar() as progress:
        wrote = Conductor(shell(context).registry, progress).train(
            read,
            data,
            output,
            runs / read.name,
            report,
            device,
            threads,
            lambda line: click.echo(f"note: {line}", err=True),
        )
    if wrote:
        click.echo(f"wrote {output}")
