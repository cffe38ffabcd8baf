"""``carmina vary``: some bars of a song written again, the rest kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import click

from ..errors import BadOption, NoSolution
from ..works import LOCKS, EditBrief, Lock
from . import songs
from .group import shell
from .options import Bounded, EntryName, Spelt
from .progress import progress_bar

ALLOWED = "a bar or two with a hyphen between them, the first first, e.g. 5-8; 0 is an incomplete first bar"


def _bars(text: str, option: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5}))?\s*", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise BadOption(option, text, ALLOWED)
    return first, last


@click.command()
@click.argument("song", type=click.Path(path_type=Path))
@click.option(
    "--bars",
    type=Spelt("bars", _bars, ALLOWED),
    required=True,
    metavar="FIRST-LAST",
    help="Bars to write again, counted as they sound, repeats played out; 1 is the first whole bar.",
)
@click.option(
    "--lock",
    "locks",
    multiple=True,
    type=click.Choice(LOCKS),
    help="What stays in these bars; may be repeated. notes: with --words, new words under the notes as they are; "
    "pitches: "
    "in their order; rhythm: every onset and length; words: each syllable begins where it began.",
)
@click.option(
    "--words", help="Other words for these bars, a line for each line of the song; without it the words stay."
)
@click.option("--language", type=EntryName("language", "auto"), default="auto", help="Main language of --words.")
@click.option("--here-only", is_flag=True, help="Only these bars; else a tune that is sung again changes each time.")
@click.option(
    "--alternatives",
    type=Bounded(int, 1, 20),
    default=1,
    metavar="N",
    help="So many different versions, 1 to 20: NAME-1, NAME-2, ...",
)
@songs.written_again("song's", "versions")
@click.pass_context
def vary(
    context: click.Context,
    /,
    song: Path,
    bars: tuple[int, int],
    locks: tuple[str, ...],
    words: str | None,
    language: str,
    here_only: bool,
    alternatives: int,
    pitches: Any,
    seed: int | None,
    outputs: tuple[Path, ...],
    quiet: bool,
    **asked: Any,
) -> None:
    """Write some bars of SONG again and keep the rest.

    SONG is MIDI or MusicXML, of Carmina or of other software, with or without words. Every note that is not wholly
    inside the bars stays as it is, and so do chords and the other parts.
    """
    with progress_bar(not quiet) as report:
        conductor = shell(context).conductor(report)
        songs.check(conductor, [song], outputs, alternatives)
        tune, original = songs.load_tune(conductor, song)
        brief = EditBrief(
            tune,
            bars,
            conductor.lyrics(words, language) if words is not None else None,
            frozenset(cast("tuple[Lock, ...]", locks)),
            not here_only,
            range=pitches,
            seed=songs.seed_or_drawn(seed),
            **asked,
        )
        found = conductor.writer("vary", brief).alternatives(brief, conductor, alternatives)
        if len(found) < alternatives:
            raise NoSolution(
                f"only {len(found)} different versions of these bars were found. Ask for fewer, lock less, or "
                "raise --temperature."
            )
    songs.deliver(
        conductor,
        songs.given_back(found, original),
        outputs,
        alternatives,
        "" if quiet else f"seed {brief.seed}: bars {bars[0]}-{bars[1]} written again",
    )


vary.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
vary.reads = ("Score",)  # type: ignore[attr-defined]  # and of what reads one
