"""``carmina words``: new words for a tune that is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, BadOption

SEEDS = 2**32
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Write new words for a tune.")
@click.argument("tune", type=FILE, metavar="TUNE")
@click.argument("more", nargs=-1, metavar="[WORDS]...")
@click.option(
    "--keywords", metavar="WORDS", default="", help="What the words should be about; more may follow, commas or not."
)
@click.option("--language", default="auto", show_default=True, metavar="CODE", help="auto (the keywords'), en or zh.")
@click.option("--style", metavar="STYLE", help="Period, tradition or poet, as in carmina verse.")
@click.option(
    "--drafts", type=click.IntRange(1, 20), default=3, show_default=True, help="Of which the most singable is kept."
)
@click.option(
    "--seed",
    type=click.IntRange(0, SEEDS - 1),
    default=0,
    show_default=True,
    metavar="NUMBER",
    help="The same seed, the same words.",
)
@click.option(
    "-o", "--output", "outputs", multiple=True, type=FILE, help="Write the song, or its words as .txt. May be repeated."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what was made.")
@click.pass_context
def words(
    context: click.Context,
    tune: Path,
    more: tuple[str, ...],
    keywords: str,
    language: str,
    style: str | None,
    drafts: int,
    seed: int,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Write new words for TUNE (MIDI, MusicXML, ABC, LilyPond ...; one voice): a line for each phrase, a syllable for
    each note or slur, stresses on strong beats, rhymes where phrases close alike, a chorus that comes back.

    Without -o the words are printed. Words that the tune has are replaced; where their lines end, phrases end.
    """
    from carmina.conductor import conductor_of

    from .drafts import new_words

    conductor = conductor_of(context)
    asked = [word for word in re.split(r"[\s,，、;；]+", " ".join([keywords, *more])) if word]
    if not asked:
        raise BadInput(
            "no keywords: say what the words should be about, e.g. carmina words TUNE --keywords harbour, light."
        )
    code = _language(language, asked, conductor)
    for path in outputs:
        if path.suffix != ".txt":
            conductor.renderer(path.name, "Score")
        conductor.check_target(path, tune)
    score = conductor.open(tune, "Score")
    made = new_words(score, tune.name, asked, code, seed, drafts, style, conductor)
    conductor.save(
        {path: conductor.render(made.poem if path.suffix == ".txt" else made.score, path.name) for path in outputs}
    )
    if not outputs:
        click.echo(made.text, nl=False)
    if not quiet:
        wrote = [f"wrote {', '.join(map(str, outputs))}"] if outputs else []
        click.echo("\n".join([made.remark, *wrote]), err=True)


def _language(asked: str, keywords: list[str], conductor: Any) -> str:
    from carmina.text import is_han

    if asked == "auto":
        return "zh" if any(is_han(c) for word in keywords for c in word) else "en"
    if asked not in ("en", "zh"):
        raise BadOption("--language", asked, "auto, en, zh")
    return asked


words.steers = ("verse.piece", "verse.character")  # type: ignore[attr-defined]  # and of the constraints on verse
words.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
