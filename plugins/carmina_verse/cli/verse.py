"""``carmina verse``, and what the commands of this package share."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, BadOption, Poem, UnknownEntry, VerseBrief
from carmina.text import HAN_CHARACTER as HAN

SEEDS = 2**32


def conductor_of(context: click.Context) -> Any:
    """A conductor over the plugins of this run."""
    from carmina.conductor import Conductor

    shell = context.find_root().obj
    return Conductor(shell.registry if shell is not None else None)


def seed_of(text: str | None) -> int:
    """A seed as it was written, or a fresh one."""
    if text is None:
        return secrets.randbelow(SEEDS)
    if not text.isascii() or not text.isdigit() or not int(text) < SEEDS:
        raise BadOption("--seed", text, f"a whole number from 0 to {SEEDS - 1}")
    return int(text)


@click.command(short_help="Write verse from keywords.")
@click.argument("keywords", nargs=-1)
@click.option("--form", help="e.g. sonnet, ballad, limerick, 七绝, 七律-仄起入韵, 浣溪沙; sonnet or 七绝 unless given.")
@click.option("--language", default="auto", help="auto, or a code such as en or zh.")
@click.option("--style", help="Period or poet, e.g. romantic, victorian, keats; 唐, 宋, 李白.")
@click.option("--prompt", default="", help="First line or lines to go on from, parted by /.")
@click.option("--acrostic", default="", metavar="WORD", help="Letters or characters that begin the lines (藏头).")
@click.option(
    "--rhyme", metavar="RHYME", help="Words such as light/night, or a class such as 一东, for the first rhyme."
)
@click.option("--book", help="Rhyme book of Chinese verse: 平水韵, 词林正韵, 中华新韵, 中华通韵.")
@click.option(
    "--strictness",
    default="classic",
    help="strict, classic (inverted first feet, feminine endings, 拗救 where needed) or slant (near rhymes too).",
)
@click.option("--stanzas", type=int, help="How many stanzas, where the form leaves it open.")
@click.option(
    "--alternatives", type=int, default=1, show_default=True, help="So many poems, different from one another."
)
@click.option("--seed", metavar="NUMBER", help="0 to 4294967295; drawn and told unless given.")
@click.option("--candidates", type=click.IntRange(1, 64), help="Whole poems to write and rank.")
@click.option("--temperature", type=click.FloatRange(0.05, 3.0), help="How daring, 0.05 to 3.")
@click.option("--decoder", help="How the next word is chosen.")
@click.option(
    "--model",
    metavar="NAME|PATH",
    help="Trained model; hf:FOLDER: a Hugging Face one; openai:URL#MODEL: an endpoint proposes.",
)
@click.option("--network", help="Kind of network of the shipped model.")
@click.option(
    "--index",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Index of texts (carmina corpus index) that must not be copied.",
)
@click.option("--explain", is_flag=True, help="Show scansion and rhyme beside the lines.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="NAME.txt or NAME.json; may be repeated.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only the poem.")
@click.pass_context
def verse(
    context: click.Context,
    keywords: tuple[str, ...],
    outputs: tuple[Path, ...],
    alternatives: int,
    explain: bool,
    quiet: bool,
    language: str,
    form: str | None,
    seed: str | None,
    book: str | None,
    index: Path | None,
    **asked: Any,
) -> None:
    """Write a poem from KEYWORDS in a form that holds."""
    from carmina import files

    conductor = conductor_of(context)
    for path in outputs:
        conductor.renderer(path.name, "Poem")
        files.check_target(path)
    for kind in ("decoder", "network"):
        if asked[kind] is not None:
            conductor.get(kind, asked[kind])
    named = _form(conductor, language, form, keywords, asked["prompt"])
    options = {"index": str(index)} if index is not None else {}
    brief = VerseBrief(tuple(keywords), form=named, seed=seed_of(seed), book=book, options=options, **asked)
    writer = conductor.get("writer", "verse")()
    poems = (
        writer.alternatives(brief, conductor, alternatives) if alternatives != 1 else [writer.write(brief, conductor)]
    )
    files.write_all(
        {numbered: conductor.render(poem, path.name) for path in outputs for numbered, poem in _numbered(path, poems)}
    )
    if not outputs or explain:
        click.echo("\n\n* * *\n\n".join(_poem_text(conductor, poem, explain) for poem in poems))
    if not quiet:
        for poem in poems:
            _tell(poem, brief.seed)


def _tell(poem: Poem, seed: int) -> None:
    """One line on stderr: what was written, and which keywords found no place."""
    missing = " ".join(map(str, poem.notes.get("missing", ())))
    named = f"{poem.form} {poem.notes.get('variant', '')}".rstrip()
    click.echo(f"seed {seed}: {named}{f'; no place for {missing}' if missing else ''}", err=True)


def _form(conductor: Any, language: str, form: str | None, keywords: tuple[str, ...], prompt: str) -> str:
    """The form asked for, or the usual one of the language that the words are in."""
    from ..forms.shipped import find
    from ..writer import poets

    known = poets(conductor)
    if language not in ("auto", *known):
        raise UnknownEntry("language of verse", language, ("auto", *known))
    if form is not None:
        spoken = find(conductor.all("form"), form).language
        if language not in ("auto", spoken):
            raise BadInput(
                f"--form {form} is a form of {spoken!r}, and --language is {language!r}. Leave one of them out."
            )
        return form
    written = ("zh" if HAN.search("".join(keywords) + prompt) else "en") if language == "auto" else language
    return known[written].usual_form


def _numbered(path: Path, poems: list[Poem]) -> list[tuple[Path, Poem]]:
    """NAME.txt for one poem; NAME-1.txt, NAME-2.txt for several."""
    if len(poems) == 1:
        return [(path, poems[0])]
    from carmina import files

    return [(files.numbered(path, number), poem) for number, poem in enumerate(poems, 1)]


def _poem_text(conductor: Any, poem: Poem, explain: bool) -> str:
    if not explain:
        return "\n\n".join("\n".join(stanza) for stanza in poem.stanzas)
    from ..scansion.report import scan

    language = conductor.get("language", poem.language)()
    report = scan(poem, conductor.all("form"), language, str(poem.notes.get("book") or "pingshui"))
    return "\n".join(f"{marks}\n{text}   [{rhyme}] {remark}".rstrip() for text, marks, rhyme, remark in report.lines)
