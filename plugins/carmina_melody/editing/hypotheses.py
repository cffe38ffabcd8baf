"""The rhythm pass over a song that is there: notes that stay are given, syllables between them are set anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..passes.piece import Piece, Sung
from ..passes.rhythm import RhythmHypothesis
from ..passes.vocabulary import CHORD, LENGTHS, MELISMA, NOTE, REST, length_index, rest_indices
from .stretches import Stretch

ENDS_WORD = (1, 2, 7, 8)  # of a syllable's word field
LONGEST_REST = 4 * 96  # units of silence that are told to the network


class EditedRhythm(RhythmHypothesis):
    """Walks an agenda for every line; with ``exact`` each syllable gets exactly its first note and the extra ones it
    owes."""

    def __init__(self, piece: Piece, agendas: Sequence[Sequence[Sung | Stretch]], exact: bool = False):
        super().__init__(piece)
        self.items = [(line, item) for line, items in enumerate(agendas) for item in items]
        self.at, self.exact = -1, exact
        self.fresh = False  # nothing has been set in this stretch yet
        self.line = -1
        self._next()

    def _next(self) -> None:
        """Go to the next item that needs a choice."""
        while True:
            self.at += 1
            if self.at == len(self.items):
                self.done = True
                return
            line, item = self.items[self.at]
            if line != self.line:
                self._enter(line)
            if isinstance(item, Sung):
                self.now = max(self.now, item.onset - LONGEST_REST)
                return
            self.resting = not item.held_into and (self.resting or bool(self.frame.notes) and item.start > self.now)
            self.now, self.fresh = max(self.now, item.start), True
            self.syllable = max(self.syllable, item.first)
            if not self._full(item):
                return

    def _enter(self, line: int) -> None:
        self.line, self.syllable, self.notes_on, self.resting = line, 0, 0, False
        self.now = self.frame.start

    def _full(self, item: Stretch) -> bool:
        return self.syllable >= item.last and self.now >= item.stop

    @property
    def item(self) -> Sung | Stretch:
        return self.items[self.at][1]

    @property
    def forced(self) -> int | None:
        if not isinstance(self.item, Sung):
            return None
        silence = self.item.onset - self.now
        if silence >= LENGTHS[0]:
            return REST + rest_indices(silence)[0]
        return (MELISMA if self.item.continues else NOTE) + length_index(self.item.length)

    @property
    def until(self) -> int:
        return self.item.stop if isinstance(self.item, Stretch) else self.frame.stop

    @property
    def last(self) -> int:
        return self.item.last if isinstance(self.item, Stretch) else len(self.frame.syllables)

    @property
    def must_hold(self) -> bool:
        return self.fresh and isinstance(self.item, Stretch) and self.item.held_into

    @property
    def may_close_with_rest(self) -> bool:
        if (
            not isinstance(self.item, Stretch)
            or self.exact
            or self.syllable == len(self.frame.syllables)
            and not self.item.held_out
        ):
            return True
        return (
            not self.item.held_out and self.syllable > 0 and self.frame.syllables[self.syllable - 1].word in ENDS_WORD
        )

    def choices(self) -> Iterable[int]:
        if self.forced is not None:
            return iter((self.forced,))
        item = self.item
        assert isinstance(item, Stretch)  # notes that stay are forced
        melisma, note, rest = range(MELISMA, REST), range(NOTE, MELISMA), range(REST, CHORD)
        if self.fresh and item.prompt and not item.held_into:
            return iter(note)
        if self.fresh and self.frame.notes:  # the edge before keeps its slur, or stays without one
            return iter(melisma if item.held_into else (*note, *rest) if self.syllable < item.last else rest)
        if self.exact and self.notes_on > (self.frame.syllables[self.syllable - 1].extra_notes if self.syllable else 0):
            return iter((*note, *rest))
        return super().choices()

    def take(self, chosen: int) -> None:
        if isinstance(self.item, Sung):
            self._take_kept(self.item, chosen)
            return
        self.fresh = False
        if REST <= chosen < CHORD:
            self.now += LENGTHS[chosen - REST]
            self.resting = True
        else:
            continues = chosen >= MELISMA
            length = LENGTHS[chosen - (MELISMA if continues else NOTE)]
            self._sing(max(1, min(length, self.item.stop - self.now)), continues)
        if self._full(self.item):
            self.now = self.item.stop
            self._next()

    def _take_kept(self, note: Sung, chosen: int) -> None:
        if REST <= chosen < CHORD:
            self.now += LENGTHS[chosen - REST]
            self.resting = True
            return
        self.frame.notes.append(note)
        self.now, self.resting = note.onset + note.length, False
        self.notes_on = self.notes_on + 1 if note.continues else 1
        self.syllable = note.syllable + 1
        self._next()
