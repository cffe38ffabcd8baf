"""Chords of a section: a round that goes on, or phrases that go to their cadences.

A phrase is walked backwards from its cadence, each chord chosen among those that lead to the next (dominants of
other degrees, the
circle of fifths, borrowed subdominants, the cadential six-four by the idiom's weights), so that harmony has
somewhere to go.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from carmina import LinePlan

from .chances import drawn
from .colours import coloured
from .idioms import Idiom

BEFORE: Mapping[str, Mapping[str, Mapping[str, float]]] = {  # chord -> what may lead to it, and how gladly
    "major": {
        "I": {"V": 5, "IV": 2.5, "vi": 0.5, "ii": 0.4, "iii": 0.3, "V/7": 0.4},
        "V": {"ii": 3, "IV": 3, "I": 2, "vi": 1.2, "V7/V": 1.2},
        "ii": {"vi": 2.5, "IV": 2, "I": 2, "V7/ii": 1.2, "iii": 0.4},
        "IV": {"I": 4, "vi": 1.2, "iii": 0.8, "V7/IV": 1.2, "V": 0.5},
        "vi": {"I": 2, "iii": 1.2, "V": 1, "V7/vi": 1.2, "V/7": 0.6, "IV": 0.5},
        "iii": {"I": 2, "vi": 1, "V7/iii": 0.3, "V": 0.4},
    },
    "minor": {
        "i": {"V": 4, "iv": 2.5, "VII": 1, "VI": 1, "iiø7": 0.3},
        "V": {"iv": 3, "i": 2.5, "VI": 1.5, "iiø7": 1, "V7/V": 0.5},
        "iv": {"i": 4, "VI": 1.2, "V7/iv": 0.8, "III": 0.6},
        "VI": {"i": 2.5, "III": 1, "V": 0.8, "VII": 0.6, "V7/VI": 0.4},
        "III": {"VII": 2.5, "V7/III": 1, "i": 1, "VI": 0.5},
        "VII": {"iv": 2, "i": 2, "VI": 1.5},
        "iiø7": {"i": 2, "VI": 1.5, "iv": 1},
    },
}
ENDS: Mapping[str, Mapping[str, Mapping[str, float]]] = {  # the last chord of a line, by its cadence
    "major": {
        "closed": {"I": 1},
        "open": {"V": 4, "IV": 1, "I": 1.5, "ii": 0.4, "vi": 0.6, "iii": 0.3},
        "deceptive": {"vi": 4, "IV": 1, "bVI": 0.3},
    },
    "minor": {
        "closed": {"i": 1},
        "open": {"V": 3, "III": 1, "iv": 1.2, "VII": 1, "i": 1.2},
        "deceptive": {"VI": 4, "iv": 1},
    },
}
TONIC = {"major": "I", "minor": "i"}
SEVENTH = {"I": "Imaj7", "ii": "ii7", "IV": "IVmaj7", "vi": "vi7", "iii": "iii7", "iv": "iv7", "i": "i7"}
JAZZ = 0.4  # chance of sevenths from which tonic and subdominant have them too
TURNS = 4  # times that a round goes on before another may take its place
TURNED = 0.75  # chance that it does
SAME = 0.2  # how gladly the tonic stays
TRIED = 4


def chords_of(
    lines: Sequence[LinePlan],
    idiom: Idiom,
    mode: str,
    bar: str,
    rng: np.random.Generator,
    taken: Collection[str] = (),
) -> tuple[str, ...]:
    """One text of numerals a bar for all bars of a section. ``bar``: its metre; ``taken``: first bars of the sections
    before, whose rounds it should not have again."""
    rounds = idiom.harmony == "loop" and bool(idiom.loops.get(mode))
    bars = _round(lines, idiom, mode, taken, rng) if rounds else _phrases(lines, idiom, mode, bar, rng)
    return coloured(bars, idiom, mode, bar, lines[-1].cadence == "closed", rng)


def _round(
    lines: Sequence[LinePlan], idiom: Idiom, mode: str, taken: Collection[str], rng: np.random.Generator
) -> tuple[str, ...]:
    """The round over and over; where the section ends at home, the last bars say so."""
    texts = [text for text in idiom.loops[mode] if text.split("|")[0].strip() not in taken] or idiom.loops[mode]
    loop = _bars(texts[int(rng.integers(len(texts)))])
    total = sum(line.bars for line in lines)
    if len(loop) == 2 and idiom.changes <= 1.05 and rng.random() < 0.5 and total >= 4:
        loop = [chord for bar in loop for chord in bar.split()]  # each chord a bar of its own
    bars = [loop[i % len(loop)] for i in range(total)]
    others = [text for text in texts if len(text.split("|")) == len(loop) and _bars(text) != loop]
    if others and total >= TURNS * len(loop) and rng.random() < TURNED:
        bars = _turned(bars, _bars(others[int(rng.integers(len(others)))]), rng)
    tonic = TONIC[mode]
    if lines[-1].cadence == "closed":
        bars[-1] = tonic
        if total > 1 and bars[-2].split()[-1] in (tonic, "Imaj7", "I6"):
            bars[-2] = ("IV V" if mode == "major" else "iv V") if total > 2 else bars[-2]
    elif lines[-1].cadence == "deceptive":
        bars[-1] = "vi" if mode == "major" else "VI"
    elif bars[-1].split()[-1] == tonic and total > 1:
        bars[-1] = "V"
    return tuple(bars)


def _bars(loop: str) -> list[str]:
    return [bar.strip() for bar in loop.split("|")]


def _turned(bars: Sequence[str], other: Sequence[str], rng: np.random.Generator) -> list[str]:
    """A round with another one in its third quarter, or in its second half."""
    size = len(other)
    rounds = len(bars) // size
    first = rounds // 2 * size
    stop = first + max(1, rounds // 4) * size if rng.random() < 0.6 else len(bars)
    return [other[i % size] if first <= i < stop else bar for i, bar in enumerate(bars)]


def _phrases(
    lines: Sequence[LinePlan], idiom: Idiom, mode: str, metre: str, rng: np.random.Generator
) -> tuple[str, ...]:
    memory: dict[tuple[int, str], list[str]] = {}
    found: list[str] = []
    for line in lines:
        known = memory.get((line.bars, line.cadence))
        if known and line.develops and rng.random() < 0.75:
            found += known
            continue
        bars = _phrase(line, idiom, mode, metre, found[-1].split()[-1] if found else "", rng)
        memory[line.bars, line.cadence] = bars
        found += bars
    return tuple(found)


def _phrase(line: LinePlan, idiom: Idiom, mode: str, metre: str, before: str, rng: np.random.Generator) -> list[str]:
    """One line's bars, walked backwards from its cadence. ``before``: the chord before them, "" for none."""
    counts = _counts(line.bars, idiom, metre, rng)
    chords = [drawn(ENDS[mode][line.cadence], rng)]
    total = sum(counts)
    closing = line.cadence in ("closed", "deceptive") and total > 1
    while len(chords) < total:
        left = total - len(chords)
        if closing and len(chords) == 1 and rng.random() < 0.85:
            chords.append("V7" if rng.random() < 0.5 + idiom.sevenths / 2 else "V")
        elif closing and len(chords) == 2 and chords[1][:1] == "V" and left > 1 and rng.random() < idiom.sixfour:
            chords.append(TONIC[mode] + "64")
        elif left == 1 and not before:
            chords.append(TONIC[mode])
        else:
            chords.append(_moving_to(chords[-1], before if left == 1 else "", idiom, mode, rng))
    chords.reverse()
    chords = [_coloured(chord, idiom, mode, i, total, rng) for i, chord in enumerate(chords)]
    at, bars = 0, []
    for count in counts:
        bars.append(" ".join(dict.fromkeys(chords[at : at + count])) if count > 1 else chords[at])
        at += count
    return bars


def _counts(bars: int, idiom: Idiom, metre: str, rng: np.random.Generator) -> list[int]:
    """Chords in each bar: the last one holds one, the others as many as the idiom changes a bar."""
    most = 2 if metre not in ("3/4", "3/8", "2/4") else 1
    likely = min(0.85, max(0.0, idiom.changes - 0.75))
    return [2 if most == 2 and i + 1 < bars and rng.random() < likely else 1 for i in range(bars)]


def _moving_to(chord: str, before: str, idiom: Idiom, mode: str, rng: np.random.Generator) -> str:
    """A chord that leads to ``chord``; other than the one ``before``, where one is soon found."""
    found = _leading_to(chord, idiom, mode, rng)
    for _ in range(TRIED):
        if not before or before.removesuffix("7") != found.removesuffix("7"):
            break
        found = _leading_to(chord, idiom, mode, rng)
    return found


def _leading_to(chord: str, idiom: Idiom, mode: str, rng: np.random.Generator) -> str:
    if "/" in chord and not chord.endswith(
        "/7"
    ):  # a dominant of another degree: led to from home or from its own fifth
        return drawn(
            {TONIC[mode]: 3, "vi" if mode == "major" else "VI": 1, "ii" if mode == "major" else "iv": 0.7}, rng
        )
    plain = chord.replace("64", "").replace("7", "").replace("iiø", "iiø7") if chord != "V/7" else "V"
    table = BEFORE[mode].get(plain) or BEFORE[mode].get(chord) or {TONIC[mode]: 1}
    weights = {name: weight * (idiom.dominants if name.startswith("V7/") else 1.0) for name, weight in table.items()}
    if rng.random() < SAME and plain == TONIC[mode]:
        return chord
    return drawn(weights, rng)


def _coloured(chord: str, idiom: Idiom, mode: str, at: int, total: int, rng: np.random.Generator) -> str:
    if chord == "IV" and mode == "major" and 0 < at and rng.random() < idiom.borrowed:
        return "iv"
    plain = idiom.sevenths < JAZZ and chord not in ("ii", "vi", "iii")
    if at + 1 < total and chord in SEVENTH and not plain and rng.random() < idiom.sevenths:
        return SEVENTH[chord]
    if chord == "V" and at + 1 < total and rng.random() < idiom.sevenths:
        return "V7"
    return chord
