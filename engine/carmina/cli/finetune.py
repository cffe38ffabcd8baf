"""``carmina finetune``: a corpus of somebody's own in, a style of their own out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..conductor import Conductor
from ..files import check_folder
from ..places import styles_folder
from ..recipe import Additions, read_additions
from ..text import counted
from .group import shell
from .options import Bounded, EntryName
from .progress import progress_bar
from .training_report import row_printer


@click.command()
@click.option(
    "--style", required=True, metavar="NAME", help="Name of the style: lower-case letters, digits and hyphens."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder of the corpus (`carmina corpus import` makes one).",
)
@click.option("--task", type=EntryName("tokenizer"), help="What is learnt; found from the corpus unless said.")
@click.option(
    "--method",
    type=click.Choice(["lora", "full"]),
    default="lora",
    show_default=True,
    help="lora: an adapter of a few hundred kB; full: every weight moves, and the whole model is kept.",
)
@click.option(
    "--rank",
    type=Bounded(int, 1, 256),
    default=8,
    show_default=True,
    metavar="N",
    help="Size of the adapter, 1 to 256.",
)
@click.option("--base", metavar="NAME|PATH", help="Model to start from; the shipped one unless given.")
@click.option("--network", type=EntryName("network"), help="Kind of network of the shipped model.")
@click.option(
    "--steps",
    type=Bounded(int, 1, 1_000_000),
    metavar="N",
    help="Optimiser steps at most; by the size of the corpus unless given.",
)
@click.option(
    "--learning-rate",
    type=Bounded(float, 1e-8, 1),
    metavar="RATE",
    help="Unless given, 0.002 for lora and 0.0002 for full, less for models of over 4 million weights.",
)
@click.option(
    "--patience",
    type=Bounded(int, 0, 1_000_000),
    default=4,
    show_default=True,
    metavar="N",
    help="Validations without improvement before it stops; 0: never.",
)
@click.option(
    "--seed", type=Bounded(int, 0, 2**32 - 1), default=0, show_default=True, metavar="NUMBER", help="Of all chance."
)
@click.option(
    "--recipe",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file with tables [private], [preference] or [adversarial], as in a recipe of `carmina train`.",
)
@click.option("--summary", default="", help="One line that `carmina plugins` shows of the style.")
@click.option("--replace", is_flag=True, help="Make a model anew that the style has already.")
@click.option(
    "--package",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write the style as a package that others can install with pip, into this new folder.",
)
@click.option(
    "--runs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="Folder for checkpoints; a run that was stopped goes on from its own.",
)
@click.option("--device", help="e.g. cpu, cuda; the GPU if there is one unless said.")
@click.option("--threads", type=click.IntRange(1, 256), help="CPU threads.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no rows of figures.")
@click.pass_context
def finetune(
    context: click.Context,
    /,
    runs: Path,
    device: str | None,
    threads: int | None,
    quiet: bool,
    package: Path | None,
    recipe: Path | None,
    **asked: Any,
) -> None:
    """Make a style of your own from your songs or poems.

    The style is used at once: `carmina compose --style NAME`, or `carmina verse --style NAME`. It stands in the folder
    "styles" of $CARMINA_HOME (where that is not set, of the system's folder for data of applications).
    """
    from ..training.tuning import Tuning

    wanted = Tuning(**asked, more=read_additions(recipe) if recipe else Additions())
    for folder in (styles_folder() / wanted.style, runs, *([package] if package else [])):
        check_folder(folder)
    with progress_bar(not quiet) as progress:
        conductor = Conductor(shell(context).registry, progress)
        found = conductor.finetune(
            wanted, runs, report=(lambda _: None) if quiet else row_printer(), device=device, threads=threads
        )
    if package is not None:
        from ..home.package import write_package

        write_package(found.folder, package)
        click.echo(f"wrote the package {package}: pip install {package}", err=True)
    _tell(found)


def _tell(found: Any) -> None:
    """What came of it, what it is worth, and how to use it."""
    parts = found.sides
    lines = [
        f"{counted('piece', parts.train_pieces)} to train on, {parts.validation_pieces} held out; "
        f"{counted('step', found.steps)}; "
        f"{found.moved:,} of {found.of:,} weights moved; {found.file.stat().st_size / 1000:.0f} kB"
    ]
    lines += [
        f"{kind:10} {value:.3f} -> {found.after[kind]:.3f} nats ({(found.after[kind] - value) / value:+.1%})"
        for kind, value in found.before.items()
    ]
    lines += [f"note: {line}" for line in found.advice]
    click.echo("\n".join(lines), err=True)
    click.echo(f"wrote {found.folder}: use it with --style {found.folder.name}")
