"""A track's notes -> voices on a staff: chords and rests in single file, on a grid that can be written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from carmina import Losses, Note, Track

from ..common.bars import Bar
from .windows import windows

UNHEARD = 2  # ticks: what a rounding moves
HELD = 48  # ticks, a tenth of a beat: how early a hand lets a note go, and over how long it rolls a chord
STRINGS = 3  # notes of a chord that is rolled
MOST_STREAMS = 4  # voices on one staff; further notes are cut short to fit


@dataclass(frozen=True, slots=True)
class Sound:
    """Notes that begin and end together."""

    start: int  # ticks from the start of the score
    end: int
    notes: tuple[Note, ...]  # lowest first


MOVED = "note moved to the nearest place that can be written"
CUT = "note cut short where more than four sound"


def streams(track: Track, bars: Sequence[Bar], losses: Losses | None = None) -> list[list[Sound]]:
    """The track's voices, at least one; each on the grid of the bars. ``losses`` counts what is moved or cut for
    that."""
    losses = losses or Losses()
    lines: list[list[Sound]] = [[]]
    for sound in _chords(track.notes):
        free = next((line for line in lines if not line or line[-1].end <= sound.start), None)
        if free is None and len(lines) < MOST_STREAMS:
            free = []
            lines.append(free)
        if free is None:
            free = min(lines, key=lambda line: line[-1].end)
            losses.add(CUT, len(free[-1].notes))
            _make_room(free, sound)
        free.append(sound)
    written = [snapped(line, bars) for line in lines]
    losses.add(
        MOVED, _moved([pair for line, own in zip(lines, written, strict=True) for pair in zip(line, own, strict=True)])
    )
    return written


def _moved(pairs: Sequence[tuple[Sound, Sound]]) -> int:
    """How many notes stand elsewhere than they sound. ``pairs``: as played, as written. A rolled chord is written as
    one chord, and a note that a hand lets go a little early as long as it is meant."""
    together: dict[int, list[tuple[int, int, int]]] = {}  # by where they are written: how far the ends moved; notes
    for sound, own in pairs:
        moved = abs(sound.start - own.start), abs(sound.end - own.end), len(sound.notes)
        together.setdefault(own.start, []).append(moved)
    return sum(
        many
        for chord in together.values()
        for start, end, many in chord
        if end > HELD or start > (HELD if sum(many for _, _, many in chord) >= STRINGS else UNHEARD)
    )


def _chords(notes: Iterable[Note]) -> list[Sound]:
    groups: dict[tuple[int, int], list[Note]] = {}
    for note in notes:
        groups.setdefault((note.onset_ticks, note.end_ticks), []).append(note)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], -item[0][1]))
    return [Sound(start, end, tuple(sorted(group, key=lambda n: n.pitch))) for (start, end), group in ordered]


def _make_room(line: list[Sound], sound: Sound) -> None:
    last = line.pop()
    if last.start < sound.start:
        line.append(replace(last, end=sound.start))


def snapped(line: Sequence[Sound], bars: Sequence[Bar]) -> list[Sound]:
    """The line with every beginning and end on a place that a written note can have. No sound is lost."""
    boundaries = sorted({tick for sound in line for tick in (sound.start, sound.end)})
    points = _points(boundaries, bars)
    known = set(points)
    if known.issuperset(boundaries):
        return list(line)
    last = len(points) - 1
    moved: list[Sound] = []
    for sound, start in zip(line, _starts(line, points), strict=True):
        end = min(max(start + 1, _nearest(points, sound.end)), last)
        moved.append(replace(sound, start=points[start], end=points[end]))
    return [replace(a, end=min(a.end, b.start)) for a, b in zip(moved, moved[1:], strict=False)] + moved[-1:]


def _starts(line: Sequence[Sound], points: Sequence[int]) -> list[int]:
    """For each sound the point where it begins, each its own: the nearest that is free, the last ones pushed back where
    they would lie behind the end."""
    found: list[int] = []
    for sound in line:
        found.append(max(found[-1] + 1 if found else 0, _nearest(points, sound.start)))
    limit = len(points) - 2
    for place in reversed(range(len(found))):
        found[place] = min(found[place], limit)
        limit = found[place] - 1
    return found


def _points(boundaries: Sequence[int], bars: Sequence[Bar]) -> list[int]:
    points: list[int] = []
    for bar in bars:
        origin = bar.onset_ticks - bar.phase_ticks
        here = boundaries[bisect_left(boundaries, bar.onset_ticks) : bisect_left(boundaries, bar.end_ticks)]
        for window in windows(
            bar.metre, bar.phase_ticks, bar.phase_ticks + bar.length_ticks, [t - origin for t in here]
        ):
            own = window.places()
            within = sum(window.start <= t - origin < window.start + window.length for t in here)
            if within > len(own):  # as many places as it needs, however fine
                own = [window.start + window.length * n // within for n in range(within)]
            points += [origin + place for place in own]
    return [*points, bars[-1].end_ticks]


def _nearest(points: Sequence[int], tick: int) -> int:
    after = min(bisect_left(points, tick), len(points) - 1)
    return after - 1 if after and tick - points[after - 1] < points[after] - tick else after
