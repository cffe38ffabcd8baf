"""``carmina proof``: slips of language and form, and their mends."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, BadOption
from carmina.text import counted

from .findings import KINDS

STDIN = "-"
MOST_BYTES, MOST_OWN_WORDS = 2_000_000, 100_000
PATH = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Find slips of language and form in lyrics and verse, and mend them.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--fix", is_flag=True, help="Mend what is sure, with metre and rhyme kept; shows a diff.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Write the mended text here; with --fix.")
@click.option("--in-place", is_flag=True, help="Write the mended text over FILE; with --fix.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--language", default="auto", show_default=True, metavar="CODE", help="auto, en or zh.")
@click.option("--form", default="", metavar="FORM", help="The form that the poem should have.")
@click.option("--ignore", multiple=True, metavar="WORD|FILE", help="A word that is right, or a file of such words.")
@click.option("--lexicon", type=PATH, metavar="FILE", help="A file of your own words, the first on each line.")
@click.option("--only", multiple=True, metavar="KIND", help="Only slips of this kind. May be repeated.")
@click.option("--without", multiple=True, metavar="KIND", help="No slips of this kind. May be repeated.")
@click.option("-q", "--quiet", is_flag=True, help="Only what was found: no remarks.")
@click.pass_context
def proof(
    context: click.Context,
    file: Path,
    fix: bool,
    output: Path | None,
    in_place: bool,
    as_json: bool,
    language: str,
    form: str,
    ignore: tuple[str, ...],
    lexicon: Path | None,
    only: tuple[str, ...],
    without: tuple[str, ...],
    quiet: bool,
) -> int:
    """List slips in FILE (lyrics or verse, English or Chinese; "-" reads standard input), each by line and column with
    a reason and mends.

    Labels, chords, titles and markup are not read as words. Names, dialect, old and poetic words and the spellings of
    songs (gonna, lovin', o'er) are no slips. Exit status 0: nothing found; 1: something is left; 2: bad input. --fix
    makes the mends that are sure and keep the form, and never writes over FILE unless --in-place says so.
    """
    from carmina.conductor import conductor_of

    from .page import read_page
    from .suggestions import mended, proofread
    from .suggestions.reading import LANGUAGES

    _check(fix, output, in_place, file, language, LANGUAGES, (*only, *without))
    conductor = conductor_of(context)
    if form:
        conductor.get("form", form)
    if output is not None:
        conductor.check_target(output, file)
    name = "standard input" if str(file) == STDIN else str(file)
    page = read_page(_bytes(file, conductor), conductor)
    own = frozenset(ignored(ignore, lexicon, conductor))
    reading = proofread(page, conductor, language, own, form)
    kept = [f for f in reading.findings if (not only or f.kind in only) and f.kind not in without]
    if not fix:
        told = [_as_json(name, kept)] if as_json else [finding.told(name) for finding in kept]
        _say(told or ([] if quiet else [_nothing(page)]))
        return int(bool(kept))
    from dataclasses import replace

    done = mended(replace(reading, findings=tuple(kept)), conductor, form)
    data, target = page.bytes_of(done.lines), output or (file if in_place else None)
    if target is not None:
        conductor.save({target: data})
    if target is None and str(file) == STDIN and not as_json:
        sys.stdout.buffer.write(data)
    else:
        told = [*done.diff(page, name), *(finding.told(name) for finding in done.left)]
        told = [_as_json(name, list(done.left), done.diff(page, name))] if as_json else told
        _say(told or ([] if quiet else [_nothing(page)]))
    if not quiet and (target is not None or str(file) != STDIN):
        wrote = "nothing was written: give -o FILE, or --in-place" if target is None else f"wrote {target}"
        click.echo(wrote, err=True)
    return int(bool(done.left))


def _check(
    fix: bool,
    output: Path | None,
    in_place: bool,
    file: Path,
    language: str,
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
) -> None:
    if (output is not None or in_place) and not fix:
        raise BadInput("-o and --in-place write the mended text; they go with --fix.")
    if output is not None and in_place:
        raise BadInput("-o FILE and --in-place contradict each other. Give one.")
    if in_place and str(file) == STDIN:
        raise BadInput("standard input cannot be mended in place. Give -o FILE, or read what is printed.")
    if language not in languages:
        raise BadOption("--language", language, ", ".join(languages))
    for kind in kinds:
        if kind not in KINDS:
            raise BadOption("--only and --without", kind, ", ".join(KINDS))


def _bytes(file: Path, conductor: Any) -> bytes:
    if str(file) != STDIN:
        return conductor.file_bytes(file)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(f"standard input is over {MOST_BYTES:,} bytes, the most that carmina proof reads.")
    return data


def ignored(asked: tuple[str, ...], lexicon: Path | None, conductor: Any) -> set[str]:
    """The words that are right: those named, and the first on each line of the files named."""
    words = {word for word in asked if not Path(word).is_file()}
    for path in (*(Path(word) for word in asked if Path(word).is_file()), *([lexicon] if lexicon else [])):
        try:
            rows = conductor.file_bytes(path, MOST_BYTES).decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as fault:
            raise BadInput(f"{str(path)!r} is not UTF-8 text. Give a word a line.") from fault
        words |= {row.split()[0] for row in rows[:MOST_OWN_WORDS] if row.strip() and not row.startswith("#")}
    return words


def _say(rows: list[str]) -> None:
    if rows:
        click.echo("\n".join(rows))


def _nothing(page: Any) -> str:
    return f"nothing found in {counted('line', len(page.read))}"


def _as_json(name: str, findings: list[Any], diff: list[str] | None = None) -> str:
    told: dict[str, Any] = {"file": name, "findings": [finding.as_json() for finding in findings]}
    if diff is not None:
        told["diff"] = diff
    return json.dumps(told, ensure_ascii=False, indent=2)
