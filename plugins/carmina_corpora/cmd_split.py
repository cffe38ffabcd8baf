"""``carmina corpus split``: draw train, validation and test anew."""

from __future__ import annotations

from pathlib import Path

import click

from carmina.conductor import conductor_of


@click.command("split", short_help="Draw train, validation and test anew.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--validation", type=float, default=0.125, show_default=True, help="Share to validate on, 0 to 0.9.")
@click.option("--test", type=float, default=0.125, show_default=True, help="Share to test on, 0 to 0.9.")
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="The same seed, the same split."
)
@click.pass_context
def command(context: click.Context, corpus: Path, validation: float, test: float, seed: int) -> None:
    """Split CORPUS anew by near-duplicate cluster, in the same shares for each language of songs and of poems.

    Pieces that share a tune or words stand in one cluster and never on two sides. Training reads the field that this
    writes.
    """
    from .rewriting import new_card, rewritten, split_again
    from .splitting import Shares
    from .tally import parts_of

    conductor = conductor_of(context)
    conductor.card(corpus)  # a corpus without a card is refused before any work is done
    parts = split_again(corpus, Shares(validation, test, seed))
    files, tally = rewritten(corpus, lambda kind, record: [{**record, "split": parts[record["id"]]}])
    said = f"by near-duplicate cluster, seed {seed}: {validation:g} validation, {test:g} test; the field split of each record"  # noqa: E501
    name, card = new_card(conductor, corpus, files, tally, split=said)
    conductor.save({corpus / name: card} | {corpus / path: data for path, data in files.items()})
    for kind in ("songs", "poems"):
        if tally.counts[kind]:
            click.echo(f"{tally.counts[kind]} {kind}: {parts_of(tally.counts, kind)}")
