"""Where the lines of a song stand: the metre and the layouts that the words suggest, and which of these the seed takes.

What is tried depends on the words alone, so that where seeds differ, they differ among what suits the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from carmina import Lyrics

from ..assembly import copied
from ..passes.all import LinesHypothesis, RhythmHypothesis
from ..passes.lines import needed, roomy
from ..passes.piece import Frame, Piece, bar_units, beat_units, frames_of
from ..passes.vocabulary import START_STEP, UNITS_PER_QUARTER, Mode
from ..ranking import ARRIVING, landed, rhythm_merit, stress_fit
from .chances import drawn, words_chance
from .following import Guide

if TYPE_CHECKING:
    from ..studio import Studio

STRESSED = 2.0  # merit of stresses that all stand on strong places, over those that never do
LAYOUTS = 6  # candidates for where the lines of a stretch stand
MERIT_SCALE = 0.08  # difference in merit that makes one e times likelier
FREE = 2  # layouts of a stretch whose lines begin where the network has them
UNUSUAL = 0.1  # merit that a layout loses whose lines begin where the idiom has them
LINE_NATS = 2.2  # a line: about what songs have
TEST_LINES = 4  # by which a metre is tried
LIKED = {"4/4": 0.0, "3/4": -0.06, "6/8": -0.1, "2/4": -0.12}  # log share in the corpus, a tenth of it
BREADTH = {"chorus": 1.2, "bridge": 1.1, "outro": 1.1}  # quarters a syllable of a section over those of the song
RUSHED_CHORUS = 1.5  # merit that a chorus loses which is twice as quick as the verses
UNEVEN = 0.4  # merit that lines lose which all begin in different places of the bar
PACES = 24  # that are tried within an idiom's
COMPOUND = 0.75  # of the usual pace that syllables of dotted beats have
STRAYED = 0.15  # squared octaves of unfilled phrases that a pace twice or half the wished one must save
SHORT = 1.7  # times as unwelcome is a phrase that is too short for its line
CROWDED = 1.0  # merit that lines lose which have half of the time that they need

Stretch = tuple[int, int, int]  # which tune, its first line, after its last


@dataclass(frozen=True, slots=True)
class Layouts:
    """Where the lines of all tunes stand."""

    frames: list[list[Frame]]  # of each tune, from bar line 0 on, as the seed takes them
    usual: list[tuple[Stretch, Piece]]  # what the words alone suggest, with a rhythm; empty where only one was tried


def metre_of(studio: Studio, pace: float, mode: Mode) -> str:
    """The metre in which the words' stresses stand best, whatever the seed."""
    metres = studio.style.metres
    if len(metres) == 1:
        return metres[0]
    longest = max(studio.tunes, key=lambda tune: len(tune.lead.lines))
    blanks = [
        _blank(studio, (studio.tunes.index(longest), 0, TEST_LINES), metre, pace, mode)
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


def fitted_pace(studio: Studio, metre: str, wished: float) -> float:
    """The pace near ``wished``, within the idiom's, at which most lines fill whole phrases; quarters a syllable."""
    low, high = studio.idiom.pace
    if beat_units(metre) % UNITS_PER_QUARTER:  # in 6/8 the short syllables are eighths, whatever the pace
        low, wished = COMPOUND * low, COMPOUND * wished
    paces = np.geomspace(low, high, PACES)
    lines = [
        (frame, BREADTH.get(tune.lead.kind, 1.0) if contrasted(studio) else 1.0)
        for tune in studio.tunes
        for frame in frames_of(Lyrics((tune.lead,), studio.lyrics.language))
    ]
    unfilled = np.mean([[_unfilled(frame, pace * broad, metre) for pace in paces] for frame, broad in lines], axis=0)
    return float(paces[int(np.argmin(unfilled + STRAYED * np.log2(paces / wished) ** 2))])


def _unfilled(frame: Frame, pace: float, metre: str) -> float:
    """By how many octaves a line at a pace (quarters a syllable) misses a phrase of 1, 2, 4 or 8 bars; squared, and
    more where the phrase is too short for it."""
    bars = roomy(frame, pace * UNITS_PER_QUARTER, metre) / bar_units(metre)
    short = np.log2(bars / np.array((1, 2, 4, 8)))
    return float((np.where(short > 0, SHORT, 1.0) * short**2).min())


def laid_out(studio: Studio, metre: str, pace: float, mode: Mode) -> Layouts:
    """For every tune the frames of its lines, with their bars.

    The seed draws among the layouts of a stretch, the better the likelier; which line takes up which is the words'.
    """
    stretches = [(t, first, last) for t, tune in enumerate(studio.tunes) for first, last in studio.stretches(tune)]
    many = 1 if studio.candidates == 1 else LAYOUTS
    heads = _heads(studio, metre, many)
    blanks = [_blank(studio, stretch, metre, pace, mode, head) for stretch in stretches for head in heads]
    seed = studio.brief.seed if many == 1 else 0
    seeds = [[seed, 1, t, first, n] for t, first, _last in stretches for n in range(many)]
    found = _walked(studio, "lines", [LinesHypothesis(piece) for piece in blanks], seeds, many)
    merits = np.array([_merit(*pair) for pair in found])
    sung: list[Piece] = []
    if many > 1:
        tried = [RhythmHypothesis(copied(piece)) for piece, _total in found]
        sung = [piece for piece, _ in _walked(studio, "rhythm", tried, [[*seed, 1] for seed in seeds], many)]
        merits = merits + [
            STRESSED * min(0.85, stress_fit(piece.frames, piece)) + ARRIVING * min(0.85, landed(piece))
            for piece in sung
        ]
    pieces = [piece for piece, _total in found]
    chosen, usual = _chosen(studio, stretches, pieces, merits, many)
    frames: list[list[Frame]] = [[] for _ in studio.tunes]
    for (t, _first, _last), index, model in zip(stretches, chosen, usual, strict=True):
        own = pieces[index].frames
        for frame, like in zip(own, pieces[model].frames, strict=True):
            frame.reference = like.reference
        frames[t] += _after(own, frames[t])
    _leave_room(frames, stretches)
    return Layouts(frames, [(s, sung[i]) for s, i in zip(stretches, usual, strict=True)] if sung else [])


def _leave_room(frames: Sequence[Sequence[Frame]], stretches: Sequence[Stretch]) -> None:
    """A pickup takes at most a third of the line that it follows: at the start of a tune, of any tune's last line."""
    ends = [tune[-1] for tune in frames]
    for t, first, _last in stretches:
        before = [frames[t][first - 1]] if first else ends
        most = min((frame.next_anchor - frame.start) // 3 for frame in before) // START_STEP * START_STEP
        frames[t][first].start = max(frames[t][first].start, frames[t][first].anchor - most)


def _heads(studio: Studio, metre: str, many: int) -> list[float | None]:
    """Where the lines' first stresses should stand in each of so many layouts: in most where the idiom has them, by
    chance of the words."""
    starts = studio.idiom.starts
    if many <= FREE or not starts or metre != "4/4":
        return [None] * many
    rng = words_chance(studio, 9)
    return [None if number < FREE else float(drawn(starts, rng)) for number in range(many)]


def _blank(studio: Studio, stretch: Stretch, metre: str, pace: float, mode: Mode, head: float | None = None) -> Piece:
    tune = studio.tunes[stretch[0]]
    broad = BREADTH.get(tune.lead.kind, 1.0) if contrasted(studio) else 1.0
    guide = Guide(studio.idiom, pace * broad * UNITS_PER_QUARTER, head=head)
    return replace(studio.blank(tune, *stretch[1:], metre, guide), mode=mode)


def contrasted(studio: Studio) -> bool:
    """Whether the song has sections of more than one kind."""
    return len({tune.lead.kind for tune in studio.tunes}) > 1


def _walked(
    studio: Studio,
    task: str,
    hypotheses: Sequence[LinesHypothesis] | Sequence[RhythmHypothesis],
    seeds: Sequence[Sequence[int]],
    many: int,
) -> list[tuple[Piece, float]]:
    groups = [list(hypotheses[i : i + many]) for i in range(0, len(hypotheses), many)]
    chances = [list(seeds[i : i + many]) for i in range(0, len(seeds), many)]
    return [pair for walked in studio.walk(task, groups, chances) for pair in walked]


def _merit(piece: Piece, total: float) -> float:
    """How well a layout stands: square and likely, its lines beginning alike."""
    bar = bar_units(piece.grid.metres[-1])
    bars = [(f.next_anchor - f.anchor) // bar for f in piece.frames]
    square = sum(bars) % 2 + (len(bars) > 2 and sum(bars) % 4 > 0) * 0.5
    starts = Counter((f.start - f.anchor) % bar for f in piece.frames)
    uneven = 1 - starts.most_common(1)[0][1] / len(bars)
    spread = 0.4 * float(np.std(np.log2(bars)))
    wished = piece.guide is not None and piece.guide.head is not None
    untypical = (
        UNUSUAL if wished else abs(total / len(bars) + LINE_NATS) * 0.3
    )  # the idiom's habit is not the network's
    return -untypical - 0.5 * square - spread - UNEVEN * uneven - CROWDED * _crowded(piece)


def _crowded(piece: Piece) -> float:
    """By how many octaves the lines' time falls short of what their syllables and their ends need; the mean and the
    worst."""
    guide, metre = piece.guide, piece.grid.metres[-1]
    assert guide is not None
    short = [
        max(0.0, float(np.log2(roomy(frame, guide.pace, metre) / max(1, frame.stop - frame.start))))
        for frame in piece.frames
    ]
    return float(np.mean(short)) + 0.5 * max(short)


def _chosen(
    studio: Studio, stretches: Sequence[Stretch], pieces: Sequence[Piece], merits: np.ndarray, many: int
) -> tuple[list[int], list[int]]:
    """Of each stretch the layout that the seed takes, and the one that the words alone would: indices of pieces.

    Choruses come last, since they should not be quicker than the verses that they answer.
    """
    rng = np.random.default_rng([studio.brief.seed, 8])
    noise = rng.gumbel(size=len(pieces))
    kinds = [studio.tunes[t].lead.kind for t, _first, _last in stretches]
    paces = [_pace(piece) for piece in pieces]
    found: list[dict[int, int]] = [{}, {}]
    for who, scores in enumerate((merits / MERIT_SCALE + noise, merits / MERIT_SCALE)):
        verses: list[float] = []
        for chorus in (False, True):
            for i, kind in enumerate(kinds):
                if (kind == "chorus") != chorus:
                    continue
                own = np.array(scores[i * many : (i + 1) * many])
                if chorus and verses:
                    quick = np.log2(np.mean(verses) / np.array(paces[i * many : (i + 1) * many]))
                    own -= RUSHED_CHORUS / MERIT_SCALE * np.maximum(0, quick)
                best = i * many + int(np.argmax(own))
                found[who][i] = best
                if kind == "verse":
                    verses.append(paces[best])
    return [found[0][i] for i in range(len(kinds))], [found[1][i] for i in range(len(kinds))]


def _pace(piece: Piece) -> float:
    """Units that a note has on the average."""
    return (piece.frames[-1].next_anchor - piece.frames[0].anchor) / sum(needed(frame) for frame in piece.frames)


def _after(frames: Sequence[Frame], before: Sequence[Frame]) -> list[Frame]:
    """The frames of a stretch moved to where the one before ends; answers stay within it."""
    shift, offset = (before[-1].next_anchor, len(before)) if before else (0, 0)
    for frame in frames:
        frame.anchor, frame.start = frame.anchor + shift, frame.start + shift
        frame.stop, frame.next_anchor = frame.stop + shift, frame.next_anchor + shift
        frame.reference += offset if frame.reference >= 0 else 0
    return list(frames)
