"""Which of the printed lines of words each note sings in each pass.

A pass sings the line of its own number. Pages print what all verses share once (under verse 1, as a rule), begin to
count at 2, or print the tail of a bar form under its last verse only: there the line that is printed is sung.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence

from ..common.printed import Printed, Sounded
from .grid import Played

SHARED_NOTES = 4  # so many words in a row under another verse only are shared; fewer are a melisma
STRAY_WORDS = 4  # a number with fewer, and not a quarter of the fullest's, is no verse where no sign goes back
FEWEST_WORDS = 0.2  # with letters, of what stands under the notes of a part that has verses
STRAY_SHARE = 0.05  # nor is one with a smaller share of the words that the fullest verse has
SHARED_AT_EDGE = 3  # the same where a stretch between headings or repeat signs begins or ends

Spot = tuple[int, int]  # a printed bar and a tick in it


def numbers_of(bars: Sequence[Printed]) -> list[int]:
    """The lyric numbers that a part uses, in order."""
    return sorted({number for bar in bars for note in bar.notes for number in note.lyrics})


def strays_of(bars: Sequence[Printed]) -> set[int]:
    """Numbers that hardly any word bears: a slip of the hand or a second language's one word, no verse."""
    counts = Counter(number for bar in bars for note in bar.notes for number in note.lyrics)
    most = max(counts.values(), default=0)
    if _are_figures(bars):
        return set(counts) - {min(counts, default=1)}
    few = {
        number
        for number, count in counts.items()
        if count < STRAY_SHARE * most or count < STRAY_WORDS and 4 * count < most
    }
    return few - {min(counts, default=1)}


def _are_figures(bars: Sequence[Printed]) -> bool:
    """Whether what stands where words do has no letters, as figured bass and fingerings: no verses then."""
    texts = [lyric.text for bar in bars for note in bar.notes for lyric in note.lyrics.values() if lyric.text.strip()]
    return sum(any(c.isalpha() for c in text) for text in texts) < FEWEST_WORDS * len(texts)


def ranks_of(bars: Sequence[Printed], strays: Collection[int] = ()) -> list[int]:
    """For each bar the place of its highest lyric number among all that are used, from 1."""
    used = [number for number in numbers_of(bars) if number not in strays]
    places = {number: rank for rank, number in enumerate(used, 1)}
    return [max((places.get(n, 1) for note in bar.notes for n in note.lyrics), default=1) for bar in bars]


class Verses:
    """The words of one part."""

    def __init__(
        self, bars: Sequence[Printed], joint: Sequence[Printed], voices: set[str], strays: Collection[int] = ()
    ):
        self.strays = set(strays)
        self.numbers = [number for number in numbers_of(bars) if number not in self.strays]
        self.starts = _starts(joint)
        self.runs: dict[int, list[tuple[Spot, set[int]]]] = {}
        for index, bar in enumerate(bars):
            for note in bar.notes:
                if note.voice in voices and note.lyrics:
                    spot = index, note.at
                    self.runs.setdefault(self._run(spot), []).append((spot, set(note.lyrics)))
        self.chosen: dict[tuple[int, int], dict[Spot, int]] = {}

    def number(self, bar: Played, sounded: Sounded) -> int:
        """The lyric number of a note in the pass that a bar is played in."""
        spot = bar.index, sounded.at
        run = self._run(spot)
        key = run, bar.turn
        if key not in self.chosen:
            self.chosen[key] = self._choices(self.runs.get(run, []), bar.turn)
        return self.chosen[key].get(spot, 0)

    def _run(self, spot: Spot) -> int:
        return bisect_right(self.starts, spot)

    def _choices(self, words: Sequence[tuple[Spot, set[int]]], turn: int) -> dict[Spot, int]:
        """The number for each spot that has words in this run."""
        has = set().union(*(numbers for _, numbers in words)) if words else set()
        if not has:
            return {}
        has = (has - self.strays) or has
        shared, own = min(has), self._own(has, turn)
        found: dict[Spot, int] = {}
        gap: list[Spot] = []
        for place, (spot, numbers) in enumerate([*words, ((-1, 0), {own})]):
            if own in numbers:
                edge = not found or place == len(words)
                if len(gap) >= (SHARED_AT_EDGE if edge else SHARED_NOTES):
                    found |= dict.fromkeys(gap, shared)
                gap = []
                found[spot] = own
            elif shared in numbers:
                gap.append(spot)
            elif numbers & self.strays:
                found[spot] = min(numbers & self.strays)
        return found

    def _own(self, has: set[int], turn: int) -> int:
        if turn in has and self.numbers[0] == 1:
            return turn
        ranked = self.numbers[turn - 1] if turn <= len(self.numbers) else 0
        return ranked if ranked in has else 1 if 1 in has else min(has)


def _starts(joint: Sequence[Printed]) -> list[Spot]:
    starts: list[Spot] = []
    for index, bar in enumerate(joint):
        starts += [(index, at) for at, _ in bar.headings] + [(index, 0)] * bar.opens
        starts += [(index + 1, 0)] * bool(bar.closes)
    return sorted(set(starts))
