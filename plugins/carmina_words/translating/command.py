"""``carmina translate``: a song's words in another language, singable under its own tune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carmina import BadInput, BadOption, Poem, Score
from carmina.text import counted, is_han

from .wordings import TONGUES

if TYPE_CHECKING:
    from .choosing import Chosen

FILE = click.Path(path_type=Path, dir_okay=False)
TEXT = ".txt"
MOST_LEFT = 0.34  # of a line's words of meaning, left out, from which the line is named
MOST_WORDS = 60  # of a literal line
NAMES = {"en": "English", "zh": "Chinese"}


@click.command(short_help="Translate a song's words under its tune.")
@click.argument("song", type=FILE, metavar="SONG")
@click.option("--to", "language", required=True, metavar="CODE", help="The language to sing in: en or zh.")
@click.option(
    "--gloss",
    type=FILE,
    metavar="FILE",
    help="What the song says, literally, in that language: a line for each sung line, or for each different one.",
)
@click.option(
    "--model",
    metavar="openai:URL#MODEL",
    help="An endpoint that is asked for the literal lines, in the place of --gloss.",
)
@click.option(
    "-o", "--output", "outputs", multiple=True, type=FILE, help="Write the song, or its words as .txt. May be repeated."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of how near it came.")
@click.pass_context
def translate(
    context: click.Context,
    song: Path,
    language: str,
    gloss: Path | None,
    model: str | None,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Set SONG's words (MIDI, MusicXML, ABC, LilyPond ...) in another language, to be sung to the same notes: a
    syllable for each note or slur, rhymes and repeated lines where the song has them, as near to the literal lines as
    the notes allow. A literal line that fits stands as it is.

    Without -o the words are printed.
    """
    from carmina.conductor import conductor_of
    from carmina.theory import voiced

    from .borrowed import literal_lines
    from .song import sung_lines

    conductor = conductor_of(context)
    if language not in TONGUES:
        raise BadOption("--to", language, f"a language with a poet: {', '.join(sorted(TONGUES))}")
    if gloss is not None and model is not None:
        raise BadInput("--gloss gives the literal lines and --model asks for them. Leave one of them out.")
    if gloss is None and model is None:
        raise BadInput("give the literal lines: --gloss FILE, or --model openai:URL#MODEL, which is asked for them.")
    for path in outputs:
        conductor.renderer(path.name, "Poem" if path.suffix == TEXT else "Score")
        conductor.check_target(path, song, *([gloss] if gloss else []))
    score: Score = voiced(conductor.open(song, "Score"))
    if gloss is not None:
        said = _gloss(conductor, gloss)
        lines = sung_lines(score, song.name, conductor, len(said))
    else:
        lines = sung_lines(score, song.name, conductor, 0)
        said = literal_lines(str(model), [line.text for line in lines if line.like is None], language)
    name = gloss.name if gloss else "--model"
    literal = matched(said, lines, song.name, name)
    _check_language(literal, language, name)
    made = _made(score, lines, literal, language, conductor)
    works = {path: made.poem if path.suffix == TEXT else made.song for path in outputs}
    conductor.save({path: conductor.render(work, path.name) for path, work in works.items()})
    if not outputs:
        click.echo("\n\n".join("\n".join(stanza) for stanza in made.poem.stanzas))
    if not quiet:
        click.echo("\n".join([made.told, *(f"wrote {path}" for path in outputs)]), err=True)


@dataclass(frozen=True, slots=True)
class Translation:
    """A song in another language, and what was done to come to it."""

    song: Score
    poem: Poem
    told: str  # a line


def _made(score: Score, lines: Sequence[Any], literal: Sequence[str], language: str, conductor: Any) -> Translation:
    from ..setting import set_to
    from .choosing import poem_of, translated

    chosen = translated(lines, literal, language, conductor)
    poem = poem_of(lines, chosen, language, score.title)
    song = set_to(score, [line.phrase for line in lines], poem, conductor)
    return Translation(song, poem, told(lines, chosen))


def told(lines: Sequence[Any], chosen: Sequence[Chosen]) -> str:
    """What became of the literal lines, nothing flattered: each word of meaning stands, is another or is left out."""
    meant, left = sum(own.meant for own in chosen), sum(len(own.left) for own in chosen)
    other, added = sum(own.other for own in chosen), sum(len(own.added) for own in chosen)
    thin = [str(n) for n, own in enumerate(chosen, 1) if len(own.left) > own.meant * MOST_LEFT]
    bent = [str(n) for n, (line, own) in enumerate(zip(lines, chosen, strict=True), 1) if not _fits(line, own)]
    parts = [
        f"{len(lines)} lines, {sum(own.literal for own in chosen)} of them literal",
        f"of {meant} words of meaning {meant - left - other} stand, {other} are other words, {left} are left out"
        + (f" (much in line {', '.join(thin)})" if thin else ""),
        *([f"{added} words are added"] if added else []),
        *([f"no wording has as many syllables as notes in line {', '.join(bent)}: slurred or split"] if bent else []),
    ]
    return "; ".join(parts)


def _gloss(conductor: Any, path: Path) -> list[str]:
    """The literal lines of a file, in whatever encoding."""
    try:
        sheet = conductor.read(conductor.file_bytes(path), path.name if path.suffix else TEXT, "LyricSheet")
    except BadInput as fault:
        raise BadInput(f"--gloss {path.name}: {fault}") from None
    lines = [line.text for section in sheet.sections for line in section.lines]
    for number, line in enumerate(lines, 1):
        many = max(len(line.split()), sum(map(is_han, line)))
        if many > MOST_WORDS:
            raise BadInput(
                f"--gloss {path.name}: line {number} has {many} words; at most {MOST_WORDS} are one sung line. Part it "
                "as the song's lines are."
            )
    return lines


def _fits(line: Any, own: Chosen) -> bool:
    return len(own.syllables) == len(line.phrase.slots)


def matched(gloss: Sequence[str], lines: Sequence[Any], song: str, name: str) -> list[str]:
    """A literal line for each sung one; raises ``BadInput`` where there are more or fewer."""
    different = [n for n, line in enumerate(lines) if line.like is None]
    if len(gloss) == len(lines):
        return list(gloss)
    if len(gloss) == len(different):
        own = dict(zip(different, gloss, strict=True))
        return [own[n if line.like is None else line.like] for n, line in enumerate(lines)]
    also = f", or {len(different)}, one for each different line" if len(different) < len(lines) else ""
    at = min(len(gloss), len(lines) - 1)
    raise BadInput(
        f"{name} has {counted('line', len(gloss))}, and {song} has {counted('sung line', len(lines))}. "
        f"Give {len(lines)} literal lines, one for each{also}; sung line {at + 1} is: {lines[at].text[:60]!r}."
    )


def _check_language(gloss: Sequence[str], language: str, name: str) -> None:
    letters = [c for line in gloss for c in line if c.isalpha()]
    chinese = sum(map(is_han, letters)) * 2 > len(letters)
    if chinese != (language == "zh"):
        raise BadInput(
            f"{name} is not in {NAMES[language]}: the literal lines are in the language to sing in. Put them in "
            f"{NAMES[language]}, or say --to {'zh' if chinese else 'en'}."
        )


translate.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
translate.reads = ("Score",)  # type: ignore[attr-defined]  # and of what reads one
