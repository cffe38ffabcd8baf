"""A score's voice as arrays, made once and shared by every figure.

Shapes: N notes, S sung syllables, B bars. Times are ticks. Indexes of nothing are -1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import PLACES, Metre, Note, Score
from carmina.theory import beat_ticks, strength

Ints = np.ndarray


@dataclass(frozen=True, slots=True)
class View:
    """The sung line of one score."""

    score: Score
    # notes
    onset: Ints  # (N,)
    length: Ints  # (N,)
    pitch: Ints  # (N,) MIDI number
    syllable: Ints  # (N,) which syllable sounds; -1: no words
    bar: Ints  # (N,) which bar it starts in
    place: Ints  # (N,) ticks from the bar line; counted back from the next one in a pickup
    bar_ticks: Ints  # (N,) length of its bar
    beat: Ints  # (N,) length of its beat
    strength: Ints  # (N,) metrical strength 0..4
    # syllables: their music
    head: Ints  # (S,) the note that each starts on
    notes: Ints  # (S,) how many notes each has
    held: Ints  # (S,) ticks from its onset to the end of its last note
    # syllables: their words
    stress: Ints  # (S,) 0, 1, 2; -1: the language does not say
    tone: Ints  # (S,) 1..5; 0: not tonal
    word_place: Ints  # (S,) index in PLACES
    content: np.ndarray  # (S,) bool
    ends_line: np.ndarray  # (S,) bool
    line: Ints  # (S,) which line it stands in, from 0
    text: tuple[str, ...]  # (S,)
    bars: Ints  # (B,) onset of every bar

    @property
    def syllables(self) -> int:
        return len(self.head)

    @property
    def head_pitch(self) -> Ints:
        """(S,) pitch that each syllable starts on."""
        return self.pitch[self.head]

    @property
    def tail_pitch(self) -> Ints:
        """(S,) pitch that each syllable ends on."""
        return self.pitch[self.head + self.notes - 1]

    @property
    def head_strength(self) -> Ints:
        """(S,) metrical strength of each syllable's onset."""
        return self.strength[self.head]

    @property
    def held_beats(self) -> np.ndarray:
        """(S,) how many beats each syllable is held."""
        return self.held / self.beat[self.head]

    @property
    def same_line(self) -> np.ndarray:
        """(S-1,) bool: the next syllable stands in the same line."""
        return self.line[1:] == self.line[:-1]


class _Same:
    """A score by what it is, not by what it holds: comparing notes would take longer than making arrays of them."""

    def __init__(self, score: Score):
        self.score = score

    def __hash__(self) -> int:
        return id(self.score)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.score is self.score


def view_of(score: Score) -> View:
    """The arrays of a score's voice; of no voice, empty ones. The last one is kept, since every evaluator asks for
    it."""
    return _made(_Same(score))


@lru_cache(maxsize=1)
def _made(same: _Same) -> View:
    score = same.score
    notes = score.voice.notes if score.voice else ()
    onset, length, pitch = _columns(notes)
    bars = np.array(score.bar_onsets(), np.int64)
    bar, place, bar_ticks, beat, strength = _metrical(score, onset, bars)
    syllable = np.array(_sounding(notes), np.int64)
    head, count, held = _spans(syllable, onset, length)
    return View(
        score=score,
        onset=onset,
        length=length,
        pitch=pitch,
        syllable=syllable,
        bar=bar,
        place=place,
        bar_ticks=bar_ticks,
        beat=beat,
        strength=strength,
        head=head,
        notes=count,
        held=held,
        bars=bars,
        **_words(notes),
    )


def _columns(notes: tuple[Note, ...]) -> np.ndarray:
    rows = [(note.onset_ticks, note.length_ticks, note.pitch) for note in notes]
    return np.array(rows, np.int64).reshape(-1, 3).T


def _sounding(notes: tuple[Note, ...]) -> list[int]:
    """Index of the syllable that each note sounds: its own, or the one that it carries on."""
    found, count, open_ = [], 0, False
    for note in notes:
        if note.syllable is not None:
            count, open_ = count + 1, True
        elif not note.continues:
            open_ = False
        found.append(count - 1 if open_ else -1)
    return found


def _spans(syllable: Ints, onset: Ints, length: Ints) -> tuple[Ints, Ints, Ints]:
    """Each syllable's first note, number of notes and length held."""
    sung = np.flatnonzero(syllable >= 0)
    first = sung[np.flatnonzero(np.diff(syllable[sung], prepend=-1))]
    count = np.bincount(syllable[sung], minlength=len(first))
    last = first + count - 1
    return first, count, onset[last] + length[last] - onset[first]


def _metrical(score: Score, onset: Ints, bars: Ints) -> tuple[Ints, ...]:
    bar = np.searchsorted(bars, onset, "right") - 1
    changes = np.array([metre.onset_ticks for metre in score.metres])
    which = np.searchsorted(changes, bars[bar], "right") - 1
    table = np.array([(m.bar_ticks, beat_ticks(m)) for m in score.metres], np.int64)
    bar_ticks, beat = table[which].T
    pickup = score.pickup_ticks
    place = onset - bars[bar] + np.where((bar == 0) & (pickup > 0), bar_ticks - pickup, 0)
    return bar, place, bar_ticks, beat, _strengths([score.metres[at] for at in which], place)


def _strengths(metres: Sequence[Metre], places: Ints) -> Ints:
    found = (strength(metre, int(place)) for metre, place in zip(metres, places, strict=True))
    return np.fromiter(found, np.int64, len(metres))


def _words(notes: tuple[Note, ...]) -> dict[str, Any]:
    """The fields of a view that the sung words fill."""
    sung = [note.syllable for note in notes if note.syllable is not None]
    ends = np.array([s.ends_line for s in sung], bool)
    line = np.concatenate([[0], np.cumsum(ends)[:-1]]) if len(ends) else np.zeros(0, np.int64)
    return {
        "stress": np.array([-1 if s.stress is None else s.stress for s in sung], np.int64),
        "tone": np.array([s.tone or 0 for s in sung], np.int64),
        "word_place": np.array([PLACES.index(s.place) for s in sung], np.int64),
        "content": np.array([s.content for s in sung], bool),
        "ends_line": ends,
        "line": line.astype(np.int64),
        "text": tuple(s.text for s in sung),
    }
