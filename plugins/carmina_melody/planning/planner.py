"""Draws the plan of a song: the words choose metre and pace, the seed everything else within the idiom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from carmina import LinePlan, SectionPlan, SongPlan

from ..assembly import copied
from ..learnt import tables
from ..passes.all import LinesHypothesis, RhythmHypothesis
from ..passes.piece import Frame, Piece, bar_units
from ..passes.vocabulary import UNITS_PER_QUARTER
from ..ranking import rhythm_merit, stress_fit
from ..tunes import Tune
from .cells import cells_of, syncopation
from .following import Guide
from .idioms import Idiom
from .motifs import EXACT, FREE, INVERSION, NEW_END, SEQUENCE, How
from .progressions import chords_of, drawn

if TYPE_CHECKING:
    from ..studio import Studio

STRESSED = 2.0  # merit of stresses that all stand on strong places, over those that never do
LAYOUTS = 6  # candidates for where the lines of a stretch stand
MERIT_SCALE = 0.03  # difference in merit that makes one e times likelier
LINE_NATS = 2.2  # a line: about what songs have
TEST_LINES = 4  # by which a metre is tried
DEGREES = (1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7, 7)  # by semitones above the tonic
DEVELOPED: Mapping[How, float] = {EXACT: 4.0, NEW_END: 3.0, SEQUENCE: 2.0, INVERSION: 0.6, FREE: 2.0}
REPEATED: Mapping[How, float] = {EXACT: 2.0, NEW_END: 1.5, SEQUENCE: 1.0, FREE: 1.5}  # lines whose words come back
Cadence = Literal["open", "closed", "deceptive"]
SHIFTS = (-2, -1, 1, 2, 3)
REGISTERS = {"chorus": 3, "prechorus": 1, "bridge": 2, "outro": -1}
DECEPTIVE = 0.08
LIKED = {"4/4": 0.0, "3/4": -0.06, "6/8": -0.1, "2/4": -0.12}  # log share in the corpus, a tenth of it


def words_chance(studio: Studio) -> np.random.Generator:
    """Chance that depends on the words alone, so that what it decides is theirs."""
    text = "\n".join(" ".join(s.text for s in line.syllables) for line in studio.lyrics.lines)
    return np.random.default_rng(list(hashlib.sha256(text.encode()).digest()[:8]))


def planned(studio: Studio) -> SongPlan:
    """The plan of a song to the studio's words."""
    idiom, chance = studio.idiom, words_chance(studio)
    low, high = idiom.pace
    pace = float(low * (high / low) ** chance.random())
    metre = studio.brief.metre or _metre(studio, pace)
    rng = np.random.default_rng([studio.brief.seed, 7])
    laid = _laid_out(studio, metre, pace)
    sections = [
        _section(studio, tune, frames, metre, chance, rng) for tune, frames in zip(studio.tunes, laid, strict=True)
    ]
    return SongPlan(metre, studio.mode, idiom.name, tuple(sections), round(pace, 3))


# ---- where the lines stand ----------------------------------------------------------------------------------------


def _metre(studio: Studio, pace: float) -> str:
    """The metre in which the words' stresses stand best, whatever the seed."""
    metres = studio.style.metres
    if len(metres) == 1:
        return metres[0]
    longest = max(studio.tunes, key=lambda tune: len(tune.lead.lines))
    blanks = [
        studio.blank(longest, 0, TEST_LINES, metre, Guide(studio.idiom, pace * UNITS_PER_QUARTER))
        for metre in metres
        for _ in range(2)
    ]
    laid = studio.run("lines", [LinesHypothesis(piece) for piece in blanks], [[0, 1, n] for n in range(len(blanks))])
    sung = studio.rhythm([piece for piece, _total in laid], [[0, 2, n] for n in range(len(blanks))])
    merits = [
        rhythm_merit(piece, total + plan) + LIKED.get(piece.grid.metres[-1], -0.2)
        for (piece, total), (_same, plan) in zip(sung, laid, strict=True)
    ]
    return blanks[int(np.argmax(merits))].grid.metres[-1]


def _laid_out(studio: Studio, metre: str, pace: float) -> list[list[Frame]]:
    """For every tune the frames of its lines, with their bars, from bar line 0 on.

    What is tried depends on the words alone; the seed draws among it, the better the likelier.
    """
    guide = Guide(studio.idiom, pace * UNITS_PER_QUARTER)
    stretches = [(t, first, last) for t, tune in enumerate(studio.tunes) for first, last in studio.stretches(tune)]
    many = 1 if studio.candidates == 1 else LAYOUTS
    blanks = [
        studio.blank(studio.tunes[t], first, last, metre, guide) for t, first, last in stretches for _ in range(many)
    ]
    seed = studio.brief.seed if many == 1 else 0
    seeds = [[seed, 1, t, first, n] for t, first, _last in stretches for n in range(many)]
    found = _laid(studio, blanks, seeds)
    merits_of = _layout_merits(studio, found, seeds, many)
    rng = np.random.default_rng([studio.brief.seed, 8])
    laid: list[list[Frame]] = [[] for _ in studio.tunes]
    for i, (t, _first, _last) in enumerate(stretches):
        merits = merits_of[i * many : (i + 1) * many]
        best = int(np.argmax(merits / MERIT_SCALE + rng.gumbel(size=many)))
        laid[t] += _after(found[i * many + best][0].frames, laid[t])
    return laid


def _laid(studio: Studio, blanks: Sequence[Piece], seeds: Sequence[Sequence[int]]) -> list[tuple[Piece, float]]:
    many = len(blanks) // max(1, len({tuple(seed[:-1]) for seed in seeds}))
    groups = [[LinesHypothesis(piece) for piece in blanks[i : i + many]] for i in range(0, len(blanks), many)]
    chances = [list(seeds[i : i + many]) for i in range(0, len(seeds), many)]
    return [pair for walked in studio.walk("lines", groups, chances) for pair in walked]


def _layout_merits(
    studio: Studio, found: Sequence[tuple[Piece, float]], seeds: Sequence[Sequence[int]], many: int
) -> np.ndarray:
    """(N,) how well each layout stands: square and likely, and with stresses on strong places once a rhythm is
    tried on it."""
    own = np.array([_layout_merit(*pair) for pair in found])
    if many == 1:
        return own
    tried = [RhythmHypothesis(copied(piece)) for piece, _total in found]
    groups = [tried[i : i + many] for i in range(0, len(tried), many)]
    chances = [[[*seed, 1] for seed in seeds[i : i + many]] for i in range(0, len(seeds), many)]
    sung = [piece for walked in studio.walk("rhythm", groups, chances) for piece, _total in walked]
    return own + [STRESSED * min(0.85, stress_fit(piece.frames, piece)) for piece in sung]


def _layout_merit(piece: Piece, total: float) -> float:
    bar = bar_units(piece.grid.metres[-1])
    bars = [(f.next_anchor - f.anchor) // bar for f in piece.frames]
    square = sum(bars) % 2 + (len(bars) > 2 and sum(bars) % 4 > 0) * 0.5
    return -abs(total / len(bars) + LINE_NATS) * 0.3 - 0.5 * square - 0.4 * float(np.std(np.log2(bars)))


def _after(frames: Sequence[Frame], before: Sequence[Frame]) -> list[Frame]:
    """The frames of a stretch moved to where the one before ends; answers stay within it."""
    shift, offset = (before[-1].next_anchor, len(before)) if before else (0, 0)
    for frame in frames:
        frame.anchor, frame.start = frame.anchor + shift, frame.start + shift
        frame.stop, frame.next_anchor = frame.stop + shift, frame.next_anchor + shift
        frame.reference += offset if frame.reference >= 0 else 0
    return list(frames)


# ---- one section --------------------------------------------------------------------------------------------------


def _section(
    studio: Studio,
    tune: Tune,
    frames: Sequence[Frame],
    metre: str,
    words: np.random.Generator,
    rng: np.random.Generator,
) -> SectionPlan:
    idiom, mode, bar = studio.idiom, studio.mode, bar_units(metre)
    closes = len(studio.lyrics.sections) - 1 in tune.members
    closed = closes or rng.random() < idiom.closed
    lines = tuple(
        _line(frame, bar, idiom, mode, rng, last=i + 1 == len(frames), closed=closed, closes=closes)
        for i, frame in enumerate(frames)
    )
    syllables = sum(1 + s.extra_notes for f in frames for s in f.syllables) / max(1, sum(line.bars for line in lines))
    cells = cells_of(idiom, metre, syllables / 0.85, words, rng)
    chords = () if studio.given_chords else chords_of(lines, idiom, mode, metre, rng)
    lift = REGISTERS.get(tune.lead.kind, 0) if any(t.lead.kind != tune.lead.kind for t in studio.tunes) else 0
    return SectionPlan(tune.name, lines, chords, cells, syncopation(cells, metre), lift, _climax(len(lines), rng))


def _line(
    frame: Frame, bar: int, idiom: Idiom, mode: str, rng: np.random.Generator, *, last: bool, closed: bool, closes: bool
) -> LinePlan:
    develops = frame.reference + 1
    how: How = "new"
    if develops:
        how = drawn(REPEATED if frame.repeat_back else DEVELOPED, rng)
    shift = int(rng.choice(SHIFTS)) if how in (SEQUENCE, INVERSION) else 0
    cadence, end = _ending(frame, idiom, mode, rng, last=last, closed=closed, closes=closes)
    breath = 0.25 if not last and rng.random() < 0.4 else 0.5
    return LinePlan(
        (frame.next_anchor - frame.anchor) // bar,
        (frame.start - frame.anchor) / UNITS_PER_QUARTER,
        develops,
        how,
        shift,
        cadence,
        end,
        breath,
    )


def _ending(
    frame: Frame, idiom: Idiom, mode: str, rng: np.random.Generator, *, last: bool, closed: bool, closes: bool
) -> tuple[Cadence, int]:
    """Cadence, and the degree that the line ends on: as often as people's lines do, by idiom at the very end."""
    if last and closes:
        return "closed", int(rng.choice((1, 3, 5), p=np.array(idiom.final) / sum(idiom.final)))
    ends = tables()["ends"]
    place = "close" if last and sum(ends.get(f"{idiom.genre} {mode} close", {}).values()) > 40 else "inner"
    counts = ends.get(f"{idiom.genre} {mode} {place}") or ends[f"art {mode} {place}"]
    degree = DEGREES[int(drawn(counts, rng))]
    if last and closed:
        return "closed", 1 if rng.random() < 0.7 else (3 if rng.random() < 0.5 else 5)
    if rng.random() < DECEPTIVE and (frame.lines_left == 1 or last):
        return "deceptive", 1 if rng.random() < 0.6 else 3
    if degree == 1 and frame.line % 2 and rng.random() < 0.6:
        return "closed", 1
    return "open", degree


def _climax(lines: int, rng: np.random.Generator) -> int:
    """Mostly in the third quarter, as in people's songs (Eitan 1997)."""
    if lines < 2:
        return 0
    along = min(0.99, float(rng.beta(4, 2.2)))
    return 1 + int(along * lines)
