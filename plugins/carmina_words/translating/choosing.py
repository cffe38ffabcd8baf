"""Lines for a whole song: near the literal ones, likely, back where the song's come back, in rhyme where its rhyme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from carmina import Poem, Syllable

from ..shape import english_pattern
from ..singing import tones_with_melody
from .fitting import Fit, fits, literal
from .likely import READERS, second_reader
from .song import SungLine
from .wordings import TONGUES, Tongue, Wordings

RHYMED = 3.2  # what a rhyme that the song has is worth, a line
TONED = 1.5  # what all tones with the melody are worth, against none
SHORTLIST, MOST_READ = 8, 20  # lines of one that the second reader reads: the best, and with the best of each rhyme
SECOND = 0.4  # what a nat of the second reader's weighs
Words = list[tuple[str, int]]  # each with its number of syllables


@dataclass(frozen=True, slots=True)
class Chosen:
    """A translated line."""

    text: str
    syllables: tuple[Syllable, ...]
    literal: bool  # it is the literal line, word for word
    meant: int  # words of meaning of the literal line
    left: tuple[str, ...]  # those that it leaves out
    other: int  # how many of them it says by another word
    added: tuple[str, ...]  # words that are none of the literal line's


@dataclass(frozen=True, slots=True)
class _Option:
    fit: Fit
    worth: float


def translated(lines: Sequence[SungLine], gloss: Sequence[str], language: str, workshop: Any) -> list[Chosen]:
    """A line for each line of the song; ``gloss``: its literal lines, as many."""
    tongue = TONGUES[language]
    wordings = Wordings(tongue, workshop)
    words = [wordings.words(text) for text in gloss]
    found: list[list[Fit]] = []
    for line, own, text in zip(lines, words, gloss, strict=True):
        pattern = english_pattern(line.phrase) if language == "en" else ""
        again = line.like is not None and gloss[line.like] == text
        if again and line.like is not None:
            found.append(found[line.like])
        else:  # where no wording comes to that number, the literal line, which is then slurred or split
            found.append(fits(own, len(line.phrase.slots), pattern, wordings) or [literal(own, wordings)])
    options = _weighed(lines, found, tongue, workshop)
    picked = _in_rhyme(lines, gloss, options)
    return [
        Chosen(
            _written(fit, tongue),
            fit.syllables,
            fit.words == tuple(word.text for word in own),
            sum(word.content for word in own),
            fit.left,
            fit.other,
            fit.added,
        )
        for fit, own in zip(picked, words, strict=True)
    ]


def _weighed(
    lines: Sequence[SungLine], found: Sequence[Sequence[Fit]], tongue: Tongue, workshop: Any
) -> list[list[_Option]]:
    """Each line's options, the best first; where there is a second reader, those that it read."""
    options = [[_Option(fit, _sung(line, fit)) for fit in own] for line, own in zip(lines, found, strict=True)]
    if all(len(own) == 1 for own in options):
        return options
    options = _read(options, READERS[tongue.code](workshop), tongue.nat)
    second = second_reader(tongue.code, workshop)
    return options if second is None else _read(_shortlisted(lines, options), second, SECOND)


def _sung(line: SungLine, fit: Fit) -> float:
    tones = tones_with_melody([line.phrase], [[s.tone for s in fit.syllables]])
    return TONED * (tones or 0.0) - fit.cost


def _read(options: Sequence[Sequence[_Option]], reader: Any, nat: float) -> list[list[_Option]]:
    """The options with what a reader thinks of them in their worth, the best first."""
    told = reader.nats([_counted(option.fit) for own in options for option in own]).tolist()
    out, at = [], 0
    for own in options:
        read = [replace(o, worth=o.worth + nat * n) for o, n in zip(own, told[at : at + len(own)], strict=True)]
        out.append(sorted(read, key=lambda o: (-o.worth, o.fit.words)))
        at += len(own)
    return out


def _shortlisted(lines: Sequence[SungLine], options: Sequence[Sequence[_Option]]) -> list[list[_Option]]:
    """The best of each line, and the best of each rhyme that another line could answer."""
    out = []
    for at, (line, own) in enumerate(zip(lines, options, strict=True)):
        others = [n for n in _rhyming(lines).get(line.rhyme, ()) if n != at]
        answered = {o.fit.rhyme for n in others for o in options[n]}
        seen, kept = set(), list(own[:SHORTLIST])
        for option in own:
            if option.fit.rhyme in answered and option.fit.rhyme not in seen and len(kept) < MOST_READ:
                seen.add(option.fit.rhyme)
                kept += [option] if option not in kept else []
        out.append(kept)
    return out


def _rhyming(lines: Sequence[SungLine]) -> dict[str, list[int]]:
    """The lines of each rhyme of the song."""
    numbered = sorted((line.rhyme, at) for at, line in enumerate(lines) if line.rhyme)
    return {letter: [at for _, at in own] for letter, own in groupby(numbered, lambda pair: pair[0])}


def _counted(fit: Fit) -> Words:
    """The words, each with its syllables."""
    out, at = [], 0
    for word in fit.words:
        size = 1
        while at + size < len(fit.syllables) and not fit.syllables[at + size - 1].ends_word:
            size += 1
        out.append((word, size))
        at += size
    return out


def _in_rhyme(lines: Sequence[SungLine], gloss: Sequence[str], options: Sequence[Sequence[_Option]]) -> list[Fit]:
    """The best option of each line; lines that rhyme in the song take the class that serves them best together."""
    picked = [own[0].fit for own in options]
    for own in _rhyming(lines).values():
        ends = {o.fit.rhyme for at in own for o in options[at] if o.fit.rhyme}
        together = {end: [_of_rhyme(options[at], end) for at in own] for end in sorted(ends)}
        best = max(together.values(), key=_together, default=[])
        for at, option in zip(own, best, strict=False):
            picked[at] = option.fit
    for at, line in enumerate(lines):
        if line.like is not None and gloss[line.like] == gloss[at]:
            picked[at] = picked[line.like]
    return picked


def _of_rhyme(options: Sequence[_Option], end: str) -> _Option:
    """The best line, one that ends so preferred; its worth says how much."""
    return max((replace(o, worth=o.worth + RHYMED * (o.fit.rhyme == end)) for o in options), key=lambda o: o.worth)


def _together(own: Sequence[_Option]) -> float:
    """What lines are worth together: an end that no other line answers, or that is the same word, is no rhyme."""
    ends = [(o.fit.rhyme, o.fit.words[-1:]) for o in own]
    answered = [any(a[0] == b[0] and a[1] != b[1] for b in ends) for a in ends]
    return sum(o.worth for o in own) - RHYMED * (len(own) - sum(answered))


def _written(fit: Fit, tongue: Tongue) -> str:
    """The line as it is printed."""
    marks = [*fit.marks, *[""] * (len(fit.words) - len(fit.marks))]
    text = tongue.gap.join(word + mark for word, mark in zip(fit.words, marks, strict=True))
    return text[:1].upper() + text[1:]


def poem_of(lines: Sequence[SungLine], chosen: Sequence[Chosen], language: str, title: str) -> Poem:
    """The translation as verse, a stanza for each section."""
    stanzas: Mapping[int, list[str]] = {line.phrase.section: [] for line in lines}
    for line, own in zip(lines, chosen, strict=True):
        stanzas[line.phrase.section].append(own.text)
    return Poem(tuple(map(tuple, stanzas.values())), language=language, title=title)
