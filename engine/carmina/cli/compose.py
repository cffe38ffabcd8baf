"""``carmina compose``: lyrics in, a melody out."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .. import files, spelling
from ..conductor import Conductor, considered
from ..errors import BadInput, BadOption, NoSolution
from ..text import counted
from ..works import Brief, Lyrics, Score
from . import batch, plans, songs
from .group import shell
from .options import Bounded, EntryName, StyleName, of_the_music
from .progress import progress_bar

SEEDS = 2**32
STDIN = "-"


@click.command(cls=batch.Remembering)
@click.argument("words", required=False, metavar="[WORDS.txt]")
@click.option("--text", help="The lyrics themselves, instead of a file.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
)
@click.option("--language", type=EntryName("language", "auto"), default="auto", help="Main language of the words.")
@click.option("--style", type=StyleName(), default="song", help="Kind of song, or a mix: folk:0.7,pop:0.3.")
@plans.like
@of_the_music
@click.option(
    "--strophic/--through-composed",
    default=None,
    help="Whether stanzas of equal shape share their tune; the style decides unless said.",
)
@click.option(
    "--seed",
    type=Bounded(int, 0, SEEDS - 1),
    metavar="NUMBER",
    help="0 to 4294967295. The same seed, options and model give the same files; drawn and printed unless given.",
)
@click.option("--candidates", type=Bounded(int, 1, 256), metavar="N", help="How many songs to rank, 1 to 256.")
@click.option("--temperature", type=Bounded(float, 0.01, 5), metavar="T", help="How daring, 0.01 to 5.")
@click.option("--decoder", type=EntryName("decoder"), help="How the next note is chosen.")
@click.option("--model", metavar="NAME|PATH", help="Trained model; the shipped one unless given.")
@click.option("--network", type=EntryName("network"), help="Kind of network of the shipped model.")
@click.option(
    "--plan",
    "only_plan",
    is_flag=True,
    help="Write no song but its plan, as JSON: bars and cadence of each line, rhythm cells, chords, hooks; -o "
    "PLAN.json, else it is printed.",
)
@plans.with_plan
@plans.alternatives
@plans.taste
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes that set the texts of a folder; one a processor unless given.",
)
@click.option(
    "--cluster",
    metavar="tcp://HOST:PORT",
    help="Set the texts of a folder on the workers of this Dask cluster; the songs are the same.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the seed and what was chosen.")
@click.pass_context
def compose(
    context: click.Context,
    /,
    words: str | None,
    text: str | None,
    outputs: tuple[Path, ...],
    language: str,
    only_plan: bool,
    with_plan: Path | None,
    alternatives: int,
    taste: bool,
    jobs: int | None,
    cluster: str | None,
    like: Path | None,
    quiet: bool,
    **asked: Any,
) -> int:
    """Set lyrics to a melody.

    WORDS.txt holds the lyrics ("-" reads standard input): a blank line between stanzas, labels such as [Verse 1] or
    [Chorus] above them. At most 400 lines and 6,000 syllables. Instead of a file a folder of them may be named: each is
    set as it would be alone, -o 'songs/*.mid' says where.
    """
    if words is not None and words != STDIN and Path(words).is_dir():
        if text is not None:
            raise BadInput("got both a folder and --text; give one of them.")
        seed = songs.seed_or_drawn(asked["seed"])
        wanted = batch.Batch(Path(words), outputs, alternatives, seed, jobs, cluster)
        told = (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))
        return batch.compose_folder(context, shell(context).conductor(), wanted, only_plan, told)
    if jobs is not None or cluster is not None:
        raise BadInput("--jobs and --cluster are for a folder of texts; one text is one piece of work. Leave them out.")
    with progress_bar(not quiet) as report:
        conductor = shell(context).conductor(report)
        _check(conductor, words, outputs, only_plan, alternatives)
        plan = plans.read(with_plan) if with_plan else None
        model = plans.likened(conductor, like, asked)
        data, suffix = _words(words, text)
        sheet = conductor.sheet(data, suffix)
        conductor.tell_losses(sheet, "the words" if words in (None, STDIN) else Path(words).name)
        lyrics = conductor.lyrics(sheet, language)
        brief = _brief(lyrics, plan=plan, **asked)
        if only_plan:
            written = plans.shown(conductor.plan(brief))
            rendered, printed = dict.fromkeys(outputs, written), [] if outputs else [written]
            said = f"seed {brief.seed}: the plan of a song in style {brief.style}"
        else:
            with plans.named(with_plan):
                scores = conductor.alternatives(brief, considered(alternatives) if taste else alternatives)
            scores = conductor.preferred(scores, alternatives) if taste else scores
            if len(scores) < alternatives:
                raise NoSolution(
                    f"only {len(scores)} different settings of these words were found, {alternatives} were asked for. "
                    "Ask for fewer, or give more words."
                )
            rendered, printed = _rendered(conductor, scores, outputs, alternatives)
            said = _summary(
                scores, lyrics, brief, conductor.apart(scores), [] if quiet else plans.near(conductor, scores, model)
            )
    files.write_all(rendered)
    for shown in printed:
        click.echo(shown, nl=False)
    if not quiet:
        click.echo("\n".join([said, *([f"wrote {', '.join(map(str, rendered))}"] if rendered else [])]), err=True)
    return 0


compose.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
compose.speaks = True  # type: ignore[attr-defined]  # and the settings of languages
compose.reads = ("LyricSheet",)  # type: ignore[attr-defined]  # and of what reads one


def _check(conductor: Conductor, words: str | None, outputs: tuple[Path, ...], only_plan: bool, many: int) -> None:
    """Refuse outputs that cannot be made before composing anything."""
    if only_plan and many > 1:
        raise BadInput(
            f"--plan writes one plan, and --alternatives asks for {many} songs. Leave one of them out; another --seed "
            "draws another plan."
        )
    for path in outputs:
        if only_plan and path.suffix.lower() != ".json":
            raise BadOption("--output", path.name, "a name that ends in .json, for a plan")
        if not only_plan:
            conductor.renderer(path.name)
        for target in songs.numbered(path, many):
            files.check_target(target)
            if (
                words is not None
                and words != STDIN
                and target.exists()
                and Path(words).exists()
                and target.samefile(words)
            ):
                raise BadInput(
                    f"{str(target)!r} holds the lyrics; writing the song there would lose them. Name another file."
                )
    if len({path.absolute() for path in outputs}) < len(outputs):
        raise BadInput("one output is named twice. Name each file once.")


def _rendered(
    conductor: Conductor, scores: Sequence[Score], outputs: tuple[Path, ...], many: int
) -> tuple[dict[Path, bytes], list[bytes]]:
    """What goes to files, and what is printed where none are named."""
    rendered = {
        target: conductor.render(score, path.name)
        for path in outputs
        for target, score in zip(songs.numbered(path, many), scores, strict=False)
    }
    return rendered, [] if outputs else [conductor.render(score, ".txt") for score in scores]


def _words(words: str | None, text: str | None) -> tuple[bytes, str]:
    """The lyrics' bytes and the suffix that says how to read them."""
    if (words is None) == (text is None):
        raise BadInput(
            "no words to sing: name a file, '-' for standard input, or give --text."
            if text is None
            else "got both a file and --text; give one of them."
        )
    if text is not None:
        return files.bounded(text.encode("utf-8", "replace"), "--text"), ".txt"
    if words == STDIN:
        return files.bounded(sys.stdin.buffer.read(files.MAX_BYTES + 1), "standard input"), ".txt"
    path = Path(words or "")
    return files.read(path), files.named(path)


def _brief(
    lyrics: Lyrics,
    *,
    key: str | None,
    mode: Any,
    metre: Any,
    tempo: float | None,
    pitches: Any,
    chords: Any,
    seed: int | None,
    **rest: Any,
) -> Brief:
    signature = spelling.key(key, mode, option="--key") if key is not None else None
    return Brief(
        lyrics,
        key=spelling.key_name(signature) if signature else None,
        mode=signature.mode if signature else mode,
        metre=str(metre) if metre else None,
        tempo_bpm=tempo,
        range=pitches,
        chords=chords or (),
        seed=secrets.randbelow(SEEDS) if seed is None else seed,
        **rest,
    )


def _summary(scores: Sequence[Score], lyrics: Lyrics, brief: Brief, apart: Sequence[float], near: Sequence[str]) -> str:
    lines = []
    for number, (score, distance) in enumerate(zip(scores, apart, strict=True), 1):
        chosen = (
            f"{spelling.key_name(score.keys[0])}, {score.metres[0]}, "
            f"{score.tempi[0].quarters_per_minute:g} quarters a minute, {counted('bar', len(score.bar_onsets()))}"
        )
        lines.append(
            chosen if len(scores) == 1 else f"{number}: {chosen}, {distance:.2f} (of 1) from the nearest other"
        )
    said = f"{counted('syllable', len(lyrics.syllables))}, language {lyrics.language}, style {brief.style}"
    if len(scores) == 1:
        return "\n".join([f"seed {brief.seed}: {lines[0]}, {said}", *filter(None, near)])
    told = (
        [f"{line}\n   {remark}" if remark else line for line, remark in zip(lines, near, strict=True)]
        if near
        else lines
    )
    return "\n".join([f"seed {brief.seed}: {len(scores)} songs, {said}", *told])
