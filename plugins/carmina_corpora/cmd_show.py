"""``carmina corpus show``: what is in a corpus, with samples and warnings."""

from __future__ import annotations

import json
from pathlib import Path

import click

from carmina.conductor import conductor_of


@click.command("show", short_help="Say what is in a corpus, with samples and warnings.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--samples", type=click.IntRange(0, 100), default=3, show_default=True, help="Beginnings of so many works."
)
@click.option("--tokenizer", metavar="NAME", help="Also how much of it this tokenizer teaches, e.g. melody, verse-en.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def command(context: click.Context, corpus: Path, samples: int, tokenizer: str | None, as_json: bool) -> None:
    """Show counts, splits, languages, metres, keys, forms, doubts and the first notes or lines of CORPUS."""
    from . import showing

    conductor = conductor_of(context)
    if tokenizer is not None:
        conductor.get("tokenizer", tokenizer)
    seen = showing.look(corpus, samples)
    if as_json:
        click.echo(json.dumps(showing.as_json(conductor, corpus, seen), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(showing.summary_lines(conductor, corpus, seen, tokenizer)))
