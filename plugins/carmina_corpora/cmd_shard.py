"""``carmina corpus shard``: a corpus as ids in shards, for training on more than memory holds."""

from __future__ import annotations

from pathlib import Path

import click

from carmina.conductor import conductor_of
from carmina.text import counted

MEGABYTE = 2**20


@click.command("shard", short_help="Write shards of ids, to train on more than memory holds.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="The folder to make."
)
@click.option("--tokenizer", required=True, metavar="NAME", help="The recipe's tokenizer, e.g. melody or verse-en.")
@click.option(
    "--shard-mb",
    type=click.FloatRange(0.001, 512),
    default=16.0,
    show_default=True,
    help="Largest shard, in megabytes. A training holds four at a time.",
)
@click.option(
    "--hold-out",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    help="Of the pieces, to validate on, drawn by a hash of their names; the corpus's own split unless given.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="The same seed, the same shards."
)
@click.pass_context
def command(
    context: click.Context,
    corpus: Path,
    output: Path,
    tokenizer: str,
    shard_mb: float,
    hold_out: float | None,
    seed: int,
) -> None:
    """Write CORPUS to FOLDER as ids in shards, which `carmina train --data FOLDER` reads a few at a time.

    Memory grows neither here nor there with the size of the corpus.
    """
    index = conductor_of(context).shard_corpus(
        tokenizer, corpus, output, shard_bytes=max(1024, int(shard_mb * MEGABYTE)), hold_out=hold_out, seed=seed
    )
    for split in ("train", "validation", "test"):
        side = index.side(split)
        if side.shards:
            size = sum(shard.bytes for shard in side.shards) / MEGABYTE
            click.echo(
                f"{split}: {counted('piece', side.pieces)}, {side.ids:,} ids an epoch, "
                f"{counted('shard', len(side.shards))}, {size:,.1f} MB"
            )
    click.echo(f"wrote {output}")
