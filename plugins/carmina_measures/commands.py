"""``carmina evaluate`` measures songs, poems, sets and models; ``carmina lint`` finds what a singer would stumble
over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, Lyrics, spelling

FILE = click.Path(path_type=Path, dir_okay=True)


@click.command(short_help="Measure songs, poems or a model beside people's work and chance.")
@click.argument("works", nargs=-1, type=FILE, metavar="[FILES]...")
@click.option(
    "--lyrics", type=FILE, metavar="WORDS", help="The words that the songs should sing; without it, those in the files."
)
@click.option("--form", metavar="FORM", help="The form that the poems should have.")
@click.option(
    "--keywords", metavar="WORDS", help="What the poems should be about: words with spaces or commas between them."
)
@click.option(
    "--reference",
    type=FILE,
    metavar="FOLDER",
    help="Songs or poems to tell the distance to, and the longest copied run.",
)
@click.option(
    "--compare", nargs=2, type=FILE, metavar="A B", help="Two folders of songs, or of poems, measured side by side."
)
@click.option(
    "--swap",
    is_flag=True,
    help="Do the words shape the tune? FILES are lyrics, or folders of settings of one text each.",
)
@click.option(
    "--seeds", type=click.IntRange(2, 64), default=4, show_default=True, help="Settings of each stanza for --swap."
)
@click.option(
    "--model",
    metavar="NAME|PATH",
    help="A trained model: how well it predicts --data; with --swap, the one that sets the words.",
)
@click.option("--task", help="The tokenizer of the model; that of its name or file unless given.")
@click.option("--data", type=FILE, metavar="FOLDER", help="The corpus that the model is measured on.")
@click.option(
    "--split", default="validation", show_default=False, help="The part of the corpus; validation unless given."
)
@click.option(
    "--pieces",
    type=click.IntRange(1, 100_000),
    default=200,
    show_default=True,
    help="At most so many held-out sequences of each kind that --model is measured on.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Processes that measure; one a processor where there are many files unless said.",
)
@click.option(
    "--cluster",
    metavar="tcp://HOST:PORT",
    help="Measure files on the workers of this Dask cluster; the figures are the same.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    help="Write the report here: .json for programs, .html for people. May be repeated.",
)
@click.pass_context
def evaluate(
    context: click.Context,
    works: tuple[Path, ...],
    lyrics: Path | None,
    form: str | None,
    keywords: str | None,
    reference: Path | None,
    compare: tuple[Path, Path] | None,
    swap: bool,
    seeds: int,
    model: str | None,
    task: str | None,
    data: Path | None,
    split: str,
    pieces: int,
    jobs: int | None,
    cluster: str | None,
    outputs: tuple[Path, ...],
) -> None:
    """Show the figures of FILES beside those of people's works and of chance.

    FILES are songs (MIDI, MusicXML) or poems. Instead of files, --compare measures two folders and --model with --data
    a trained model; --swap tells whether the words shape the tune. What each figure means stands in docs/evaluation.md
    and in the .html report.
    """
    from carmina.conductor import conductor_of

    from .report import tasks
    from .report.remote import Workers

    if (bool(works) + (compare is not None) + (data is not None or model is not None and not swap)) != 1:
        raise BadInput("name either files, or --compare A B, or --model NAME with --data FOLDER.")
    if not swap and (model is None) != (data is None):
        raise BadInput("--model and --data go together: a model is measured on a corpus.")
    if swap and not works:
        raise BadInput("--swap needs lyrics, or two or more folders of songs, each of one text.")
    conductor = conductor_of(context)
    tasks.check_outputs(conductor, outputs, *works)
    words = _words(conductor, lyrics)
    where = Workers(jobs, cluster)
    if swap:
        report = tasks.of_claim(conductor, works, seeds, model)
    elif model is not None:
        assert data is not None  # they go together, as said above
        report = tasks.of_model(conductor, model, task, data, split, pieces)
    elif compare is not None:
        report = tasks.of_folders(conductor, *compare, form, where)
    else:
        report = tasks.of_works(conductor, works, words, reference, form, _parted(keywords), where)
    conductor.save({path: report.written(path.suffix) for path in outputs})
    click.echo("\n".join(report.table()))


@click.command(short_help="List what a singer would stumble over, and mend it.")
@click.argument("song", type=FILE)
@click.option("--lyrics", type=FILE, metavar="WORDS", help="The words that the song should sing.")
@click.option(
    "--range", "compass", metavar="LOW-HIGH", help="Range of the singer, e.g. C4-E5; any voice's unless given."
)
@click.option("--only", "kinds", multiple=True, metavar="KIND", help="Only problems of this kind. May be repeated.")
@click.option("--fix", is_flag=True, help="Mend what can be mended with every word kept; needs -o.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    help="Write the mended song here, or the list of problems as .json. May be repeated.",
)
@click.option("--strict", is_flag=True, help="Exit status 1 when there are problems that are more than hints.")
@click.pass_context
def lint(
    context: click.Context,
    song: Path,
    lyrics: Path | None,
    compass: str | None,
    kinds: tuple[str, ...],
    fix: bool,
    outputs: tuple[Path, ...],
    strict: bool,
) -> int:
    """List singability problems of SONG (MIDI, MusicXML) by bar, beat and syllable, each with a fix.

    Errors cannot be sung as written; warnings hurt; hints are matters of taste. --fix keeps a change only if the song
    then has fewer or lighter problems and every letter of its words.
    """
    from carmina.conductor import conductor_of

    from .lint import task

    pitches = spelling.pitch_range(compass, option="--range") if compass else None
    task.check(kinds, fix, outputs)
    conductor = conductor_of(context)
    found = task.run(conductor, song, _words(conductor, lyrics), pitches, kinds, fix, outputs)
    click.echo("\n".join(found.terminal_lines()))
    return 1 if strict and found.bad else 0


def _parted(keywords: str | None) -> list[str]:
    return [word for word in re.split(r"[\s,，、;；]+", keywords or "") if word]


def _words(conductor: Any, path: Path | None) -> Lyrics | None:
    return None if path is None else conductor.lyrics(conductor.open(path, "LyricSheet"))


lint.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one

COMMANDS: Sequence[click.Command] = (evaluate, lint)
