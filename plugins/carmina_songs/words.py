"""A poem -> the words of a song: stanzas become verses, a chorus that comes back, a bridge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from carmina import LyricSheet, Poem, SectionKind, SheetLine, SheetSection, SongBrief, Workshop, Writer

from .plan import Plan, kinds_of, plan_of, table

Stanza = tuple[SheetLine, ...]


class SongWordsWriter(Writer):
    """Words whose sections a person has named are taken as they are."""

    name = "song-words"
    summary = "a poem -> the words of a song in verse, chorus and bridge as the style has them"
    takes, gives = "SongBrief", "LyricSheet"

    def write(self, brief: SongBrief, workshop: Workshop) -> LyricSheet:
        sheet = brief.words
        if sheet is not None and any(section.label for section in sheet.sections):
            return sheet
        if sheet is not None:
            stanzas, title, form = [section.lines for section in sheet.sections], sheet.title, None
        else:
            assert brief.poem is not None
            stanzas, title = _stanzas(brief.poem, workshop), brief.poem.title
            form = workshop.all("form").get(brief.poem.form)
        style = workshop.get("style", brief.style)
        plan = plan_of(brief, style, form) if form else Plan(kinds_of(brief, style))
        stanzas = _joined(stanzas, plan.joined)
        ordered = _in_order(plan.kinds, stanzas, brief.keywords)
        return LyricSheet(_labelled(ordered, _language(brief)), title or " ".join(brief.keywords).title())


def _stanzas(poem: Poem, workshop: Workshop) -> list[Stanza]:
    """The poem's lines as the reader of lyrics cuts them into words."""
    return [
        tuple(line for section in workshop.sheet("\n".join(stanza).encode()).sections for line in section.lines)
        for stanza in poem.stanzas
    ]


def _joined(stanzas: Sequence[Stanza], joined: int) -> list[Stanza]:
    return [
        tuple(line for stanza in stanzas[at : at + joined] for line in stanza) for at in range(0, len(stanzas), joined)
    ]


def _in_order(kinds: Sequence[str], stanzas: Sequence[Stanza], keywords: Sequence[str]) -> list[tuple[str, Stanza]]:
    """(kind, lines) in the order sung. A poem that does not give the plan its stanzas, all of a shape, stands as it
    is."""
    once = list(dict.fromkeys(kind for kind in kinds if kind != "verse"))
    verses = kinds.count("verse")
    if len(stanzas) != verses + len(once) or len(set(map(len, stanzas))) > 1:
        return _as_it_stands(stanzas, "chorus" in kinds)
    left = list(stanzas)
    parts: dict[str, Stanza] = {}
    if "chorus" in once:
        later = left[1:] or left  # the poem's beginning begins the song
        parts["chorus"] = left.pop(len(left) - len(later) + _richest(later, keywords))
    for kind in once:
        if kind != "chorus":
            parts[kind] = left.pop()
    return [(kind, left.pop(0) if kind == "verse" else parts[kind]) for kind in kinds]


def _richest(stanzas: Sequence[Stanza], keywords: Sequence[str]) -> int:
    """The stanza that says most of the keywords, the first of equals but not the opening one."""

    def said(stanza: Stanza) -> int:
        text = " ".join(word.text for line in stanza for word in line.words).lower()
        text += text.replace(" ", "")
        return sum(keyword.lower() in text for keyword in keywords)

    return max(range(len(stanzas)), key=lambda n: (said(stanzas[n]), n != 0, -n))


def _as_it_stands(stanzas: Sequence[Stanza], chorus: bool) -> list[tuple[str, Stanza]]:
    """Verses; a last stanza of a shape of its own is the chorus after each, or closes the song."""
    shapes = [len(stanza) for stanza in stanzas]
    if len(stanzas) < 3 or shapes[-1] in shapes[:-1]:
        return [("verse", stanza) for stanza in stanzas]
    if chorus:
        return [part for stanza in stanzas[:-1] for part in (("verse", stanza), ("chorus", stanzas[-1]))]
    return [*(("verse", stanza) for stanza in stanzas[:-1]), ("outro", stanzas[-1])]


def _language(brief: SongBrief) -> str:
    return (brief.poem.language if brief.poem else "") or brief.language


def _labelled(parts: Sequence[tuple[str, Stanza]], language: str) -> tuple[SheetSection, ...]:
    labels = table()["labels"].get(language, table()["labels"]["en"])
    verse, sections = 0, []
    for kind, lines in parts:
        verse += kind == "verse"
        sections.append(
            SheetSection(lines, cast(SectionKind, kind), labels.get(kind, kind.capitalize()).format(n=verse))
        )
    return tuple(sections)
