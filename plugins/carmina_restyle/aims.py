"""What a restyled tune is drawn toward: the source's lines in the mode, the metre and the plan of their new style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import LinePlan, Metre, SongPlan

from .contour import parsons
from .source import Source, SourceLine, SourceSection

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
ALIKE = 0.6  # share of a line's beginning that makes it another's with a new end
OWN_LAYOUT = 0.75  # strength from which the lines stand in the bars that the style gives them
OWN_CELLS = 0.3  # strength from which bars like the rhythms of the style
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_BARS, MOST_START = 12, 6.0


@dataclass(frozen=True, slots=True)
class Aim:
    """One line."""

    heights: tuple[int, ...]  # semitones above the tonic of the new mode, octave open
    lengths: tuple[float, ...]  # quarters, in the new metre


@dataclass(frozen=True, slots=True)
class Aims:
    """Of all tunes, by name and line; what the constraints of this package read in ``brief.options``."""

    lines: dict[tuple[str, int], Aim]
    strength: float  # 0 as it was .. 1 as the style has it


def tunes_of(source: Source, strophic: bool) -> list[list[int]]:
    """Which stanzas share a tune, as the melody writer groups them: those with the same words, and in a strophic song
    those of one kind and like shape."""
    groups: list[list[int]] = []
    for index in range(len(source.sections)):
        found = next((g for g in groups if _shares(source, g[0], index, strophic)), None)
        if found is None:
            groups.append([index])
        else:
            found.append(index)
    return groups


def _shares(source: Source, one: int, other: int, strophic: bool) -> bool:
    a, b = source.lyrics.sections[one], source.lyrics.sections[other]
    if [[s.text.lower() for s in x.syllables] for x in a.lines] == [
        [s.text.lower() for s in x.syllables] for x in b.lines
    ]:
        return True
    if not strophic or a.kind != b.kind or len(a.lines) != len(b.lines):
        return False
    counts = [(len(x.syllables), len(y.syllables)) for x, y in zip(a.lines, b.lines, strict=True)]
    return all(abs(m - n) <= max(2, m // 4) and m <= 2 * n <= 4 * m for m, n in counts)


def is_strophic(source: Source) -> bool:
    """Whether stanzas of the source are sung to one tune."""
    names = [section.melody for section in source.sections if section.melody]
    return len(set(names)) < len(names)


def name_of(number: int) -> str:
    """A, B, ..., AA: as the melody writer names tunes."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = LETTERS[rest] + letters
    return letters


def in_mode(height: int, old: str, new: str) -> int:
    """The same degree in another mode; what is no degree of the old one stays between its neighbours."""
    octave, degree = divmod(height, 12)
    if old == new:
        return height
    if degree in SCALES[old]:
        return 12 * octave + SCALES[new][SCALES[old].index(degree)]
    below = max(step for step in SCALES[old] if step < degree)
    return 12 * octave + SCALES[new][SCALES[old].index(below)] + 1


def aims_of(source: Source, plan: SongPlan, groups: Sequence[Sequence[int]], strength: float) -> Aims:
    """What each line of each tune is drawn toward."""
    old, new = source.score.metres[0], _metre(plan.metre)
    ratio = 1.0 if old.bar_ticks == new.bar_ticks else new.bar_ticks / old.bar_ticks
    found: dict[tuple[str, int], Aim] = {}
    for number, group in enumerate(groups):
        for at, line in enumerate(source.sections[group[0]].lines):
            heights = tuple(in_mode(h, source.score.keys[0].mode, plan.mode) for h in line.heights)
            found[name_of(number), at] = Aim(heights, tuple(ratio * length for length in line.lengths))
    return Aims(found, strength)


def planned(source: Source, drawn: SongPlan, groups: Sequence[Sequence[int]], strength: float) -> SongPlan:
    """The plan that the style drew, with the source's contours, ends and returns; and with its bars where the metre
    stays and the strength leaves them."""
    sections = []
    for section, group in zip(drawn.sections, groups, strict=True):
        own = source.sections[group[0]]
        lines = [_line(plan, at, own, source, drawn.mode) for at, plan in enumerate(section.lines)]
        if str(source.score.metres[0]) == drawn.metre and strength < OWN_LAYOUT:
            lines = _laid(lines, own, source)
        top = max(range(len(own.lines)), key=lambda n: max(own.lines[n].heights))
        cells = section.cells if strength >= OWN_CELLS else ()
        sections.append(replace(section, lines=tuple(lines), motif=None, climax=top + 1, cells=cells, register=0))
    return replace(drawn, sections=tuple(sections))


def _line(plan: LinePlan, at: int, section: SourceSection, source: Source, mode: str) -> LinePlan:
    own = section.lines[at]
    develops, how = _taken_up(section.lines, at)
    last = in_mode(own.heights[-1], source.score.keys[0].mode, mode) % 12
    end = SCALES[mode].index(last) + 1 if last in SCALES[mode] else 0
    contour = parsons(own.heights)[:90]
    return replace(plan, develops=develops, how=how, shift=0, end=end, motif="none", contour=contour)  # type: ignore[arg-type]


def _taken_up(lines: Sequence[SourceLine], at: int) -> tuple[int, str]:
    """Which earlier line this one repeats, from 1, and how."""
    own = lines[at].heights
    for number in range(at):
        other = lines[number].heights
        if own == other:
            return number + 1, "exact"
        same = next((i for i, (a, b) in enumerate(zip(own, other, strict=False)) if a != b), min(len(own), len(other)))
        if len(own) == len(other) and same >= ALIKE * len(own):
            return number + 1, "new end"
    return 0, "new"


def _laid(lines: Sequence[LinePlan], section: SourceSection, source: Source) -> list[LinePlan]:
    """The lines in the bars in which the source has them; as they are where those are no plan's."""
    bar = source.score.metres[0].bar_ticks / 480
    anchors, starts = [], []
    for own in section.lines:
        at = own.onsets[0]
        anchor = at // bar * bar
        if at - anchor > bar / 2 and own.onsets[-1] >= anchor + bar:  # a pickup to the next bar
            anchor += bar
        anchors.append(anchor)
        starts.append(round((at - anchor) * 4) / 4)
    end = section.lines[-1].onsets[-1] + section.lines[-1].lengths[-1]
    closes = anchors[-1] + max(1.0, -(-(end - anchors[-1]) // bar)) * bar
    bars = [round((b - a) / bar) for a, b in zip(anchors, [*anchors[1:], closes], strict=True)]
    if not all(1 <= n <= MOST_BARS for n in bars) or not all(abs(start) <= MOST_START for start in starts):
        return list(lines)
    return [replace(line, bars=n, start=s) for line, n, s in zip(lines, bars, starts, strict=True)]


def _metre(text: str) -> Metre:
    beats, unit = map(int, text.split("/"))
    return Metre(beats, unit)
