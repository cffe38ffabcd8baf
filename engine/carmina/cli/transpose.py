"""``carmina transpose``: a song in another key or for another voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import spelling
from ..works import EditBrief
from . import songs
from .group import shell
from .options import PITCH_RANGE, Spelt

INTERVAL = Spelt("interval", spelling.interval, spelling.INTERVALS)


@click.command()
@click.argument("song", type=click.Path(path_type=Path))
@click.option(
    "--by", type=INTERVAL, metavar="INTERVAL", help="Semitones or an interval, down with a minus: 3, -2, M3, -P5."
)
@click.option(
    "--to", metavar="KEY", help="The key to go to, by the shorter way, e.g. F, 'Eb major', F#m; the mode stays."
)
@click.option(
    "--range",
    "pitches",
    type=PITCH_RANGE,
    metavar="LOW-HIGH|VOICE",
    help="Where the voice must lie, e.g. C4-E5 or alto; with --to the octave is chosen for it, alone the smallest move "
    "into it.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the new key.")
@click.pass_context
def transpose(
    context: click.Context,
    song: Path,
    by: int | None,
    to: str | None,
    pitches: Any,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Move SONG to another key; chord symbols and signatures go with it, drums stay."""
    conductor = shell(context).conductor()
    songs.check(conductor, [song], outputs)
    options: dict[str, object] = {name: value for name, value in (("by", by), ("to", to)) if value is not None}
    brief = EditBrief(songs.load_score(conductor, song), range=pitches, options=options)
    moved = conductor.writer("transpose", brief).write(brief, conductor)
    songs.deliver(conductor, [moved], outputs, 1, "" if quiet else f"now in {spelling.key_name(moved.keys[0])}")


transpose.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
transpose.reads = ("Score",)  # type: ignore[attr-defined]  # and of what reads one
