"""Echoes: syllables that sing again what others sang, in the same line or in an earlier one of their section.

Words that come back bring their tune with them, as it was or moved, wherever in a line they stand: that is what makes
a hook of them. Some lines repeat their own first half in their second, moved by a step or two, where both halves are
stressed alike (the sequence inside a phrase).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from carmina import Echo, LinePlan, Syllable

FEWEST, MOST = 2, 12  # syllables of an echo
PLAIN = 4  # syllables from which words come back that hold no word of content
HEARD_AGAIN = 0.75  # chance that words which come back bring their tune: people's do not always
AT_HOME = 0.6  # chance that words of another line come back on their own pitches
AT_ONCE = 0.35  # the same in the line that said them first: there they rather rise or sink
MOVES = (-2, -1, 1, 1, 2)
IN_LINE = 0.3  # chance of a sequence in a line whose halves are stressed alike
SEQUENCES = (-1, -1, -2, 1)
HALVES = (3, 4, 5)  # syllables from a half's beginning to that of the other
TAIL = 1  # syllables that the line's end keeps for itself

Words = Sequence[Syllable]


def echoed(lines: Sequence[LinePlan], words: Sequence[Words], chances: Sequence) -> list[LinePlan]:
    """The lines with their echoes and the contours that these bring. ``chances``: of each line, from the words."""
    found: list[LinePlan] = []
    for number, (line, syllables, chance) in enumerate(zip(lines, words, chances, strict=True)):
        echoes = tuple(_repeated(number, line, words, chance)) if not _asked(syllables) else ()
        if not echoes and line.how == "new" and line.motif in ("none", "stated"):
            echoes = tuple(_sequence(number, syllables, chance))
        head = any(echo.at == 1 for echo in echoes)
        motif = "none" if head and line.motif != "stated" else line.motif
        line = replace(line, echoes=echoes, motif=motif)
        found.append(replace(line, contour=_contour(line, [*found, line])))
    return found


def _asked(syllables: Words) -> bool:
    """Whether the author asked for melismas: they are sung as they were asked for."""
    return any(syllable.extra_notes for syllable in syllables)


def _repeated(number: int, line: LinePlan, words: Sequence[Words], chance: np.random.Generator) -> Iterator[Echo]:
    """The words of a line that were heard before in the section, the longest run from each place."""
    at, here = 0, words[number]
    while at < len(here):
        best = (0, 0, 0)
        for other in range(number + 1):
            for of in range(len(words[other])):
                size = _run(words[other][of : at if other == number else None], here[at:])
                own = other + 1 == line.develops and of == at and line.how not in ("new", "free")
                if size > best[0] and not own and (other < number or of + size <= at):
                    best = (size, other, of)
        size, other, of = best
        kept = min(size - (at + size == len(here)), MOST)  # the last syllable of a line is its cadence's
        if kept >= FEWEST and chance.random() < HEARD_AGAIN:
            home = AT_ONCE if other == number else AT_HOME
            shift = 0 if chance.random() < home else int(chance.choice(MOVES))
            yield Echo(at + 1, kept, other + 1, of + 1, shift)
        at += max(1, size)


def _run(heard: Words, here: Words) -> int:
    """Syllables of the whole words that both begin with; 0 where they are too few to be known again."""
    whole, weighty = 0, False
    if not heard or not here or heard[0].place not in ("single", "begin"):
        return 0
    for size, (one, two) in enumerate(zip(heard, here, strict=False), 1):
        if one.text.lower() != two.text.lower() or one.place != two.place:
            break
        weighty |= one.content and one.stress != 0
        whole = size if one.ends_word else whole
    return whole if whole >= (FEWEST if weighty else PLAIN) else 0


def _sequence(number: int, syllables: Words, chance: np.random.Generator) -> Iterator[Echo]:
    """The second half of a line as its first, moved: where stresses and words begin alike."""
    draws = chance.random(), int(chance.choice(SEQUENCES))
    count = len(syllables)
    for half in HALVES:
        size = min(half, count - half - TAIL)
        first, second = syllables[:size], syllables[half : half + size]
        if size < half - 1 or size < 3 or syllables[half].place not in ("single", "begin"):
            continue
        if any(a.stress != b.stress for a, b in zip(first, second, strict=True)) or _asked(syllables):
            continue
        if draws[0] < IN_LINE:
            yield Echo(half + 1, size, number + 1, 1, draws[1])
        return


def _contour(line: LinePlan, before: Sequence[LinePlan]) -> str:
    """The contour of a line in which its echoes rise and fall as what they echo."""
    letters = list(line.contour)
    for echo in line.echoes:
        model = letters if before[echo.line - 1] is line else before[echo.line - 1].contour
        start, of = echo.at - 1, echo.of - 1
        for i in range(min(echo.syllables - 1, len(letters) - start, len(model) - of)):
            letters[start + i] = model[of + i]
        if 0 < start <= len(letters):
            letters[start - 1] = "*"
    return "".join(letters)
