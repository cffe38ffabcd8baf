"""Lines for a whole song: near the literal ones, likely, back where the song's come back, in rhyme where its rhyme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Poem, Syllable

from ..shape import english_pattern
from ..singing import tones_with_melody
from .fitting import Fit, fits
from .likely import READERS, Likely
from .song import SungLine
from .wordings import TONGUES, Tongue, Word, Wordings

RHYMED = 2.5  # what a rhyme that the song has is worth, a line
TONED = 1.5  # what all tones with the melody are worth, against none


@dataclass(frozen=True, slots=True)
class Chosen:
    """A translated line."""

    text: str
    syllables: tuple[Syllable, ...]
    literal: bool  # it is the literal line, word for word
    kept: float  # share of the literal line's words of meaning that are said, by themselves or another word


@dataclass(frozen=True, slots=True)
class _Option:
    fit: Fit
    worth: float
    end: str  # the rhyme of its last syllable


def translated(lines: Sequence[SungLine], gloss: Sequence[str], language: str, workshop: Any) -> list[Chosen]:
    """A line for each line of the song; ``gloss``: its literal lines, as many."""
    tongue = TONGUES[language]
    wordings = Wordings(tongue, workshop)
    words = [wordings.words(text) for text in gloss]
    found: list[list[Fit]] = []
    for line, own, text in zip(lines, words, gloss, strict=True):
        pattern = english_pattern(line.phrase) if language == "en" else ""
        again = line.like is not None and gloss[line.like] == text
        found.append(found[line.like] if again and line.like is not None else _fits(line, own, pattern, wordings))
    likely = READERS[language](workshop) if any(len(own) > 1 for own in found) else None
    options = _weighed(lines, found, likely, tongue.nat)
    picked = _in_rhyme(lines, gloss, options)
    return [
        Chosen(
            _written(option.fit, tongue), option.fit.syllables, option.fit.cost == 0.0, _kept(own, option.fit, wordings)
        )
        for option, own in zip(picked, words, strict=True)
    ]


def _fits(line: SungLine, words: Sequence[Word], pattern: str, wordings: Wordings) -> list[Fit]:
    """Lines of as many syllables as slots; where no wording comes to that number, the literal line, which is then
    slurred or split."""
    found = fits(words, len(line.phrase.slots), pattern, wordings)
    return found or [Fit(0.0, tuple(w.text for w in words), (), tuple(w.after for w in words))]


def _weighed(
    lines: Sequence[SungLine], found: Sequence[Sequence[Fit]], likely: Likely | None, nat: float
) -> list[list[_Option]]:
    flat = [fit for own in found for fit in own]
    nats = likely.nats([_counted(fit) for fit in flat]) if likely is not None else [0.0] * len(flat)
    told = dict(zip(map(id, flat), nats, strict=True))
    return [
        sorted((_option(line, fit, nat * float(told[id(fit)])) for fit in own), key=lambda o: (-o.worth, o.fit.words))
        for line, own in zip(lines, found, strict=True)
    ]


def _counted(fit: Fit) -> list[tuple[str, int]]:
    """The words, each with its syllables."""
    out, at = [], 0
    for word in fit.words:
        size = 1
        while at + size < len(fit.syllables) and not fit.syllables[at + size - 1].ends_word:
            size += 1
        out.append((word, size))
        at += size
    return out


def _option(line: SungLine, fit: Fit, nats: float) -> _Option:
    end = (fit.syllables[-1].rhyme or "") if fit.syllables else ""
    tones = tones_with_melody([line.phrase], [[s.tone for s in fit.syllables]])
    return _Option(fit, nats - fit.cost + TONED * (tones or 0.0), end)


def _in_rhyme(lines: Sequence[SungLine], gloss: Sequence[str], options: Sequence[Sequence[_Option]]) -> list[_Option]:
    """The best option of each line; lines that rhyme in the song take the class that serves them best together."""
    picked = [own[0] for own in options]
    groups: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.rhyme:
            groups.setdefault(line.rhyme, []).append(at)
    for own in groups.values():
        ends = {o.end for at in own for o in options[at] if o.end}
        best = max(sorted(ends), key=lambda end: _together(own, end, options), default="")
        for at in own:
            picked[at] = max(options[at], key=lambda o, end=best: o.worth + RHYMED * (o.end == end))  # type: ignore[misc]
    for at, line in enumerate(lines):
        if line.like is not None and gloss[line.like] == gloss[at]:
            picked[at] = picked[line.like]
    return picked


def _together(own: Sequence[int], end: str, options: Sequence[Sequence[_Option]]) -> float:
    rhyming = sum(any(o.end == end for o in options[at]) for at in own)
    return sum(max(o.worth + RHYMED * (o.end == end and rhyming > 1) for o in options[at]) for at in own)


def _written(fit: Fit, tongue: Tongue) -> str:
    """The line as it is printed."""
    marks = [*fit.marks, *[""] * (len(fit.words) - len(fit.marks))]
    text = tongue.gap.join(word + mark for word, mark in zip(fit.words, marks, strict=True))
    return text[:1].upper() + text[1:]


def _kept(words: Sequence[Word], fit: Fit, wordings: Wordings) -> float:
    from .distances import coverage

    return coverage([w.text for w in words if w.content], fit.words, wordings.tongue.code)


def poem_of(lines: Sequence[SungLine], chosen: Sequence[Chosen], language: str, title: str) -> Poem:
    """The translation as verse, a stanza for each section."""
    stanzas: Mapping[int, list[str]] = {line.phrase.section: [] for line in lines}
    for line, own in zip(lines, chosen, strict=True):
        stanzas[line.phrase.section].append(own.text)
    return Poem(tuple(map(tuple, stanzas.values())), language=language, title=title)
