"""``carmina compress``: a model in, a smaller and faster one out, with what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..files import check_output
from .group import shell
from .options import Bounded

MEBIBYTE = 2**20


@click.command()
@click.argument("model", metavar="NAME|PATH")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The model file to write, NAME.safetensors.",
)
@click.option("--quantise", type=click.Choice(["int8", "int4"]), help="Bits of a weight; 16 unless given.")
@click.option(
    "--rounding",
    type=click.Choice(["nearest", "compensated"]),
    default="nearest",
    show_default=True,
    help="Of int4: each weight goes to the nearest step, or later columns make up for the errors of earlier ones.",
)
@click.option(
    "--prune",
    type=Bounded(float, 0, 0.9),
    default=0.0,
    metavar="SHARE",
    help="Share of a transformer's hidden units that go, 0 to 0.9; needs --data.",
)
@click.option(
    "--distil", is_flag=True, help="Then train it on the corpus to predict as the model that it came from does."
)
@click.option(
    "--steps", type=Bounded(int, 1, 1_000_000), default=300, show_default=True, metavar="N", help="Of distilling."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the corpus to round by and to measure on; without it the model's own samples serve.",
)
@click.option(
    "--seed", type=Bounded(int, 0, 2**32 - 1), default=0, show_default=True, metavar="NUMBER", help="Of all chance."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what is being done.")
@click.pass_context
def compress(context: click.Context, /, quiet: bool, **asked: Any) -> None:
    """Write a smaller, faster model and what it costs.

    MODEL is a shipped model's name or a file. The table compares size, speed, memory and quality before and after. The
    new file serves wherever a model is asked for: `carmina compose --model FILE`.
    """
    from ..training.compressing.request import Compression

    wanted = Compression(**asked)
    check_output(wanted.output)
    found = shell(context).conductor().compress(wanted, (lambda _: None) if quiet else _say)
    click.echo(f"{'':34}{'before':>12}{'after':>12}")
    for name, before, after in _rows(found):
        click.echo(f"{name:34}{before:>12}{after:>12}")
    if found.distilled:
        click.echo("distilling brought it from {:.3f} to {:.3f} nats of its model".format(*found.distilled))
    click.echo(f"wrote {found.output}")


def _say(row: Any) -> None:
    if "doing" in row:
        click.echo(f"{row['doing']} ...", err=True)
    else:
        click.echo(f"  step {row['step']}: {row['train']:.4f} nats apart", err=True)


def _rows(found: Any) -> list[tuple[str, str, str]]:
    def row(name: str, of: Any) -> tuple[str, str, str]:
        return name, of(found.before), of(found.after)

    return [
        row("parameters", lambda costs: f"{costs.parameters:,}"),
        row("file, MiB", lambda costs: f"{costs.file_bytes / MEBIBYTE:.1f}"),
        row("peak memory of decoding, MiB", lambda costs: f"{costs.memory_bytes / MEBIBYTE:.0f}"),
        row("tokens/s, 16 at a time", lambda costs: f"{costs.tokens_per_second:.0f}"),
        *(row(name, lambda costs, name=name: f"{costs.quality[name]:.4f}") for name in found.after.quality),
    ]
