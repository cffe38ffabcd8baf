"""``carmina filter``: where texts have words that are not wanted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, CarminaError, Poem, Score, Tonal
from carmina.text import encoding_of, text_encoding

from .lists import LEVELS, allowed_in, innocent, listed, own, without
from .matching import Match, matches

FOUND = 1  # exit status of --check where something was found
STDIN = "-"
MOST_BYTES = 10_000_000  # of standard input
TEXTS = ("", ".txt", ".md", ".lyrics", ".lrc", ".cho", ".chordpro", ".pro", ".chopro")


@click.command(name="filter", short_help="Find words that are not wanted.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE...")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    help="light (slurs, the coarsest), medium (swearing, sex), strict (all that is not for children); strict unless "
    "--list is given.",
)
@click.option(
    "--list", "own_list", type=click.Path(path_type=Path), help="A text file of words of your own, one a line."
)
@click.option(
    "--allow",
    type=click.Path(path_type=Path),
    help="A text file of words or phrases that are welcome all the same, one a line.",
)
@click.option("--check", is_flag=True, help="For scripts: leave with exit status 1 where any such word is found.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_context
def filter_(
    context: click.Context,
    paths: tuple[Path, ...],
    level: str | None,
    own_list: Path | None,
    allow: Path | None,
    check: bool,
    as_json: bool,
) -> None:
    """Tell where FILE, words or a song of any format that is read, has words of a level or of your own list, English or
    Chinese: line, column, word; "-" reads standard input. Nothing is changed. Phrases such as "the cock crows" are no
    finds.

    The exit status is 0; with --check it is 1 where something was found.
    """
    from carmina.conductor import conductor_of

    conductor = conductor_of(context)
    words: Mapping[str, str] = {
        **(listed(level or LEVELS[-1]) if level or own_list is None else {}),
        **(own(own_list) if own_list else {}),
    }
    allowed = allowed_in(allow) if allow else frozenset()
    words, simplified, parted = without(words, allowed), _simplified(conductor), partial(_parted, conductor)
    found = {
        str(path): list(matches(_text(conductor, path), words, simplified, parted, allowed | innocent()))
        for path in paths
    }
    if as_json:
        rows = [{"file": name, **_row(match)} for name, own_ in found.items() for match in own_]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for name, own_ in found.items():
            click.echo("\n".join(_told(name, own_)))
    if check and any(found.values()):
        context.exit(FOUND)


def _told(name: str, found: list[Match]) -> Iterator[str]:
    if not found:
        yield f"{name}: none of these words."
    for match in found:
        spelt = "" if match.text.casefold() == match.word else f" ({match.word})"
        yield f"{name}:{match.line}:{match.column}: {match.text}{spelt}, {match.level}"


def _row(match: Match) -> dict[str, object]:
    return {"line": match.line, "column": match.column, "text": match.text, "word": match.word, "level": match.level}


def _parted(conductor: Any, text: str) -> list[str]:
    """Chinese as words."""
    try:
        syllables = conductor.lyrics(text, "zh").syllables
    except CarminaError:  # nothing that is sung
        return list(text)
    out, word = list[str](), ""
    for syllable in syllables:
        word += syllable.text
        if syllable.ends_word:
            out, word = [*out, word], ""
    return out if "".join(out) == text else list(text)


def _simplified(conductor: Any) -> Any:
    language = conductor.languages().get("zh")
    made = language() if language is not None else None
    return made.simplified if isinstance(made, Tonal) else str


def _text(conductor: Any, path: Path) -> str:
    """The words of a file; line numbers are those of a text file, else of the lines that are sung. Raises ``BadInput``
    where there are none: whoever checks an empty file meant another."""
    name = "standard input" if str(path) == STDIN else path.name
    if str(path) == STDIN or path.suffix.lower() in TEXTS:
        text = _decoded(_bytes(conductor, path), name, conductor.setting("encoding", ""))
    else:
        work = conductor.open(path, None if "Score" not in conductor.gives(path.name) else "Score")
        text = "\n".join(work.lines) if isinstance(work, Poem) else _sung(work) if isinstance(work, Score) else ""
    if not any(map(str.isalnum, text)):
        raise BadInput(f"{name} has no words. Give a text, or a song with words.")
    return text


def _bytes(conductor: Any, path: Path) -> bytes:
    if str(path) != STDIN:
        return bytes(conductor.file_bytes(path))
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(f"standard input is over {MOST_BYTES:,} bytes, the most that carmina filter reads. Cut it.")
    return data


def _decoded(data: bytes, name: str, asked: str) -> str:
    encoding = text_encoding(asked) if asked else "utf-8" if _is(data, "utf-8") else encoding_of(data)
    if encoding is None or not asked and b"\0" in data:
        raise BadInput(f"{name} is no text whose encoding can be told. Save it as UTF-8, or give --encoding.")
    if not _is(data, encoding):
        raise BadInput(f"{name} is not {asked}, as --encoding has it. Leave the option out, or name another encoding.")
    return data.decode(encoding).removeprefix("\ufeff")


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sung(score: Score) -> str:
    text = ""
    for syllable in (n.syllable for track in score.tracks for n in track.notes if n.syllable):
        text += syllable.text + syllable.after + " " * syllable.ends_word + "\n" * syllable.ends_line
    return text


filter_.reads = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what reads one
