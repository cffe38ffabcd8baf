"""Steps of a chord -> keys under two hands, and what hands cannot do undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carmina import Note

from .setting import Span
from .symbols import Tones
from .voicing import TENTH, leading_note, voiced

MOST_NOTES = 5  # of one hand at once


def stack(tones: Tones, step: int, first: int) -> int:
    """The pitch so many chord steps above the bass ``first``; three steps are an octave."""
    others = sorted((pitch - first) % 12 for pitch in over_bass(tones) if (pitch - first) % 12)
    ladder = [0, *others]
    octave, place = divmod(step, 3)
    return first + 12 * octave + (ladder[place] if place < len(ladder) else 12)


def over_bass(tones: Tones) -> list[int]:
    """The two pitch classes that a left hand puts over the bass: no seventh, and no second above a seventh in the
    bass."""
    classes = [pitch for pitch in tones.classes if pitch != tones.bass]
    if tones.bass == tones.seventh:
        classes = [pitch for pitch in classes if pitch != tones.root]
    elif len(classes) > 2:
        classes = [pitch for pitch in classes if pitch != tones.seventh]
    return classes[:2]


def close_chord(span: Span, middle: int, before: tuple[int, ...] | None, ceiling: int | None) -> tuple[int, ...]:
    """Three tones (two of a two-tone chord) in close position about a pitch."""
    size = min(3, len(set(span.sounding.classes)))
    return voiced(
        span.sounding,
        size,
        middle - 6,
        middle + 12,
        before,
        leading_note(span.sounding, span.key.tonic),
        ceiling,
        shape=(0, 4, 8)[:size],
    )


def above(chord: Sequence[int], step: int) -> int:
    """The pitch so many steps above the lowest of a close chord; as many steps as it has tones are an octave."""
    octave, place = divmod(step, 3)
    return chord[place] + 12 * octave if place < len(chord) else chord[0] + 12 * (octave + 1)


def playable(notes: Sequence[Note]) -> list[Note]:
    """A hand's notes, none beyond a tenth from another that sounds, at most five at once: the older is let go (the
    pedal holds it), and of notes struck together those in the middle are left out."""
    out: list[Note] = []
    held: list[int] = []  # places in ``out`` of those that may still sound
    by_onset: dict[int, list[Note]] = {}
    for note in notes:
        by_onset.setdefault(note.onset_ticks, []).append(note)
    for onset in sorted(by_onset):
        struck = _within(sorted({n.pitch: n for n in by_onset[onset]}.values(), key=lambda n: n.pitch))
        held = [place for place in held if out[place].end_ticks > onset]
        sounding = [place for place in held if _together([out[place], *struck])]
        let_go = sounding[: max(0, len(sounding) + len(struck) - MOST_NOTES)]
        for place in {*held} - {*sounding} | {*let_go}:
            out[place] = replace(out[place], length_ticks=onset - out[place].onset_ticks)
        held += range(len(out), len(out) + len(struck))
        out += struck
    return out


def _within(struck: list[Note]) -> list[Note]:
    while struck[-1].pitch - struck[0].pitch > TENTH:
        struck = struck[1:]
    while len(struck) > MOST_NOTES:
        struck = struck[:2] + struck[3:]
    return struck


def _together(notes: list[Note]) -> bool:
    pitches = [note.pitch for note in notes]
    return max(pitches) - min(pitches) <= TENTH
