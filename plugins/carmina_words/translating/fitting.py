"""Lines of as many syllables as a phrase has slots, the nearest to a literal line first.

A walk through the literal words, each said, said otherwise or left out, with little words between; of each number of
syllables the best so many are kept (beam search over words x syllables), and of finished lines the best of each rhyme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from carmina import Syllable

from .values import Way, Word
from .wordings import Wordings

BEAM = 12  # lines that are kept of one length at one word
KEPT, OF_A_RHYME = 24, 2  # finished lines, and those of each rhyme beside them
ECHO, MOST_ECHOES = 2.6, 5  # what singing the line's end again costs; how often the whole line is
TAGGED = 1.2  # what a tag costs more at the end of a line that leaves something out
OPEN = 5.0  # a line that ends on a word that wants another

OFF_BEAT, ON_BEAT, LIGHT = 1.4, 1.0, 0.3  # a word's stress on a weak place; its weak syllable on a strong one; a small
# word of weight on a weak place


@dataclass(frozen=True, slots=True)
class Fit:
    """A line."""

    cost: float  # how far it is from the literal line, and from the beats; 0: it is that line, and fits
    words: tuple[str, ...]
    syllables: tuple[Syllable, ...]
    marks: tuple[str, ...] = ()  # after each word
    between: bool = False  # what came last came between words
    left: tuple[str, ...] = ()  # words of meaning that it leaves out
    other: int = 0  # words of meaning that it says by another word
    added: tuple[str, ...] = ()  # words that are none of the literal line's

    @property
    def rhyme(self) -> str:
        """The rhyme of its end; empty where none is known."""
        return (self.syllables[-1].rhyme or "") if self.syllables else ""


def literal(words: Sequence[Word], wordings: Wordings) -> Fit:
    """The literal line, as it is."""
    syllables = tuple(s for w in words for s in wordings.syllables(w.text))
    return Fit(0.0, tuple(w.text for w in words), syllables, tuple(w.after for w in words))


def fits(words: Sequence[Word], slots: int, pattern: str, wordings: Wordings) -> list[Fit]:
    """Lines of exactly so many syllables, the nearest first; ``pattern`` as in a form, or empty. None where no
    wording comes out at that number. A literal line that has that number stands alone, as it is."""
    own = literal(words, wordings)
    if len(own.syllables) == slots:
        return [own]
    found = _walked(words, slots, pattern, wordings, len(words))
    if own.syllables and slots > len(own.syllables):
        for again in _echoes(words, wordings):
            comma = replace(words[-1], after=words[-1].after or wordings.tongue.comma)
            found += _walked([*words[:-1], comma, *again], slots, pattern, wordings, len(words))
    return _of_each_rhyme(found)


def _of_each_rhyme(found: Sequence[Fit]) -> list[Fit]:
    """The nearest, and the nearest of each rhyme."""
    ordered = sorted(_once(found), key=lambda fit: (fit.cost, fit.words))
    seen: dict[str, int] = {}
    out = []
    for at, fit in enumerate(ordered):
        seen[fit.rhyme] = seen.get(fit.rhyme, 0) + 1
        if at < KEPT or seen[fit.rhyme] <= OF_A_RHYME:
            out.append(fit)
    return out


def _echoes(words: Sequence[Word], wordings: Wordings) -> Iterator[Sequence[Word]]:
    """What of a line may be sung again after it: its end, or all of it, once or more; never without its *not*."""
    last = max((n for n, w in enumerate(words) if w.text.casefold() in wordings.tongue.never), default=len(words))
    starts = range(min(last, len(words) - 1) + 1)
    yield from (words[start:] for start in starts if not start or words[start].content or wordings.tongue.code == "en")
    yield from ([*words] * times for times in range(2, MOST_ECHOES))


def _walked(words: Sequence[Word], slots: int, pattern: str, wordings: Wordings, once: int) -> list[Fit]:
    rows: list[dict[int, list[Fit]]] = [{} for _ in range(len(words) + 1)]
    rows[0][0] = [Fit(0.0, (), ())]
    for place in range(len(words)):
        row = {size: _best(lot, BEAM) for size, lot in rows[place].items()}
        ways = list(wordings.at(words, place))
        if place >= once:  # sung again, whole
            ways = [way for way in ways if way.words]
        before = wordings.before(words, place) if place < once else []
        starts = _with_between(row, slots, pattern, before)
        for fit in (fit for lot in starts.values() for fit in lot):
            for way in ways:
                if (fit.between and not way.words) or (place < once < place + way.takes):
                    continue  # what came between would stand before another word; what is sung again begins anew
                mark = words[place + way.takes - 1].after
                new = _extended(fit, way, mark, pattern, slots, ECHO * (place == once))
                if new is not None:
                    rows[place + way.takes].setdefault(len(new.syllables), []).append(new)
    opens = wordings.tongue.open - {words[-1].text.casefold()} if words else frozenset()
    rows[-1] = {size: [_closed(fit, opens) for fit in lot] for size, lot in rows[-1].items()}
    done = rows[-1].get(slots, [])
    if once == len(words):
        done = [*done, *_tagged(rows[-1], slots, pattern, wordings)]
    return done


def _closed(fit: Fit, opens: frozenset[str]) -> Fit:
    ends = fit.words and fit.words[-1].casefold() in opens
    return replace(fit, cost=fit.cost + OPEN) if ends else fit


def _tagged(row: dict[int, list[Fit]], slots: int, pattern: str, wordings: Wordings) -> Iterator[Fit]:
    """Lines that want so many syllables yet, with a word or two that say little at their end."""
    for way in wordings.tags:
        for fit in (fit for fit in _best(row.get(slots - len(way.syllables), ()), 3) if fit.words):
            new = _extended(fit, way, "", pattern, slots, TAGGED * bool(fit.left))
            if new is not None and not set(way.words) & set(fit.words):
                marks = (*fit.marks[:-1], *("" for _ in way.words), fit.marks[-1])
                yield replace(new, marks=marks, added=(*new.added, *way.words))


def _with_between(row: dict[int, list[Fit]], slots: int, pattern: str, between: Sequence[Way]) -> dict[int, list[Fit]]:
    """The lines of a row, and each with one little word more."""
    out = {size: list(lot) for size, lot in row.items()}
    for fit in (fit for lot in row.values() for fit in lot[:4] if not fit.between):
        for way in between:
            new = _extended(fit, way, "", pattern, slots)
            if new is not None and not set(way.words) & set(fit.words):
                added = replace(new, between=True, added=(*new.added, *way.words))
                out.setdefault(len(new.syllables), []).append(added)
    return out


def _extended(fit: Fit, way: Way, mark: str, pattern: str, slots: int, more: float = 0.0) -> Fit | None:
    at = len(fit.syllables)
    if at + len(way.syllables) > slots:
        return None
    left, cost = (*fit.left, *way.left), fit.cost + way.cost + more
    if not way.words:
        marks = (*fit.marks[:-1], fit.marks[-1] or mark) if fit.marks else ()
        return replace(fit, cost=cost, marks=marks, left=left)
    beats = sum(_off_beat(s, pattern[at + n : at + n + 1]) for n, s in enumerate(way.syllables))
    marks = (*fit.marks, *("" for _ in way.words[1:]), mark)
    words, syllables = (*fit.words, *way.words), (*fit.syllables, *way.syllables)
    return Fit(cost + beats, words, syllables, marks, False, left, fit.other + way.other, fit.added)


def _off_beat(syllable: Syllable, place: str) -> float:
    """What a syllable costs on a strong (+), weak (-) or free place."""
    if syllable.place == "single":
        return LIGHT * (place == "-" and syllable.content) + LIGHT * (place == "+" and not syllable.content)
    return OFF_BEAT * (place == "-" and syllable.stress == 1) + ON_BEAT * (place == "+" and syllable.stress == 0)


def _best(lot: Sequence[Fit], many: int) -> list[Fit]:
    """The nearest, each text once."""
    return nsmallest(many, _once(lot), key=lambda fit: (fit.cost, fit.words))


def _once(lot: Sequence[Fit]) -> Iterator[Fit]:
    seen: dict[tuple[str, ...], Fit] = {}
    for fit in lot:
        if fit.words not in seen or fit.cost < seen[fit.words].cost:
            seen[fit.words] = fit
    yield from seen.values()
