"""A tune as phrases of slots: a slot is a note, with the notes that carry its syllable on, that sings one syllable."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from ..errors import BadInput
from ..works import TICKS_PER_QUARTER, Note, Score
from .lines import with_tune
from .metre import strength

SHORTEST, LONGEST, USUAL = 3, 16, (5, 10)  # slots of a phrase: bounds, and what costs nothing
MOST_PHRASES, LEAST_SLOTS = 64, 4
BREATH = TICKS_PER_QUARTER // 4  # a rest of so many ticks parts phrases
TOO_LONG, TOO_SHORT = 0.35, 0.8  # what each slot beyond the usual costs, beside the strength of a gap


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one syllable is sung."""

    notes: tuple[Note, ...]  # the first begins it, the others carry it on
    strength: int  # of its place in the bar, 0..4 (carmina.theory)

    @property
    def length_ticks(self) -> int:
        """From its onset to its last note's end."""
        return self.notes[-1].end_ticks - self.notes[0].onset_ticks


@dataclass(frozen=True)
class Phrase:
    """Slots that are sung in a breath."""

    slots: tuple[Slot, ...]
    section: int  # number of its section, from 0
    copies: int | None = None  # the phrase that sings the same words: the same place of a section that comes back

    @cached_property
    def sound(self) -> tuple[tuple[int, int, int], ...]:
        """Onset, length and pitch of each note, from the phrase's first: equal where the music is."""
        first = self.slots[0].notes[0]
        notes = [note for slot in self.slots for note in slot.notes]
        return tuple((n.onset_ticks - first.onset_ticks, n.length_ticks, n.pitch) for n in notes)

    @property
    def close(self) -> tuple[int, int]:
        """How it ends: the rhythm of its last two slots, in eighths."""
        eighth = TICKS_PER_QUARTER // 2
        last = self.slots[-2:]
        step = last[-1].notes[0].onset_ticks - last[0].notes[0].onset_ticks
        return round(step / eighth), min(4, round(last[-1].length_ticks / eighth))


def voiced(score: Score) -> Score:
    """The score with a voice: its own, else a track that never sounds two notes at once; as it is without either."""
    if score.voice is not None:
        return score
    made = with_tune(score)
    whole = len(made.tracks) == sum(bool(track.notes) for track in score.tracks)  # nothing of the track was left over
    return made if whole else score


def phrases_of(score: Score, name: str) -> list[Phrase]:
    """The phrases of a score's voice; raises ``BadInput`` in one line where there is none."""
    if score.voice is None or not score.sung_notes:
        raise BadInput(
            f"{name} has no voice to sing: no track, or more notes at once than one voice has. "
            "Give a tune of one voice (a lead sheet, a melody track)."
        )
    slots = list(slots_of(score))
    if len(slots) < LEAST_SLOTS:
        raise BadInput(f"{name} has {len(slots)} notes to sing; words need at least {LEAST_SLOTS}.")
    found = _by_section(score, slots)
    if len(found) > MOST_PHRASES:
        raise BadInput(f"{name} has {len(found)} phrases; words are written for at most {MOST_PHRASES}. Cut it.")
    return found


def slots_of(score: Score) -> Iterator[Slot]:
    """Every syllable's notes; of a tune without words every note that is not slurred to the one before."""
    sung = any(note.syllable for note in score.sung_notes)
    held: list[Note] = []
    for note in score.sung_notes:
        if note.continues and held:
            held.append(note)
            continue
        if held:
            yield Slot(tuple(held), _strength(score, held[0].onset_ticks))
        held = [note] if note.syllable or not sung else []
    if held:
        yield Slot(tuple(held), _strength(score, held[0].onset_ticks))


def _strength(score: Score, onset: int) -> int:
    metre = next(m for m in reversed(score.metres) if m.onset_ticks <= onset)
    start = metre.onset_ticks or score.pickup_ticks - metre.bar_ticks * (score.pickup_ticks > 0)
    return strength(metre, onset - start)


def _by_section(score: Score, slots: Sequence[Slot]) -> list[Phrase]:
    marks = score.sections
    found: list[Phrase] = []
    first_of: dict[str, int] = {}  # a chorus's melody -> its first phrase
    for number, own in enumerate(parted(score, slots)):
        groups = _as_sung(own) if any(s.notes[0].syllable for s in own) else _cut(own)
        at = own[0].notes[0].onset_ticks
        mark = next((m for m in marks if m.onset_ticks <= at < m.onset_ticks + m.length_ticks), None)
        source = first_of.setdefault(mark.melody, len(found)) if mark and mark.kind == "chorus" else len(found)
        for place, group in enumerate(groups):
            phrase = Phrase(tuple(group), number)
            model = source + place
            same = model < len(found) and len(found[model].slots) == len(group)
            found.append(Phrase(tuple(group), number, model if same else None) if same else phrase)
    return found


def parted(score: Score, slots: Sequence[Slot]) -> list[list[Slot]]:
    """The slots of each section of the song."""
    out: list[list[Slot]] = []
    for mark in score.sections or (None,):
        own = [
            slot
            for slot in slots
            if mark is None or mark.onset_ticks <= slot.notes[0].onset_ticks < mark.onset_ticks + mark.length_ticks
        ]
        out += [own] * bool(own)
    return out or [list(slots)]


def _as_sung(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Phrases as the tune's own lines of words end; where they are not told, as the music says."""
    out: list[list[Slot]] = [[]]
    for slot in slots:
        out[-1].append(slot)
        syllable = slot.notes[0].syllable
        if syllable is not None and syllable.ends_line:
            out.append([])
    lines = [line for line in out if line]
    return lines if all(SHORTEST <= len(line) <= LONGEST for line in lines) else _cut(slots)


def _cut(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Phrases by the strength of the gaps: rests, long notes; the cuts of most strength for their lengths."""
    gaps, count = gaps_of(slots), len(slots)
    best = [0.0] + [-math.inf] * count
    back = [0] * (count + 1)
    for end in range(1, count + 1):
        for begin in range(max(0, end - LONGEST), end):
            worth = best[begin] + gaps[end - 1] - _strain(end - begin, count)
            if worth > best[end]:
                best[end], back[end] = worth, begin
    cuts, at = [], count
    while at:
        cuts.append(list(slots[back[at] : at]))
        at = back[at]
    return cuts[::-1]


def _strain(size: int, count: int) -> float:
    if size < SHORTEST and count > SHORTEST:
        return 5.0 + (SHORTEST - size)
    low, high = USUAL
    return 1.5 + TOO_SHORT * max(0, low - size) + TOO_LONG * max(0, size - high)


def gaps_of(slots: Sequence[Slot]) -> list[float]:
    """How surely a phrase ends with each slot, about 0 to 4."""
    usual = median(slot.length_ticks for slot in slots)
    out = []
    for slot, following in zip(slots, [*slots[1:], None], strict=True):
        if following is None:
            out.append(4.0)
            continue
        rest = following.notes[0].onset_ticks - slot.notes[-1].end_ticks
        long = math.log2(max(1.0, slot.length_ticks / usual))
        out.append(min(4.0, 2.0 * (rest >= BREATH) + min(2.0, rest / TICKS_PER_QUARTER) + 1.2 * long))
    return out
