"""``carmina corpus redact``: a corpus without names, places, dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, BadOption
from carmina.conductor import conductor_of

ALL = "name,place,date,number,email,phone,link,address,id"
MOST_KEPT = 10_000


@click.command("redact", short_help="Replace names, places, dates and numbers.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="NAME", help="The corpus to make."
)
@click.option("--kinds", default=ALL, show_default=True, metavar="LIST", help="What to replace.")
@click.option(
    "--invent",
    is_flag=True,
    help="Put invented names and figures in their place, drawn anew at each run, instead of tags such as [NAME 1].",
)
@click.option("--keep", type=click.Path(path_type=Path, dir_okay=False), help="A file of words that stay, one a line.")
@click.option("--replace", is_flag=True, help="Write over a corpus of this name.")
@click.pass_context
def command(
    context: click.Context, corpus: Path, output: Path, kinds: str, invent: bool, keep: Path | None, replace: bool
) -> None:
    """Write CORPUS to the corpus NAME with what tells of somebody replaced, in words, titles and authors.

    English and Chinese. The same words become the same tag throughout; of songs, the syllables of a name are sung as
    "la". Lists and rules find most, never all: look through what you give away.
    """
    import numpy as np

    from .folder import check_new
    from .redacting.finds import KINDS
    from .redacting.records import redacted
    from .redacting.replacing import Redactor
    from .rewriting import new_card, rewritten

    wanted = [part.strip().lower() for part in kinds.split(",") if part.strip()]
    if not wanted or set(wanted) - set(KINDS):
        raise BadOption("--kinds", kinds, f"some of {', '.join(KINDS)}, parted by commas")
    check_new(output, replace)
    conductor = conductor_of(context)
    conductor.card(corpus)
    kept = _words(conductor, keep) if keep is not None else frozenset()
    redactor = Redactor(frozenset(wanted), np.random.default_rng() if invent else None, kept)

    def change(kind: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield redacted(kind, record, redactor)

    files, tally = rewritten(corpus, change)
    told = ", ".join(
        f"{redactor.counts[kind]} {kind}{'s' * (redactor.counts[kind] != 1)}" for kind in KINDS if kind in wanted
    )
    summary = f"{corpus.absolute().name}, redacted: {told}."
    name, card = new_card(conductor, corpus, files, tally, name=output.name, summary=summary[:2000])
    conductor.save_folder(output, {name: card, **files})
    click.echo(f"wrote {output}: {told} replaced")


def _words(conductor: Any, path: Path) -> frozenset[str]:
    try:
        words = conductor.file_bytes(path).decode("utf-8-sig").lower().split("\n")
    except UnicodeDecodeError:
        raise BadInput(f"--keep {path} is not UTF-8 text, so none of its words would stay. Save it as UTF-8.") from None
    if len(words) > MOST_KEPT:
        raise BadInput(f"{path} holds {len(words):,} lines; at most {MOST_KEPT:,} words can be kept.")
    kept = frozenset(word.strip() for word in words if word.strip())
    if not kept:
        raise BadInput(f"--keep {path} holds no words. Write one a line, or leave --keep out.")
    return kept
