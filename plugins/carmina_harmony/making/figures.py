"""Figures of piano accompaniments that several songs share -> ``data/figures.json``.

    python -m carmina_harmony.making.figures CORPUS_FOLDER

A figure is what two hands do in a bar or half a bar, told in steps of the chord above each hand's lowest note, so that
it can be played on any chord. Only bars whose notes all belong to the chord count, and only figures found in at least
``FEWEST`` songs that are in no way related, or in ``FEWER`` where each hand's part is in ``FEWEST``: what many write is
nobody's own.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from carmina import Note

from ..states import ABOVE, parts
from ..timing import Bar, bars
from .chords import Sample, labelled

FEWEST, FEWER = 3, 2
GRID = 20  # ticks on which everything must stand
HALVES = {"4/4": 960, "2/2": 960, "6/8": 720, "12/8": 1440}  # metres whose half bars are figures too
UNITS = {1920: "4/4", 960: "2/4", 1440: "3/4", 720: "3/8"}
COMPOUND = {"6/8": "6/8", "12/8": "6/8", "3/8": "3/8", "9/8": "9/8"}
Cell = tuple[tuple[int, int, int], ...]


def figures(found: list[Sample]) -> list[dict]:
    """Every shared figure, the most shared first."""
    songs: dict[tuple, set[int]] = defaultdict(set)
    pitches: dict[tuple, Counter] = defaultdict(Counter)
    for sample in found:
        for unit, upper, lower, bases in cells(sample):
            songs[unit, upper, lower].add(sample.piece.cluster)
            for name, pitch in bases.items():
                pitches[unit, upper, lower][name] += pitch
                pitches[unit, upper, lower][name + " count"] += 1
    hands: dict[tuple, set[int]] = defaultdict(set)
    for (unit, *both), heard in songs.items():
        for hand, cell in enumerate(both):
            hands[unit, hand, cell] |= heard
    kept = [
        ((unit, upper, lower), heard)
        for (unit, upper, lower), heard in songs.items()
        if len(heard) >= FEWEST
        or len(heard) >= FEWER
        and upper
        and lower
        and all(len(hands[unit, hand, cell]) >= FEWEST for hand, cell in enumerate((upper, lower)))
    ]
    kept.sort(key=lambda item: (-len(item[1]), item[0]))
    return [_row(key, len(heard), pitches[key]) for key, heard in kept]


def _row(key: tuple, songs: int, sums: Counter) -> dict:
    unit, upper, lower = key
    means = {
        f"{name}_pitch": round(sums[name] / sums[f"{name} count"])
        for name in ("upper", "lower")
        if sums[f"{name} count"]
    }
    return {"unit": unit, "songs": songs, "upper": upper, "lower": lower, **means}


def hands_of(sample: Sample) -> list[list[tuple[Note, int]]] | None:
    """For each bar its notes with their hand, 0 upper and 1 lower; None where there are not two staves."""
    staves = Counter(staff for _, staff in sample.piece.others)
    top = sorted(staff for staff, _ in staves.most_common(2))
    if len(top) < 2:
        return None
    grid = bars(sample.piece.score)
    onsets = [bar.onset_ticks for bar in grid]
    out: list[list[tuple[Note, int]]] = [[] for _ in grid]
    for note, staff in sample.piece.others:
        if staff in top:
            out[bisect_right(onsets, note.onset_ticks) - 1].append((note, top.index(staff)))
    return out


def cells(sample: Sample) -> Iterator[tuple[str, Cell, Cell, dict[str, int]]]:
    """(unit, upper, lower, lowest pitch of each hand) of every bar and half bar that is all chord."""
    hands = hands_of(sample)
    if hands is None:
        return
    for index, bar in enumerate(bars(sample.piece.score)):
        if bar.phase_ticks or not hands[index]:
            continue
        metre = str(bar.metre)
        sizes = {bar.length_ticks, HALVES.get(metre, bar.length_ticks)}
        for size in sizes:
            unit = COMPOUND.get(metre) if metre in COMPOUND else UNITS.get(size)
            if unit == "6/8" and size == 720:
                unit = "3/8"
            if unit and bar.length_ticks % size == 0:
                for start in range(bar.onset_ticks, bar.end_ticks, size):
                    found = _cell(sample, bar, index, hands[index], start, start + size)
                    if found:
                        yield unit, *found


def _cell(sample: Sample, bar: Bar, index: int, notes: list[tuple[Note, int]], start: int, end: int):
    out: tuple[list, list] = ([], [])
    bases: dict[str, int] = {}
    for onset, stop, number in _chords(sample, index, start, end):
        degree, quality = parts(number)
        classes = sorted((degree + sample.found.keys[0].tonic + step) % 12 for step in ABOVE[quality][:3])
        for hand, name in enumerate(("upper", "lower")):
            inside = [note for note, at in notes if at == hand and onset <= note.onset_ticks < stop]
            if any(n.pitch % 12 not in classes or n.end_ticks > end or (n.onset_ticks - start) % GRID for n in inside):
                return None
            if inside:
                steps = [n.pitch // 12 * 3 + classes.index(n.pitch % 12) for n in inside]
                out[hand].extend(
                    (n.onset_ticks - start, n.length_ticks, step - min(steps))
                    for n, step in zip(inside, steps, strict=True)
                )
                bases.setdefault(name, min(n.pitch for n in inside))
    if not (out[0] or out[1]):
        return None
    return tuple(sorted(set(out[0]))), tuple(sorted(set(out[1]))), bases


def _chords(sample: Sample, index: int, start: int, end: int) -> list[tuple[int, int, int]]:
    """(onset, end, state) of the chords in a stretch of a bar, each once; none if one is not known."""
    out: list[tuple[int, int, int]] = []
    for slot, number in zip(sample.found.slots, sample.states.tolist(), strict=True):
        if slot.bar == index and slot.onset_ticks < end and slot.end_ticks > start:
            if number < 0:
                return []
            if out and out[-1][2] == number:
                out[-1] = (out[-1][0], slot.end_ticks, number)
            else:
                out.append((max(start, slot.onset_ticks), slot.end_ticks, number))
    return out


def main(folder: str) -> None:
    """Writes the figures of the piano songs that are not held out."""
    found = figures([s for s in labelled(Path(folder)) if s.piece.genre == "art" and not s.piece.held_out])
    write(found, Path(__file__).parents[1] / "data" / "figures.json")


def write(found: list[dict], path: Path) -> None:
    """One figure a line."""
    about = {
        "what": "figures of piano accompaniments shared by at least three songs",
        "made_by": "carmina_harmony.making.figures",
        "source": "OpenScore Lieder corpus, CC0-1.0",
        "licence": "CC0-1.0",
    }
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in found)
    path.write_text(f'{{"about": {json.dumps(about)},\n"figures": [\n{rows}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
