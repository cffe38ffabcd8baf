"""``carmina song``: keywords in, a finished song out, each step kept so that a person can replace one and run the rest
again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from .. import files, spelling
from ..conductor import Conductor, considered
from ..errors import BadInput, BadOption
from ..text import counted
from ..works import SECTION_KINDS, LyricSheet, Poem, Score, Song, SongBrief
from . import plans, songs
from .group import shell
from .options import Bounded, EntryName, Spelt, StyleName, of_the_music
from .progress import progress_bar

ALONE = "none"  # no accompaniment
USUAL = "arrange"  # the writer of accompaniments, where one is installed
CHORDS_BY = "chords"  # the writer of harmony
KEPT = {"poem": ".json", "plan": ".json", "melody": ".musicxml", "arranged": ".musicxml"}
KINDS = f"names with spaces between them, of {', '.join(SECTION_KINDS)}"


def _kinds(text: str, option: str) -> tuple[str, ...]:
    kinds = tuple(text.replace(",", " ").lower().split())
    if not kinds or not set(kinds) <= set(SECTION_KINDS):
        raise BadOption(option, text, KINDS)
    return kinds


@click.command()
@click.argument("keywords", nargs=-1)
@click.option(
    "--form", help="Form of the verse, e.g. ballad, common-metre, 七绝; the usual one of the language unless given."
)
@click.option("--verse-style", help="Period or poet of the verse, as of carmina verse --style.")
@click.option("--style", type=StyleName(), default="song", help="Kind of song, or a mix: folk:0.7,pop:0.3.")
@plans.like
@click.option("--language", type=EntryName("language", "auto"), default="auto", help="Language of the words.")
@click.option(
    "--sections",
    type=Spelt("sections", _kinds, KINDS),
    metavar="KINDS",
    help="Sections in the order they are sung, e.g. 'verse chorus verse chorus bridge chorus'; the style decides "
    "unless given.",
)
@click.option(
    "--syllables",
    type=Bounded(int, 1, 6000),
    metavar="N",
    help="Budget that poem and melody share: at most so many syllables are sung; sections are left out to keep it.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Go on from a step: a poem (.json), words (.txt, labels such as [Chorus] are kept) or a melody with its words "
    "(MIDI, MusicXML).",
)
@click.option(
    "--harmony",
    type=EntryName("writer", ALONE),
    metavar="WRITER",
    help=f"Who gives a new melody its chords; {CHORDS_BY} where it is installed, {ALONE} for those of the melody "
    "writer.",
)
@click.option(
    "--accompaniment",
    type=EntryName("writer", ALONE),
    metavar="WRITER",
    help=f"Who accompanies; {USUAL} where it is installed, {ALONE} for the voice alone.",
)
@click.option(
    "--humanise",
    type=Bounded(float, 0, 1),
    default=0.0,
    metavar="SHARE",
    help="0 as written to 1 as loosely as people play.",
)
@of_the_music
@click.option(
    "--seed",
    type=Bounded(int, 0, songs.SEEDS - 1),
    metavar="NUMBER",
    help="0 to 4294967295; every step draws from it. Drawn and printed unless given.",
)
@click.option("--candidates", type=Bounded(int, 1, 256), metavar="N", help="How many melodies to rank, 1 to 256.")
@click.option("--temperature", type=Bounded(float, 0.01, 5), metavar="T", help="How daring the melody, 0.01 to 5.")
@click.option("--decoder", type=EntryName("decoder"), help="How the next note is chosen.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where each step is kept (NAME.poem.json, NAME.plan.json, NAME.melody.musicxml, NAME.arranged.musicxml); "
    "beside the first "
    "output unless given.",
)
@plans.with_plan
@plans.alternatives
@plans.taste
@click.option("--no-keep", is_flag=True, help="Keep no steps.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the seed and what was chosen.")
@click.pass_context
def song(
    context: click.Context,
    /,
    keywords: tuple[str, ...],
    source: Path | None,
    outputs: tuple[Path, ...],
    keep: Path | None,
    no_keep: bool,
    with_plan: Path | None,
    alternatives: int,
    taste: bool,
    like: Path | None,
    quiet: bool,
    **asked: Any,
) -> None:
    """Write a whole song from KEYWORDS: verse, melody, harmony, accompaniment.

    The style says which sections follow one another, and poem and melody share one budget of syllables. Each step's
    result is kept, so that you can change one and go on from it with --from.
    """
    with progress_bar(not quiet) as report:
        conductor = shell(context).conductor(report)
        model = plans.likened(conductor, like, asked)
        kept = {} if no_keep or not outputs else _kept(outputs[0], keep)
        _check(conductor, source, outputs, kept, alternatives)
        brief = _brief(conductor, keywords, source, **asked)
        if with_plan is not None:
            brief = replace(brief, plan=plans.read(with_plan))
        with plans.named(with_plan):
            done = conductor.songs(brief, considered(alternatives) if taste else alternatives)
        done = conductor.preferred(done, alternatives, lambda one: one.score) if taste else done
        rendered = {
            target: conductor.render(one.score, path.name)
            for path in outputs
            for target, one in zip(songs.numbered(path, alternatives), done, strict=False)
        }
        for number, one in enumerate(done):
            named = {step: songs.numbered(path, alternatives)[number] for step, path in kept.items()}
            rendered = {**_steps(conductor, one, named), **rendered}
        printed = [] if outputs else [conductor.render(one.score, songs.SHOWN_AS) for one in done]
        apart = conductor.apart([one.melody for one in done]) if len(done) > 1 else [1.0]
    files.write_all(rendered)
    for shown in printed:
        click.echo(shown, nl=False)
    if not quiet:
        near = [] if brief.melody is not None else plans.near(conductor, [one.melody for one in done], model)
        click.echo("\n".join([_summary(done, brief, list(rendered), apart), *filter(None, near)]), err=True)


song.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
song.steers = ("verse.piece", "verse.character")  # type: ignore[attr-defined]  # and of the constraints on its poem
song.speaks = True  # type: ignore[attr-defined]  # and the settings of languages
song.reads = ("LyricSheet", "Score", "Poem")  # type: ignore[attr-defined]  # and of what reads one


def _kept(first: Path, folder: Path | None) -> dict[str, Path]:
    """Step -> the file that keeps it."""
    place = first.parent if folder is None else folder
    return {step: place / f"{first.stem}.{step}{suffix}" for step, suffix in KEPT.items()}


def _check(
    conductor: Conductor, source: Path | None, outputs: Sequence[Path], kept: Mapping[str, Path], many: int
) -> None:
    songs.check(conductor, [source] if source else [], outputs, many)
    for path in kept.values():
        for target in songs.numbered(path, many):
            files.check_target(target)


def _brief(
    conductor: Conductor,
    keywords: tuple[str, ...],
    source: Path | None,
    *,
    sections: Any,
    harmony: str | None,
    accompaniment: str | None,
    key: str | None,
    mode: Any,
    metre: Any,
    tempo: float | None,
    pitches: Any,
    chords: Any,
    seed: int | None,
    **rest: Any,
) -> SongBrief:
    if not keywords and source is None:
        raise BadInput(
            "no keywords: name what the song is about, e.g. carmina song moon river, or give --from a poem, words "
            "or a melody."
        )
    signature = spelling.key(key, mode, option="--key") if key is not None else None
    brief = SongBrief(
        keywords,
        sections=sections or (),
        harmony=_writer(conductor, harmony, CHORDS_BY),
        accompaniment=_writer(conductor, accompaniment, USUAL),
        key=spelling.key_name(signature) if signature else None,
        mode=signature.mode if signature else mode,
        metre=str(metre) if metre else None,
        tempo_bpm=tempo,
        range=pitches,
        chords=chords or (),
        seed=songs.seed_or_drawn(seed),
        **rest,
    )
    return brief if source is None else replace(brief, **_step(conductor, source))


def _writer(conductor: Conductor, asked: str | None, usual: str) -> str | None:
    """The writer that was asked for, else the usual one where it is installed."""
    name = asked or (usual if usual in conductor.all("writer") else ALONE)
    return None if name == ALONE else name


def _step(conductor: Conductor, source: Path) -> dict[str, Any]:
    """What a file gives: a melody, words as they stand, or a poem."""
    known = conductor.gives(source.name)
    gives = [kind for kind in ("LyricSheet", "Score", "Poem") if kind in known]
    work = conductor.open(source, gives[0] if gives else "Score")
    field = {LyricSheet: "words", Score: "melody", Poem: "poem"}[type(work)]
    return {field: work}


def _steps(conductor: Conductor, done: Song, kept: Mapping[str, Path]) -> dict[Path, bytes]:
    works = {"poem": done.poem, "melody": done.melody, "arranged": done.score if done.score != done.melody else None}
    rendered = {
        kept[step]: conductor.render(work, kept[step].name) for step, work in works.items() if step in kept and work
    }
    if "plan" in kept and done.plan is not None:
        rendered[kept["plan"]] = plans.shown(done.plan)
    return rendered


def _summary(done: Sequence[Song], brief: SongBrief, written: Sequence[Path], apart: Sequence[float]) -> str:
    lines = [_chosen(one, brief) for one in done]
    if len(done) > 1:
        lines = [
            f"{n}: {line}, {far:.2f} (of 1) from the nearest other"
            for n, (line, far) in enumerate(zip(lines, apart, strict=True), 1)
        ]
    lines[0] = (
        f"seed {brief.seed}: {lines[0]}" if len(done) == 1 else f"seed {brief.seed}: {len(done)} songs\n{lines[0]}"
    )
    return "\n".join([*lines, *([f"wrote {', '.join(map(str, written))}"] if written else [])])


def _chosen(done: Song, brief: SongBrief) -> str:
    score = done.score
    sung = sum(1 for note in done.melody.voice.notes if note.syllable) if done.melody.voice else 0
    sections = " ".join(mark.kind for mark in done.melody.sections)
    return (
        f"{f'{done.poem.form}, ' if done.poem and done.poem.form else ''}{sections}{', ' if sections else ''}"
        f"{counted('syllable', sung)}, {spelling.key_name(score.keys[0])}, {score.metres[0]}, "
        f"{score.tempi[0].quarters_per_minute:g} quarters a minute, {counted('bar', len(score.bar_onsets()))}, "
        f"style {brief.style}"
    )
