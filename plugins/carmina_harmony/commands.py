"""``carmina arrange``: a melody in, a song with chords and accompaniment out."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from carmina import ArrangeBrief, BadInput, BadOption, Score, spelling
from carmina.text import counted
from carmina.theory import with_tune

SEEDS = 2**32
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Give a melody chords and an accompaniment.")
@click.argument("melody", type=FILE, metavar="MELODY")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
)
@click.option(
    "--style",
    default="song",
    metavar="STYLE",
    help="Kind of song, which names its instruments; 'carmina plugins' lists them.",
)
@click.option(
    "--chords",
    metavar="SYMBOLS",
    help="One chord a bar, repeated as needed, e.g. 'C G Am F'; else the file's own, else found.",
)
@click.option("--new-chords", is_flag=True, help="Find chords even where the file has some.")
@click.option("--intro", type=int, metavar="BARS", help="Bars before the voice, 0 to 8; the style decides unless said.")
@click.option("--outro", type=int, metavar="BARS", help="Bars after the voice, 0 to 8; the style decides unless said.")
@click.option(
    "--humanise",
    is_flag=False,
    flag_value=1.0,
    default=0.0,
    type=float,
    metavar="[AMOUNT]",
    help="Play as loosely as people do, 0 to 1; the printed notes stay.",
)
@click.option("--keep", is_flag=True, help="Keep the file's other parts.")
@click.option(
    "--seed",
    metavar="NUMBER",
    help="0 to 4294967295. The same seed and options give the same files; drawn and told unless given.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the seed and what was chosen.")
@click.pass_context
def arrange(
    context: click.Context,
    melody: Path,
    outputs: tuple[Path, ...],
    style: str,
    quiet: bool,
    seed: str | None,
    **asked: Any,
) -> None:
    """Give the MELODY of a file (MIDI, MusicXML) chords that fit it and the parts that the style has.

    The voice and its words stay as they are, later only by the introduction. Chords that the file has are kept.
    """
    from carmina.conductor import conductor_of

    conductor = conductor_of(context)
    _check(conductor, melody, outputs)
    given = conductor.open(melody, "Score")
    brief = _brief(given, style, _seed(seed), **asked)
    score = conductor.writer("arrange", brief).write(brief, conductor)
    if left := [] if asked["keep"] else _left_out(given):
        click.echo(f"note: left out of {melody.name}: {', '.join(left)}. --keep keeps them.", err=True)
    conductor.save({path: conductor.render(score, path.name) for path in outputs})
    if not outputs:
        click.echo(conductor.render(score, ".txt"), nl=False)
    if not quiet:
        click.echo(_summary(given, score, brief, outputs), err=True)


arrange.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
arrange.reads = ("Score",)  # type: ignore[attr-defined]  # and of what reads one


def _left_out(given: Score) -> list[str]:
    """The parts beside the melody, by name."""
    tune = with_tune(given).voice
    name = tune.name if tune else ""
    named = [track.name or track.role for track in given.tracks if track.notes]
    if name in named:
        named.remove(name)
    return list(dict.fromkeys(named))


def _check(conductor: Any, melody: Path, outputs: tuple[Path, ...]) -> None:
    for path in outputs:
        conductor.renderer(path.name)
        conductor.check_target(path)
        if path.exists() and melody.exists() and path.samefile(melody):
            raise BadInput(f"{str(path)!r} holds the melody; writing the song there would lose it. Name another file.")
    if len({path.absolute() for path in outputs}) < len(outputs):
        raise BadInput("one output is named twice. Name each file once.")


def _seed(text: str | None) -> int:
    if text is None:
        return secrets.randbelow(SEEDS)
    if not text.isascii() or not text.isdecimal() or not int(text) < SEEDS:
        raise BadOption("--seed", text, f"a whole number from 0 to {SEEDS - 1}")
    return int(text)


def _brief(
    given: Score,
    style: str,
    seed: int,
    *,
    chords: str | None,
    new_chords: bool,
    intro: int | None,
    outro: int | None,
    humanise: float,
    keep: bool,
) -> ArrangeBrief:
    if not 0 <= humanise <= 1:
        raise BadOption("--humanise", humanise, "a number from 0 to 1")
    for name, count in (("--intro", intro), ("--outro", outro)):
        if count is not None and not 0 <= count <= 8:
            raise BadOption(name, count, "0 to 8 bars")
    from dataclasses import replace

    score = replace(given, chords=()) if new_chords else given
    options: dict[str, object] = {
        name: value for name, value in (("intro", intro), ("outro", outro), ("keep", keep or None)) if value is not None
    }
    symbols = spelling.chords(chords, option="--chords") if chords is not None else ()
    return ArrangeBrief(score, style, symbols, seed, humanise, options)


def _summary(given: Score, score: Score, brief: ArrangeBrief, outputs: tuple[Path, ...]) -> str:
    names = list(dict.fromkeys(track.name for track in score.tracks))
    left = (
        [track.name for track in given.tracks if track.role != "voice" and track.notes]
        if not brief.options.get("keep")
        else []
    )
    said = (
        f"seed {brief.seed}: {spelling.key_name(score.keys[0])}, {score.metres[0]}, "
        f"{counted('bar', len(score.bar_onsets()))}, "
        f"{counted('chord', len(score.chords))}, style {brief.style}: {', '.join(names)}"
    )
    if left:
        said += f"\nleft out the file's {', '.join(left)}; --keep keeps other parts"
    return f"{said}\nwrote {', '.join(map(str, outputs))}" if outputs else said
