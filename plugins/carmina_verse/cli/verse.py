"""``carmina verse``, and what the commands of this package share."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from carmina import MOODS, BadInput, BadOption, Plan, Poem, UnknownEntry, VerseBrief
from carmina.text import HAN_CHARACTER as HAN

from ..tasks import CHARACTER, PIECE, PROSE, WORD
from .telling import poem_told, tell

SEEDS = 2**32
SENTENCE = 4  # words from which the language of a request is told
SURE, DOUBTFUL = 0.6, 0.3  # shares of the words that a language claims as its own


def seed_of(text: str | None) -> int:
    """A seed as it was written, or a fresh one."""
    if text is None:
        return secrets.randbelow(SEEDS)
    if not text.isascii() or not text.isdecimal() or not int(text) < SEEDS:
        raise BadOption("--seed", text, f"a whole number from 0 to {SEEDS - 1}")
    return int(text)


@click.command(short_help="Write verse from keywords.")
@click.argument("keywords", nargs=-1)
@click.option(
    "--form",
    help="e.g. sonnet, ballad, limerick, 七绝, 七律-仄起入韵, 浣溪沙; sonnet or 七绝 unless given; story: prose.",
)
@click.option("--language", default="auto", help="auto, or a code such as en or zh.")
@click.option("--style", help="Period or poet, e.g. romantic, victorian, keats; 唐, 宋, 李白.")
@click.option("--manner", help="As --style: in the manner of a poet or a period, e.g. dickinson.")
@click.option("--mood", default="", metavar="MOOD", help=f"One of {', '.join(MOODS)}.")
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A plan (JSON) that the poem keeps to, as --plan-out writes it.",
)
@click.option(
    "--plan-out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the plan of the poem here, to read and to change.",
)
@click.option("--prompt", default="", help="First line or lines to go on from, parted by /.")
@click.option("--acrostic", metavar="WORD", help="Letters or characters that begin the lines (藏头).")
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
@click.option(
    "--taste",
    is_flag=True,
    help="Write more alternatives and give those that suit what you kept and rejected best (`carmina taste`).",
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
    taste: bool,
    explain: bool,
    quiet: bool,
    language: str,
    form: str | None,
    seed: str | None,
    book: str | None,
    index: Path | None,
    plan_out: Path | None,
    **asked: Any,
) -> None:
    """Write a poem from KEYWORDS, or from a whole request, in a form that holds.

    A request is a sentence: "write a sad poem about my grandmother who died in winter".
    """
    from carmina import files
    from carmina.conductor import at_work, considered

    asked["style"] = _manner(asked["style"], asked.pop("manner"))
    asked["plan"] = _read(asked["plan"])
    if asked["acrostic"] is not None and not asked["acrostic"].strip():
        raise BadInput("--acrostic is empty. Give the word whose letters begin the lines, or leave it out.")
    asked["acrostic"] = asked["acrostic"] or ""
    with at_work(context, not quiet) as conductor:
        for path in outputs:
            conductor.renderer(path.name, "Poem")
            files.check_target(path)
        if plan_out is not None:
            files.check_target(plan_out)
        for kind in ("decoder", "network"):
            if asked[kind] is not None:
                conductor.get(kind, asked[kind])
        words, request = _asked(keywords)
        if form is None and asked["plan"] is not None:
            form = asked["plan"].form or None
        told = _called(conductor, request)
        _check_one_form(conductor, form, told)
        named = _form(conductor, language, form or told, keywords, asked["prompt"])
        options: dict[str, object] = {"index": str(index)} if index is not None else {}
        brief = VerseBrief(words, form=named, seed=seed_of(seed), book=book, request=request, options=options, **asked)
        writer = conductor.writer("verse", brief)
        many = considered(alternatives) if taste else alternatives
        poems = writer.alternatives(brief, conductor, many) if many != 1 else [writer.write(brief, conductor)]
        poems = conductor.preferred(poems, alternatives) if taste else poems
    written = {
        numbered: conductor.render(poem, path.name) for path in outputs for numbered, poem in _numbered(path, poems)
    }
    if plan_out is not None:
        written |= _plans(plan_out, poems)
    files.write_all(written)
    if not outputs or explain:
        click.echo("\n\n* * *\n\n".join(poem_told(conductor, poem, explain) for poem in poems))
    if not quiet:
        for poem in poems:
            tell(poem, brief.seed)


verse.speaks = True  # type: ignore[attr-defined]  # it takes the settings of languages


def _manner(style: str | None, manner: str | None) -> str | None:
    if style and manner and style != manner:
        raise BadInput(f"--style {style} and --manner {manner} say two things. Leave one of them out.")
    return style or manner


def _read(path: Path | None) -> Plan | None:
    from carmina import files

    from ..planning.files import read_plan

    return read_plan(files.read(path)) if path is not None else None


def _asked(keywords: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Keywords, or one request in their place."""
    from ..planning.english_request import is_request

    whole = " ".join(keywords)
    if keywords and not whole.strip():
        raise BadInput("the keywords are empty. Give words or a request, or none at all for a poem about anything.")
    return ((), whole) if not HAN.search(whole) and is_request(whole) else (keywords, "")


def _called(conductor: Any, request: str) -> str | None:
    """The form that a request names, where there is one of that name."""
    from ..forms.shipped import named_in
    from ..planning.english_request import understood

    return named_in(conductor.all("form"), understood(request).form, "en") if request else None


def _check_one_form(conductor: Any, form: str | None, told: str | None) -> None:
    """Refuse a request that names one form where another is asked for."""
    from ..forms.shipped import find
    from ..writer import STORIES

    if form is None or told is None:
        return
    forms = conductor.all("form")
    if form in STORIES or find(forms, form).name != find(forms, told).name:
        raise BadInput(f"the request asks for a {told}, and --form (or the plan) for {form}. Leave one of them out.")


def _check_read(conductor: Any, keywords: tuple[str, ...], known: Iterable[str]) -> None:
    """Refuse a request in a language that is surely another than those that verse is written in."""
    words: list[str] = re.findall(r"[^\W\d_]+", " ".join(keywords).lower())
    if len(words) < SENTENCE:
        return
    claims = {code: entry().claim(words) for code, entry in conductor.all("language").items()}
    best = max(sorted(claims), key=lambda code: claims[code])
    if claims[best] >= SURE and best not in known and max(claims.get(code, 0.0) for code in known) < DOUBTFUL:
        named = (conductor.all("language")[best].summary or best).split(":")[0]
        raise BadInput(
            f"the request reads as {named} ({best}), and verse is written in {', '.join(sorted(known))}. Ask in one of "
            "these, or say --language en to have the words taken as names."
        )


def _plans(path: Path, poems: list[Poem]) -> dict[Path, bytes]:
    from ..planning.files import plan_of, plan_text

    lacking = next((poem for poem in poems if "plan" not in poem.notes), None)
    if lacking is not None:
        raise BadInput(f"--plan-out: no plan is kept of {lacking.form}. Leave it out.")
    return {numbered: plan_text(plan_of(poem.notes["plan"])) for numbered, poem in _numbered(path, poems)}


def _form(conductor: Any, language: str, form: str | None, keywords: tuple[str, ...], prompt: str) -> str:
    """The form asked for, or the usual one of the language that the words are in."""
    from ..forms.shipped import find
    from ..writer import STORIES, poets

    known = poets(conductor)
    if language not in ("auto", *known):
        raise UnknownEntry("language of verse", language, ("auto", *known))
    if form in STORIES:
        return str(form)
    if form is not None:
        spoken = find(conductor.all("form"), form).language
        if language not in ("auto", spoken):
            raise BadInput(
                f"--form {form} is a form of {spoken!r}, and --language is {language!r}. Leave one of them out."
            )
        return form
    if language == "auto":
        _check_read(conductor, keywords, known)
    if language in ("auto", "zh") and HAN.search("".join(keywords) + prompt):
        from ..modern.request import usual_form

        chinese = [name for name, entry in conductor.all("form").items() if entry.language == "zh"]
        return usual_form(keywords, prompt, chinese)
    written = ("zh" if HAN.search("".join(keywords) + prompt) else "en") if language == "auto" else language
    return known[written].usual_form


def _numbered(path: Path, poems: list[Poem]) -> list[tuple[Path, Poem]]:
    """NAME.txt for one poem; NAME-1.txt, NAME-2.txt for several."""
    if len(poems) == 1:
        return [(path, poems[0])]
    from carmina import files

    return [(files.numbered(path, number), poem) for number, poem in enumerate(poems, 1)]


verse.steers = (PIECE, CHARACTER, WORD, PROSE)  # type: ignore[attr-defined]  # takes the settings of constraints on verse
