"""``carmina corpus augment``: a larger corpus of variants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from carmina import BadOption
from carmina.conductor import conductor_of


@click.command("augment", short_help="Make a larger corpus of variants.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="NAME", help="The corpus to make."
)
@click.option("--copies", type=int, default=1, show_default=True, help="Variants of each training work, 1 to 20.")
@click.option(
    "--transpose",
    type=int,
    default=0,
    show_default=True,
    metavar="SEMITONES",
    help="At most so far, 0 to 12; for models that read absolute pitch. melody reads pitch from the tonic: 0.",
)
@click.option(
    "--tempo",
    type=float,
    default=0.0,
    show_default=True,
    metavar="SHARE",
    help="At most so much faster or slower, 0 to 0.5.",
)
@click.option(
    "--ornament",
    type=float,
    default=0.0,
    show_default=True,
    metavar="SHARE",
    help="Of the notes that have room: passing notes and neighbours, the bars kept whole; 0 to 1.",
)
@click.option(
    "--drop-lines", type=float, default=0.0, show_default=True, metavar="SHARE", help="Of the lines of poems, 0 to 0.5."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="The same seed, the same variants."
)
@click.option("--replace", is_flag=True, help="Write over a corpus of this name.")
@click.pass_context
def command(context: click.Context, corpus: Path, output: Path, seed: int, replace: bool, **asked: Any) -> None:
    """Write CORPUS and variants of its training works to the corpus NAME. What validates and tests stays as it is.

    A variant keeps the split and the cluster of its work, and an epoch of training draws one of a song's variants.
    """
    import numpy as np

    from .augmenting import Changes, variant
    from .folder import check_new
    from .rewriting import new_card, rewritten

    changes = Changes(**asked)
    if not any(map(changes.touches, ("song", "poem"))):
        raise BadOption("--transpose, --tempo, --ornament, --drop-lines", 0, "at least one above 0")
    check_new(output, replace)
    conductor = conductor_of(context)
    conductor.card(corpus)
    rng = np.random.default_rng(seed)

    def change(kind: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield record
        if record.get("split", "train") == "train" and changes.touches(kind):
            for number in range(1, changes.copies + 1):
                yield variant(kind, record, number, changes, rng)

    files, tally = rewritten(corpus, change)
    told = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in asked.items() if value)
    name, card = new_card(
        conductor,
        corpus,
        files,
        tally,
        name=output.name,
        summary=f"{corpus.absolute().name} with variants: {told}, seed {seed}."[:2000],
    )
    conductor.save_folder(output, {name: card, **files})
    made = [f"{tally.counts[kind]} {kind}" for kind in ("songs", "poems") if tally.counts[kind]]
    click.echo(f"wrote {output}: {' and '.join(made)} ({told})")
