"""What the commands that change songs share: opening one, numbering alternatives, writing them or showing them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from .. import files
from ..conductor import Conductor
from ..errors import BadInput
from ..theory import with_tune, without_tune
from ..works import Score
from .options import PITCH_RANGE, Bounded, EntryName, StyleName, together

SEEDS = 2**32
SHOWN_AS = ".txt"


def seed_or_drawn(seed: int | None) -> int:
    """The seed that was asked for, else one that is drawn."""
    return secrets.randbelow(SEEDS) if seed is None else seed


def check(
    conductor: Conductor, inputs: Sequence[Path], outputs: Sequence[Path], many: int = 1, takes: str = "Score"
) -> None:
    """Refuse outputs that cannot be made, or that would overwrite an input, before any work is done."""
    for path in outputs:
        conductor.renderer(path.name, takes)
        for target in numbered(path, many):
            files.check_target(target, *inputs)
    if len({path.absolute() for path in outputs}) < len(outputs):
        raise BadInput("one output is named twice. Name each file once.")


def load_score(conductor: Conductor, path: Path) -> Score:
    """The song in a file."""
    score: Score = conductor.open(path, "Score")
    return score


def load_tune(conductor: Conductor, path: Path) -> tuple[Score, Score]:
    """The song in a file, sure to have a voice where any note could be one; and the song as it is."""
    score = load_score(conductor, path)
    return with_tune(score), score


def given_back(songs: Sequence[Score], original: Score) -> list[Score]:
    """Songs whose tune was lent to a voice, with their parts as they were: a piece without words needs none."""
    return [without_tune(song, original) for song in songs]


def numbered(path: Path, many: int) -> list[Path]:
    """NAME.mid for one song; NAME-1.mid, NAME-2.mid for several."""
    return [path] if many == 1 else [files.numbered(path, n) for n in range(1, many + 1)]


def deliver(conductor: Conductor, songs: Sequence[Score], outputs: Sequence[Path], many: int, said: str = "") -> None:
    """Write every file or none; without outputs show the songs. ``said`` goes to stderr."""
    rendered = {
        target: conductor.render(song, path.name)
        for path in outputs
        for target, song in zip(numbered(path, many), songs, strict=False)
    }
    shown = [] if outputs else [conductor.render(song, SHOWN_AS) for song in songs]
    files.write_all(rendered)
    for text in shown:
        click.echo(text, nl=False)
    if said:
        click.echo("\n".join([said, *([f"wrote {', '.join(map(str, rendered))}"] if rendered else [])]), err=True)


def written_again(whose: str, what: str) -> Callable[[Any], Any]:
    """The options of commands that write a song further or anew: ``whose`` range is kept, ``what`` is ranked."""
    return together(
        click.option("--style", type=StyleName(), default="song", help="Kind of song, or a mix: folk:0.7,pop:0.3."),
        click.option(
            "--range",
            "pitches",
            type=PITCH_RANGE,
            metavar="LOW-HIGH|VOICE",
            help=f"Range of the voice, e.g. C4-E5 or tenor; the {whose} own unless given.",
        ),
        click.option(
            "--seed",
            type=Bounded(int, 0, SEEDS - 1),
            metavar="NUMBER",
            help="0 to 4294967295; drawn and printed unless given.",
        ),
        click.option(
            "--candidates", type=Bounded(int, 1, 256), metavar="N", help=f"How many {what} to rank, 1 to 256."
        ),
        click.option("--temperature", type=Bounded(float, 0.01, 5), metavar="T", help="How daring, 0.01 to 5."),
        click.option("--decoder", type=EntryName("decoder"), help="How the next note is chosen."),
        click.option("--model", metavar="NAME|PATH", help="Trained model; the shipped one unless given."),
        click.option("--network", type=EntryName("network"), help="Kind of network of the shipped model."),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            type=click.Path(path_type=Path),
            help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing of the seed."),
    )
