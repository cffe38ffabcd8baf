"""A phrase on its way, as the decoding loop wants it: start, then height and length of each note, bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .phrases import HIGHEST, LONGEST, LOWEST, MOST_NOTES, GridPhrase
from .tokenizer import END, HEIGHT, LENGTH, PLACE, SIZE, chooses, of_the_song, phrase_of, place_after

LEAST_NOTES = 2
PULL = 0.4  # nats a note that keep their number near the usual one
WELCOME = 10.0  # nats for a note of the phrase that is near: with less the model writes what it likes
NEARBY = 1.2  # semitones over which that falls to a third
HEIGHTS_OF, LENGTHS_OF = np.arange(LOWEST, HIGHEST + 1), np.arange(1, LONGEST + 1)
FORBIDDEN = np.float32(-np.inf)


class PhraseHypothesis:
    """One candidate. ``longest``: sixteenths that the phrase may last; ``usual``: the number of notes between those of
    the phrases that are blended; ``near``: these phrases with their shares, whose notes at the same part of the way are
    welcome by share."""

    def __init__(
        self, metre: str, mode: str, longest: int, usual: float, near: Sequence[tuple[GridPhrase, float]] = ()
    ):
        self.metre, self.mode, self.longest, self.usual, self.near = metre, mode, longest, usual, tuple(near)
        self.chosen: list[int] = []
        self.place = self.lasted = 0

    @property
    def done(self) -> bool:
        return bool(self.chosen) and self.chosen[-1] == END

    def context(self) -> tuple[int, ...]:
        """Place in the bar, what is chosen, metre and mode."""
        return (self.place, chooses(len(self.chosen)), *of_the_song(self.metre, self.mode))

    def logit_bias(self) -> np.ndarray:
        """(V,): only what may come; the end once there are notes, at the latest when no more has room."""
        total = np.full(SIZE, FORBIDDEN, np.float32)
        if not self.chosen:
            total[PLACE:LENGTH] = 0
            for phrase, share in self.near:
                total[PLACE + phrase.start] += WELCOME * share
            return total
        notes = len(self.chosen) // 2
        if chooses(len(self.chosen)) == 2:  # a height, or the end
            room = self.longest - self.lasted
            if notes < MOST_NOTES and room > 0:
                total[HEIGHT:] = self._heights(notes)
            if notes >= LEAST_NOTES or not np.isfinite(total).any():
                total[END] = PULL * (notes - self.usual) + WELCOME * (notes > self.usual - 1)
            return total
        total[LENGTH:HEIGHT] = self._lengths(notes - 1)  # of the note whose height was chosen last
        total[LENGTH + max(1, self.longest - self.lasted) : HEIGHT] = FORBIDDEN
        return total

    def _heights(self, at: int) -> np.ndarray:
        total = np.zeros(len(HEIGHTS_OF), np.float32)
        for (height, _length), share in self._there(at):
            total += WELCOME * share * np.exp(-np.abs(HEIGHTS_OF - height) / NEARBY)
        return total

    def _lengths(self, at: int) -> np.ndarray:
        total = np.zeros(len(LENGTHS_OF), np.float32)
        for (_height, length), share in self._there(at):
            total += WELCOME * share * np.exp(-4 * np.abs(np.log2(LENGTHS_OF / length)))
        return total

    def _there(self, at: int) -> Iterator[tuple[tuple[int, int], float]]:
        """The notes of the phrases at the same part of the way, with their shares."""
        for phrase, share in self.near if at < self.usual else ():  # beyond it the end is welcome instead
            yield phrase.notes[min(len(phrase.notes) - 1, round(at * len(phrase.notes) / max(1.0, self.usual)))], share

    def take(self, chosen: int) -> None:
        """Append the id."""
        self.place = place_after(chosen, self.place, self.metre)
        if LENGTH <= chosen < HEIGHT:
            self.lasted += chosen - LENGTH + 1
        self.chosen.append(chosen)

    def fork(self) -> PhraseHypothesis:
        """An independent copy."""
        other = PhraseHypothesis(self.metre, self.mode, self.longest, self.usual, self.near)
        other.chosen, other.place, other.lasted = list(self.chosen), self.place, self.lasted
        return other

    @property
    def phrase(self) -> GridPhrase:
        """What was written."""
        return phrase_of(self.chosen[:-1], self.metre, self.mode)
