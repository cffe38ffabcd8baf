"""What the lines say -> a lyric sheet: stanzas under their labels, repeats written out, unmarked choruses found.

A stanza without a label is a verse. When the same words make up two or more unlabelled stanzas with another stanza
between them, these are choruses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from carmina import BadInput, LyricSheet, SheetLine, SheetSection

from .decoding import check_lines
from .events import Again, Blank, Event, Label, Title, Words


@dataclass
class _Stanza:
    label: Label | None = None
    lines: list[SheetLine] = field(default_factory=list)
    gap: bool = False  # a blank line stood between the label and the words or the end


def assemble(events: Iterable[Event]) -> LyricSheet:
    """The sheet; raises ``BadInput`` when nothing is sung or the repeats make it too long."""
    title, stanzas = _gather(events)
    sections = _with_choruses(_repeated(stanzas))
    if not sections:
        raise BadInput(
            "the lyric sheet has no words to sing: it is empty, or holds only labels, chords and markup. "
            "Give at least one line of words."
        )
    return LyricSheet(tuple(sections), title)


def _gather(events: Iterable[Event]) -> tuple[str, list[_Stanza]]:
    title, stanzas = "", [_Stanza()]
    for event in events:
        now = stanzas[-1]
        if isinstance(event, Title):
            title = title or event.text
        elif isinstance(event, Label):
            stanzas.append(_Stanza(event))
        elif isinstance(event, Blank):
            if now.lines:
                stanzas.append(_Stanza())
            now.gap = now.gap or not now.lines
        elif isinstance(event, Again):
            _sing_again(stanzas, event.times)
        elif isinstance(event, Words):
            now.lines += [event.line] * event.times
    return title, stanzas


def _sing_again(stanzas: list[_Stanza], times: int) -> None:
    sung = next((stanza for stanza in reversed(stanzas) if stanza.lines), None)
    if sung is not None:
        check_lines(len(sung.lines) * times, " with its repeats")
        sung.lines *= times


def _repeated(stanzas: list[_Stanza]) -> list[SheetSection]:
    """Sections with the words of every label that stands for earlier ones written out."""
    known: dict[tuple[str, int | None], _Stanza] = {}
    sections: list[SheetSection] = []
    total = 0
    for stanza in stanzas:
        label, lines, before = stanza.label, stanza.lines, len(sections)
        earlier = _earlier(known, label) if label else None
        if label and label.kind == "other" and lines and stanza.gap:
            sections.append(_section(None, lines))  # "[Guitar solo]", a blank line, the next verse
        elif label and earlier and lines and stanza.gap and not earlier.gap:
            sections.append(_section(label, earlier.lines * label.times))  # "[Chorus]", a blank line, the next verse
            sections.append(_section(None, lines))
        elif label and not lines and earlier:
            sections.append(_section(label, earlier.lines * label.times))
        elif lines:
            sections.append(_section(label, lines * (label.times if label else 1)))
        if label and lines and not (earlier and stanza.gap and not earlier.gap):
            known[_key(label)] = stanza
        total += sum(len(section.lines) for section in sections[before:])
        check_lines(total, " with its repeats")
    return sections


def _key(label: Label) -> tuple[str, int | None]:
    name = label.text.casefold() if label.kind == "other" else ""
    return label.kind + name, label.number


def _earlier(known: dict[tuple[str, int | None], _Stanza], label: Label) -> _Stanza | None:
    if label.kind == "other" and not label.repeats:
        return None  # "[Instrumental]" twice repeats no words
    exact = known.get(_key(label))
    if exact or label.number is not None and not label.repeats:
        return exact
    return (
        next((known[key] for key in reversed(known) if key[0] == _key(label)[0]), None)
        if label.kind != "verse" or label.repeats
        else None
    )


def _section(label: Label | None, lines: list[SheetLine]) -> SheetSection:
    return SheetSection(tuple(lines), label.kind if label else "verse", label.text if label else "")


def _with_choruses(sections: list[SheetSection]) -> list[SheetSection]:
    """Unlabelled stanzas that return after another one, or that repeat a labelled chorus, become choruses."""
    words = [_words_of(section) for section in sections]
    counts = Counter(words)
    labelled = {w for w, section in zip(words, sections, strict=True) if section.kind == "chorus"}
    returning = {w for w in counts if counts[w] > 1 and words[words.index(w) :][: counts[w]] != [w] * counts[w]}
    return [
        replace(section, kind="chorus") if not section.label and w in returning | labelled else section
        for w, section in zip(words, sections, strict=True)
    ]


def _words_of(section: SheetSection) -> tuple[str, ...]:
    return tuple(" ".join(word.text.casefold() for word in line.words) for line in section.lines)
