"""The poet's desk: ``scan`` reads, ``rhymes`` lists, ``revise`` changes one line or one word."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, BadOption, LanguageWarning, UnknownEntry
from carmina.text import counted

from ..forms.shipped import find
from .verse import HAN, seed_of

LEAST_TO_TELL = 5  # words of a line, for it to be told that it is in another language

MOST_CLAIMED = 0.3  # how surely it may be of the poem's own language (a claim)


@click.command(short_help="Scan a poem, or check its certificate.")
@click.argument("poem", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option(
    "--check", is_flag=True, help="Verify the certificate of a poem.json; exit status 2 where it does not hold."
)
@click.option("--form", help="Hold the poem against this form; without it the form is recognised.")
@click.option("--language", default="auto", help="auto, or a code such as en or zh.")
@click.option("--book", default="平水韵", show_default=True, help="Rhyme book of Chinese verse.")
@click.option(
    "--index",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Index of texts to look for copies of (carmina corpus index).",
)
@click.pass_context
def scan(
    context: click.Context,
    poem: Path,
    check: bool,
    form: str | None,
    language: str,
    book: str,
    index: Path | None,
) -> None:
    """Show syllables, stresses, rhymes and form of a POEM (.txt or .json; - reads it from standard input), or 平仄, 韵
    and faults of a Chinese one."""
    from carmina.conductor import conductor_of

    from ..chinese.characters import BOOK_NAMES
    from ..originality.runs import RUN
    from ..scansion import report as reports
    from ..scansion.faults import check_notes
    from .copies import copy_remark

    conductor = conductor_of(context)
    work = poem_from(poem, conductor)
    code = language_asked(work, language, conductor)
    if book not in BOOK_NAMES:
        raise BadOption("--book", book, ", ".join(BOOK_NAMES))
    asked = _form_asked(form, code, conductor)
    spoken = conductor.get("language", code)()
    if check:
        if not work.notes:
            raise BadInput(f"{str(poem)!r} holds no certificate; --check is for a poem.json that carmina verse wrote.")
        found = check_notes(work.stanzas, work.notes, conductor.all("form"), spoken)
        if found:
            raise BadInput(f"the certificate does not hold: {'; '.join(found)}.")
        click.echo(f"holds: {work.form}, {counted('line', len(work.lines))}")
        return
    if index and code not in RUN:
        raise BadOption("--index", str(index), f"for a poem in {' or '.join(RUN)}; this one is in {code!r}")
    copies = [copy_remark(work.lines, code, conductor, index)] if code in RUN else []
    report = reports.scan(work, conductor.all("form"), spoken, BOOK_NAMES[book], asked)
    for text, marks, rhyme, remark in report.lines:
        click.echo(f"{text}\n    {marks}  [{rhyme}]  {remark}".rstrip())
    others = other_tongues(work.lines, spoken, conductor) if language == "auto" else []
    click.echo("\n".join((*others, *report.remarks, *copies, f"form: {report.form or 'none that is known'}")))


def poem_from(path: Path, conductor: Any) -> Any:
    """The poem of a file, or of standard input (``-``): text, or the JSON that ``carmina verse`` writes."""
    from carmina import files

    if str(path) != "-":
        return conductor.read(files.read(path), files.named(path), "Poem")
    data = files.bounded(sys.stdin.buffer.read(files.MAX_BYTES + 1), "standard input")
    return conductor.read(data, ".json" if data.lstrip()[:1] in (b"{", b"[") and _is_json(data) else ".txt", "Poem")


def _is_json(data: bytes) -> bool:
    """Whether bytes are JSON: a text may begin with a bracket too."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def language_asked(work: Any, asked: str, conductor: Any) -> str:
    """The code of a poem's language: the one asked for, its own, or the one that its words are in."""
    code = asked if asked != "auto" else work.language or conductor.language_of("\n".join(work.lines))
    if code not in conductor.all("language"):
        raise UnknownEntry("language of verse", code, ("auto", *conductor.all("language")))
    return code


def other_tongues(lines: Sequence[str], spoken: Any, conductor: Any) -> list[str]:
    """The lines of a poem that are in another language than the one that it is read in, each told."""
    found: list[str] = []
    if spoken.script != "Latin":
        return found
    for number, line in enumerate(lines, 1):
        words = line.split()
        if len(words) < LEAST_TO_TELL or spoken.claim(words) > MOST_CLAIMED:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LanguageWarning)
            try:
                own = conductor.language_of(line)
            except BadInput:
                own = ""
        if own != spoken.name:
            seems = f"in {own!r}" if own else "in a language that is not installed"
            found.append(f"line {number} seems to be {seems}; it is read as {spoken.name!r}")
    return found


def _form_asked(name: str | None, code: str, conductor: Any) -> str:
    if not name:
        return ""
    form = find(conductor.all("form"), name)
    if form.language != code:
        raise BadOption("--form", name, f"a form of {code!r}; {form.name} is one of {form.language!r}")
    return form.name


@click.command(short_help="List the rhymes of a word.")
@click.argument("word")
@click.option("--slant", is_flag=True, help="Near rhymes too.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=60, show_default=True, help="At most so many of each kind."
)
@click.option("--book", default="平水韵", show_default=True, help="Rhyme book of Chinese verse.")
@click.pass_context
def rhymes(context: click.Context, word: str, slant: bool, limit: int, book: str) -> None:
    """List the rhymes of WORD, the commonest first: by syllables, stress and commonness in English, by level in
    Chinese."""
    from carmina.conductor import conductor_of

    from ..revision.rhymes import chinese_rhymes, english_rhymes

    conductor = conductor_of(context)
    groups = (
        chinese_rhymes(conductor, word, book, slant) if HAN.search(word) else english_rhymes(conductor, word, slant)
    )
    for name, found in groups:
        click.echo(f"{name}: {' '.join(found[:limit])}" if found else name)


@click.command(short_help="Rewrite one line or word of a poem, the rest still valid.")
@click.argument("poem", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--line", type=click.IntRange(1, 2000), required=True, help="Which line, from 1.")
@click.option("--word", default="", metavar="WORD", help="The one word of the line that changes; all others stay.")
@click.option("--keep", default="", metavar="WORDS", help="Words that must stay in the line.")
@click.option("--form", help="The form, where the file does not say it.")
@click.option("--model", metavar="NAME|PATH", help="As in carmina verse.")
@click.option("--alternatives", type=click.IntRange(1, 20), default=5, show_default=True, help="How many versions.")
@click.option("--seed", metavar="NUMBER", help="0 to 4294967295.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the poem with the best version here.")
@click.pass_context
def revise(
    context: click.Context,
    poem: Path,
    line: int,
    keep: str,
    word: str,
    form: str | None,
    model: str | None,
    alternatives: int,
    seed: str | None,
    output: Path | None,
) -> None:
    """Other versions of one line, or of one word in it, with form and rhymes kept."""
    from carmina import files
    from carmina.conductor import conductor_of

    from ..revision.line import Wish, versions

    conductor = conductor_of(context)
    if output is not None:
        conductor.renderer(output.name, "Poem")
        files.check_target(output, poem)
    work = conductor.read(files.read(poem), files.named(poem), "Poem")
    found = versions(work, line - 1, Wish(keep, word, model), form, seed_of(seed or "0"), alternatives, conductor)
    better = [version for version in found if version.gain is None or version.gain >= 0]
    if not better:
        click.echo("none of these reads better than the line that stands, as far as the model can tell", err=True)
    for version in better or found:
        click.echo(version.text)
    if output is not None:
        files.write_all({output: conductor.render(found[0].poem, output.name)})


for _command in (scan, rhymes, revise):  # they take the settings of languages
    _command.speaks = True  # type: ignore[attr-defined]
