"""A Chinese poem, told line by line: levels, rhymes, form, liberties and faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carmina import Form, Poem

from ...formats.pasted import is_modern
from ..faults import faults
from ..levels import HAN, levels
from ..regulated import SHAPES, regulated
from .rows import Report, nearest, recognised, shapes_of

MODERN = ("xinyun", "tongyun")  # books that stand for the form's own


def told(poem: Poem, forms: Mapping[str, Form], language: Any, book: str, asked: str = "") -> Report:
    """The report of a poem in a rhyme book; ``asked``: the form that it should have."""
    rows = tuple(_row(text, language, book) for text in poem.lines)
    own = book if book in MODERN else ""
    if asked:
        form, said = _held(poem, forms[asked], language, book, own)
        return Report(rows, form, (*said, *_liberties(poem, forms, language, form)))
    form = recognised(poem, forms, language, own)
    verdict = regulated(poem.lines, language, book)
    old = verdict is not None and (verdict.holds or not is_modern(poem.lines))
    if verdict is not None and old and form.partition(" ")[0] not in SHAPES.values():
        said = [f"{name}（合律）" for name in verdict.liberties]
        return Report(rows, verdict.name, (*verdict.faults, *said))
    liberties = _liberties(poem, forms, language, form)
    return Report(rows, form, (*liberties, *nearest(poem, forms, language, form, own)))


def _held(poem: Poem, form: Form, language: Any, book: str, own: str) -> tuple[str, list[str]]:
    """(what a poem is beside the form that it should have, what goes against it)."""
    if kept := recognised(poem, {form.name: form}, language, own):
        return kept, []
    verdict = regulated(poem.lines, language, book)
    if verdict is not None and SHAPES.get((len(poem.lines), len(HAN.findall(poem.lines[0])))) == form.name:
        said = [f"{name}（合律）" for name in verdict.liberties]
        return (verdict.name if verdict.holds else f"not {form.name}"), [*verdict.faults, *said]
    if near := nearest(poem, {form.name: form}, language, "", own):
        return f"not {form.name}", near
    sizes = dict.fromkeys(
        "、".join(str(len(line.patterns[0])) for stanza in base for line in stanza) for base in form.variants.values()
    )
    have = "、".join(str(len(HAN.findall(text))) for text in poem.lines)
    return f"not {form.name}", [f"{form.name} 各句字数 {' 或 '.join(sizes)}；此篇 {have}"]


def _row(text: str, language: Any, book: str) -> tuple[str, str, str, str]:
    characters = HAN.findall(text)
    marks = levels(text, language, book).replace("两", "中")
    rhyme = "/".join(language.rhyme_class(characters[-1], book)) if characters else ""
    return text, marks, rhyme, ""


def _liberties(poem: Poem, forms: Mapping[str, Form], language: Any, kept: str) -> list[str]:
    """拗救 of a poem that keeps its form only by it."""
    name, _, _variant = kept.partition(" ")
    if name not in forms:
        return []
    own = forms[name].book
    found = next(
        (
            faults(stanzas, form, v, language, "strict", own)
            for form, v, stanzas, named in shapes_of(poem, forms, language)
            if named == kept and not faults(stanzas, form, v, language, "classic", own)
        ),
        [],
    )
    return [f"拗救：{fault.partition('句')[0]}句" for fault in found if fault.startswith("第")]
