"""``carmina continue``: a primer goes on for some bars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import files
from ..errors import NoSolution
from ..text import counted
from ..works import EditBrief
from . import songs
from .group import shell
from .options import Bounded, EntryName
from .progress import progress_bar


@click.command("continue")
@click.argument("primer", type=click.Path(path_type=Path))
@click.option(
    "--bars",
    "added_bars",
    type=Bounded(int, 1, 64),
    metavar="N",
    help="How many bars to go on for, 1 to 64; as many as the words need, else 8.",
)
@click.option(
    "--lyrics",
    "words",
    type=click.Path(path_type=Path),
    metavar="WORDS.txt",
    help="Words for the new bars; without them the line goes on unsung.",
)
@click.option("--language", type=EntryName("language", "auto"), default="auto", help="Main language of the words.")
@click.option(
    "--alternatives",
    type=Bounded(int, 1, 20),
    default=1,
    metavar="N",
    help="So many different ways on, 1 to 20: NAME-1, NAME-2, ...",
)
@songs.written_again("primer's", "ways on")
@click.pass_context
def going_on(
    context: click.Context,
    /,
    primer: Path,
    words: Path | None,
    language: str,
    alternatives: int,
    pitches: Any,
    seed: int | None,
    outputs: tuple[Path, ...],
    quiet: bool,
    **asked: Any,
) -> None:
    """Go on from the end of PRIMER, a MIDI or MusicXML file of any software.

    What is there stays as it is. The new bars begin with the next bar (or a pickup to it), keep to the primer's key,
    range, density and manner, may answer its lines, and close on the tonic.
    """
    with progress_bar(not quiet) as report:
        conductor = shell(context).conductor(report)
        songs.check(conductor, [path for path in (primer, words) if path], outputs, alternatives)
        lyrics = None
        if words is not None:
            lyrics = conductor.lyrics(conductor.sheet(files.read(words), files.named(words)), language)
        tune, original = songs.load_tune(conductor, primer)
        brief = EditBrief(tune, lyrics=lyrics, range=pitches, seed=songs.seed_or_drawn(seed), **asked)
        found = conductor.writer("continue", brief).alternatives(brief, conductor, alternatives)
        if len(found) < alternatives:
            raise NoSolution(f"only {len(found)} different ways on were found. Ask for fewer, or raise --temperature.")
    added = len(found[0].bar_onsets()) - len(brief.score.bar_onsets())
    songs.deliver(
        conductor,
        songs.given_back(found, original),
        outputs,
        alternatives,
        "" if quiet else f"seed {brief.seed}: {counted('bar', added)} more",
    )


going_on.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
going_on.reads = ("Score", "LyricSheet")  # type: ignore[attr-defined]  # and of what reads one
