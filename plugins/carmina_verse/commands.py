"""The commands: ``verse`` writes, ``scan`` reads, ``rhymes`` lists, ``revise`` changes one line."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import click
from carmina import BadInput, BadOption, Poem, UnknownOffer, VerseBrief

SEEDS = 2**32
LANGUAGES = ("auto", "en", "zh")
HAN = re.compile(r"[一-鿿]")


def _conductor(context: click.Context) -> Any:
    from carmina.conductor import Conductor

    shell = context.find_root().obj
    return Conductor(shell.registry if shell is not None else None)


def _seed(text: str | None) -> int:
    if text is None:
        return secrets.randbelow(SEEDS)
    if not text.isascii() or not text.isdigit() or not int(text) < SEEDS:
        raise BadOption("--seed", text, f"a whole number from 0 to {SEEDS - 1}")
    return int(text)


@click.command(short_help="Write verse from keywords.")
@click.argument("keywords", nargs=-1)
@click.option("--form", help="e.g. sonnet, ballad, limerick, 七绝, 浣溪沙; sonnet or 七绝 unless given.")
@click.option("--language", default="auto", help="auto, en or zh.")
@click.option("--style", help="Period or poet, e.g. romantic, victorian, keats; 唐, 宋, 李白.")
@click.option("--prompt", default="", help="First line or lines to go on from, parted by /.")
@click.option("--acrostic", default="", metavar="WORD", help="Letters or characters that begin the lines (藏头).")
@click.option("--rhyme", metavar="RHYME", help="Words such as light/night, or a class such as 一东, for the first rhyme.")
@click.option("--book", help="Rhyme book of Chinese verse: 平水韵, 词林正韵, 中华新韵, 中华通韵.")
@click.option("--strictness", default="classic", help="strict, classic (inverted first feet) or slant (near rhymes).")
@click.option("--stanzas", type=int, help="How many stanzas, where the form leaves it open.")
@click.option("--alternatives", type=int, default=1, show_default=True, help="So many poems, different from one another.")
@click.option("--seed", metavar="NUMBER", help="0 to 4294967295; drawn and told unless given.")
@click.option("--candidates", type=click.IntRange(1, 64), help="Whole poems to write and rank.")
@click.option("--temperature", type=click.FloatRange(0.05, 3.0), help="How daring, 0.05 to 3.")
@click.option("--decoder", help="How the next word is chosen.")
@click.option("--model", metavar="NAME|PATH", help="Trained model; hf:PATH for a Hugging Face one.")
@click.option("--network", help="Kind of network of the shipped model.")
@click.option("--explain", is_flag=True, help="Show scansion and rhyme beside the lines.")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path), help="NAME.txt or NAME.json; may be repeated.")
@click.option("-q", "--quiet", is_flag=True, help="Only the poem.")
@click.pass_context
def verse(context: click.Context, keywords: tuple[str, ...], outputs: tuple[Path, ...], alternatives: int, explain: bool,
          quiet: bool, language: str, form: str | None, seed: str | None, book: str | None, **asked: Any) -> None:
    """Write a poem from KEYWORDS in a form that holds."""
    from carmina import files

    conductor = _conductor(context)
    for path in outputs:
        conductor.renderer(path.suffix, "Poem")
        files.check_target(path)
    for kind in ("decoder", "network"):
        if asked[kind] is not None:
            conductor.get(kind, asked[kind])
    brief = VerseBrief(tuple(keywords), form=_form(language, form, keywords, asked["prompt"]), seed=_seed(seed), book=book, **asked)
    writer = conductor.get("writer", "verse")()
    poems = writer.alternatives(brief, conductor, alternatives) if alternatives != 1 else [writer.write(brief, conductor)]
    files.write_all({numbered: conductor.render(poem, path.suffix) for path in outputs
                     for numbered, poem in _numbered(path, poems)})
    if not outputs or explain:
        click.echo("\n\n* * *\n\n".join(_told(conductor, poem, explain) for poem in poems))
    if not quiet:
        click.echo(f"seed {brief.seed}: {poems[0].form} {poems[0].notes.get('variant', '')}".rstrip(), err=True)


def _form(language: str, form: str | None, keywords: tuple[str, ...], prompt: str) -> str:
    """The form asked for, or the usual one of the language that the words are in."""
    if language not in LANGUAGES:
        raise UnknownOffer("language of verse", language, LANGUAGES)
    chinese = bool(HAN.search("".join(keywords) + prompt)) if language == "auto" else language == "zh"
    if form is None:
        return "七绝" if chinese else "sonnet"
    return form


def _numbered(path: Path, poems: list[Poem]) -> list[tuple[Path, Poem]]:
    """NAME.txt for one poem; NAME-1.txt, NAME-2.txt for several."""
    if len(poems) == 1:
        return [(path, poems[0])]
    return [(path.with_name(f"{path.stem}-{number}{path.suffix}"), poem) for number, poem in enumerate(poems, 1)]


def _told(conductor: Any, poem: Poem, explain: bool) -> str:
    if not explain:
        return "\n\n".join("\n".join(stanza) for stanza in poem.stanzas)
    from .scanning import scan

    language = conductor.get("language", poem.language)()
    report = scan(poem, conductor.all("form"), language, str(poem.notes.get("book") or "pingshui"))
    return "\n".join(f"{marks}\n{text}   [{rhyme}] {remark}".rstrip() for text, marks, rhyme, remark in report.lines)


@click.command(short_help="Scan a poem, or check its certificate.")
@click.argument("poem", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", is_flag=True, help="Verify the certificate of a poem.json; exit status 2 where it does not hold.")
@click.option("--language", default="auto", help="auto, en or zh.")
@click.option("--book", default="平水韵", show_default=True, help="Rhyme book of Chinese verse.")
@click.pass_context
def scan(context: click.Context, poem: Path, check: bool, language: str, book: str) -> None:
    """Show syllables, stresses, rhymes and form of a POEM (.txt or .json), or 平仄, 韵 and faults of a Chinese one."""
    from carmina import files

    from .check import check_notes
    from .scanning import scan as scanned
    from .zh_sounds import BOOK_NAMES

    conductor = _conductor(context)
    work = conductor.read(files.read(poem), poem.suffix or ".txt", "Poem")
    code = work.language or ("zh" if HAN.search("".join(work.lines)) else "en") if language == "auto" else language
    if code not in LANGUAGES[1:]:
        raise UnknownOffer("language of verse", code, LANGUAGES)
    if book not in BOOK_NAMES:
        raise BadOption("--book", book, ", ".join(BOOK_NAMES))
    spoken = conductor.get("language", code)()
    if check:
        if not work.notes:
            raise BadInput(f"{str(poem)!r} holds no certificate; --check is for a poem.json that carmina verse wrote.")
        found = check_notes(work.stanzas, work.notes, conductor.all("form"), spoken)
        if found:
            raise BadInput(f"the certificate does not hold: {'; '.join(found)}.")
        click.echo(f"holds: {work.form}, {len(work.lines)} lines")
        return
    report = scanned(work, conductor.all("form"), spoken, BOOK_NAMES[book])
    for text, marks, rhyme, remark in report.lines:
        click.echo(f"{text}\n    {marks}  [{rhyme}]  {remark}".rstrip())
    click.echo("\n".join((*report.remarks, f"form: {report.form or 'none that is known'}")))


@click.command(short_help="List the rhymes of a word.")
@click.argument("word")
@click.option("--slant", is_flag=True, help="Near rhymes too.")
@click.option("--limit", type=click.IntRange(1, 1000), default=60, show_default=True, help="At most so many of each kind.")
@click.option("--book", default="平水韵", show_default=True, help="Rhyme book of Chinese verse.")
@click.pass_context
def rhymes(context: click.Context, word: str, slant: bool, limit: int, book: str) -> None:
    """List the rhymes of WORD, the commonest first: by syllables and stress in English, by level in Chinese."""
    from .rhyming import chinese_rhymes, english_rhymes

    conductor = _conductor(context)
    groups = chinese_rhymes(conductor, word, book) if HAN.search(word) else english_rhymes(conductor, word, slant)
    for name, found in groups:
        click.echo(f"{name}: {' '.join(found[:limit])}")


@click.command(short_help="Rewrite one line of a poem, the rest still valid.")
@click.argument("poem", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--line", type=click.IntRange(1, 2000), required=True, help="Which line, from 1.")
@click.option("--keep", default="", metavar="WORDS", help="Words that must stay in the line.")
@click.option("--form", help="The form, where the file does not say it.")
@click.option("--alternatives", type=click.IntRange(1, 20), default=5, show_default=True, help="How many versions.")
@click.option("--seed", metavar="NUMBER", help="0 to 4294967295.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the poem with the best version here.")
@click.pass_context
def revise(context: click.Context, poem: Path, line: int, keep: str, form: str | None, alternatives: int, seed: str | None,
           output: Path | None) -> None:
    """Other versions of one line of a POEM, with form and rhymes kept."""
    from carmina import files

    from .revising import versions

    conductor = _conductor(context)
    if output is not None:
        conductor.renderer(output.suffix, "Poem")
        files.check_target(output)
    work = conductor.read(files.read(poem), poem.suffix or ".txt", "Poem")
    found = versions(work, line - 1, keep, form, _seed(seed or "0"), alternatives, conductor)
    for text, _whole in found:
        click.echo(text)
    if output is not None:
        files.write_all({output: conductor.render(found[0][1], output.suffix)})
