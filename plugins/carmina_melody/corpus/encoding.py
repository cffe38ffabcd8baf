"""A corpus song -> the steps of its four passes, by walking it with the hypotheses that write new songs."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import numpy as np

from carmina import Line, Lyrics, Note, Score, Section

from ..passes.all import ChordHypothesis, LinesHypothesis, PassHypothesis, PitchHypothesis, RhythmHypothesis, slots
from ..passes.piece import Frame, Grid, Piece, Sung, frames_of, language_class
from ..passes.vocabulary import (
    CHORD,
    FIELD_SIZES,
    GENRES,
    HIGHEST,
    LENGTHS,
    LOWEST,
    MAX_BACK,
    MAX_SPAN,
    MAX_START,
    MELISMA,
    NOTE,
    PHASE,
    PITCH,
    REFERENCE,
    REST,
    SPAN,
    START,
    START_STEP,
    TICKS_PER_UNIT,
    length_index,
    rest_indices,
)
from .chord_labels import label_slots
from .songs import Song

ALIKE = 0.5  # share of a line's time in the same pitch that makes it an answer
STANZA_REST = 30  # units of silence that end a stanza in the corpus


@dataclass
class Steps:
    """One pass: rows of fields and the id chosen at each."""

    task: int
    rows: np.ndarray  # (T, F) int16; field 0 is the id before
    chosen: np.ndarray  # (T,) int16


def steps_of(song: Song) -> list[Steps]:
    """The passes of one song: lines, rhythm, chords where they are known, pitches."""
    notes = _lines_of_notes(song)
    if not notes:
        return []
    truth = _truth(song, notes)
    chords = label_slots(song, slots(truth))
    return [
        _lines_steps(truth),
        _rhythm_steps(truth),
        *([_chord_steps(truth, chords)] if chords else []),
        _pitch_steps(truth, chords),
    ]


def _lines_of_notes(song: Song) -> list[list[Note]]:
    lines: list[list[Note]] = [[]]
    for note in song.score.sung_notes:
        if note.syllable and lines[-1] and any(n.syllable and n.syllable.ends_line for n in lines[-1]):
            lines.append([])
        lines[-1].append(note)
    return [line for line in lines if line and line[0].syllable]


def _units(ticks: int) -> int:
    return round(ticks / TICKS_PER_UNIT)


def _truth(song: Song, lines: list[list[Note]]) -> Piece:
    """The piece with everything filled in."""
    grid = grid_of(song.score)
    frames = frames_of(_lyrics(lines))
    base = tonic_below(song.score.keys[0].tonic, [n.pitch for line in lines for n in line])
    for frame, line in zip(frames, lines, strict=True):
        frame.notes = _sung(line, base)
        frame.start = frame.notes[0].onset
        frame.anchor = anchor_of(grid, frame.start)
    close_lines(frames, grid)
    for i, frame in enumerate(frames):
        frame.reference = answered(frames, i)
    key = song.score.keys[0]
    return Piece(frames, grid, key.mode, GENRES.index(song.genre), language_class(song.language))


def grid_of(score: Score) -> Grid:
    """The bar lines of a score, in units."""
    metres, at, onsets, names = list(score.metres), 0, [], []
    end = score.end_ticks
    while at <= end:
        while len(metres) > 1 and metres[1].onset_ticks <= at:
            metres.pop(0)
        onsets.append(_units(at))
        names.append(str(metres[0]))
        at += score.pickup_ticks if at == 0 and score.pickup_ticks else metres[0].bar_ticks
    if score.pickup_ticks:  # an incomplete first bar is the end of a whole one before time began
        onsets[0] = onsets[1] - metres[0].bar_ticks // TICKS_PER_UNIT if len(onsets) > 1 else onsets[0]
    return Grid(onsets, names)


def _lyrics(lines: list[list[Note]]) -> Lyrics:
    """The lines in stanzas cut at long rests."""
    stanzas: list[list[Line]] = [[]]
    last_end = None
    for line in lines:
        if stanzas[-1] and last_end is not None and _units(line[0].onset_ticks) - last_end >= STANZA_REST:
            stanzas.append([])
        stanzas[-1].append(Line(tuple(n.syllable for n in line if n.syllable)))
        last_end = _units(line[-1].end_ticks)
    return Lyrics(tuple(Section(tuple(stanza)) for stanza in stanzas))


def tonic_below(tonic: int, pitches: list[int]) -> int:
    """The tonic at or below the median pitch."""
    median = int(statistics.median(pitches))
    return median - (median - tonic) % 12


def _sung(line: list[Note], base: int) -> list[Sung]:
    out, syllable = [], -1
    for note in line:
        syllable += note.syllable is not None
        onset, stop = _units(note.onset_ticks), _units(note.end_ticks)
        pitch = max(LOWEST, min(HIGHEST, note.pitch - base))
        out.append(Sung(onset, max(1, stop - onset), syllable, note.continues, pitch))
    return out


def anchor_of(grid: Grid, start: int) -> int:
    """The bar line nearest to a line's start: before it in the first half of the bar, else after it (a pickup)."""
    onset, length, _metre = grid.bar(start)
    return onset if (start - onset) * 2 < length else onset + length


def close_lines(frames: list[Frame], grid: Grid) -> None:
    """Each line lasts until the next; the last one to the end of its bar."""
    for frame, following in zip(frames, frames[1:], strict=False):
        frame.stop, frame.next_anchor = following.start, following.anchor
    last = frames[-1].notes[-1]
    onset, length, _metre = grid.bar(max(last.onset, last.onset + last.length - 1))
    frames[-1].stop = frames[-1].next_anchor = max(onset + length, frames[-1].anchor + 1)


def answered(frames: list[Frame], index: int) -> int:
    """The earlier line whose music this one is most like, -1 when none is like enough; the nearest wins a tie."""
    best, found = ALIKE, -1
    mine = _track(frames[index])
    for other in range(index - 1, max(-1, index - 1 - MAX_BACK), -1):
        theirs = _track(frames[other])
        alike = sum(theirs.get(at) == pitch for at, pitch in mine.items()) / max(len(mine), len(theirs), 1)
        if alike > best:
            best, found = alike, other
    return found


def _track(frame: Frame) -> dict[int, int]:
    """Pitch at every eighth of a line, from its first bar line."""
    return {
        at - frame.anchor: note.height
        for note in frame.notes
        for at in range(note.onset + (-(note.onset - frame.anchor)) % 6, note.onset + note.length, 6)
    }


def _blank(truth: Piece) -> Piece:
    frames = [Frame(f.syllables, f.line, f.lines_left, f.rhyme_back, f.repeat_back) for f in truth.frames]
    return Piece(frames, truth.grid, truth.mode, truth.genre, truth.language)


def _record(hypothesis: PassHypothesis, chosen: int, rows: list, ids: list[int]) -> None:
    rows.append([ids[-1] if ids else START, *hypothesis.context()])
    ids.append(chosen)
    hypothesis.take(chosen)


def _steps(task: int, rows: list, ids: list[int]) -> Steps:
    table = np.array(rows, dtype=np.int16).reshape(len(rows), len(FIELD_SIZES))
    assert (table < np.array(FIELD_SIZES)).all() and (table >= 0).all(), np.argwhere(table >= np.array(FIELD_SIZES))[:3]
    return Steps(task, table, np.array(ids, dtype=np.int16))


def _lines_steps(truth: Piece) -> Steps:
    piece = _blank(truth)
    rows: list[list[int]] = []
    ids: list[int] = []
    hypothesis = LinesHypothesis(piece, truth.frames[0].anchor)
    for i, frame in enumerate(truth.frames):
        back = i - frame.reference if frame.reference >= 0 else 0
        phase = round((frame.start - frame.anchor) / START_STEP)
        span = truth.grid.bars_between(frame.anchor, frame.next_anchor)
        hypothesis.anchor = frame.anchor
        _record(hypothesis, REFERENCE + min(back, MAX_BACK), rows, ids)
        _record(hypothesis, PHASE + MAX_START + max(-MAX_START, min(MAX_START, phase)), rows, ids)
        _record(hypothesis, SPAN + max(0, min(MAX_SPAN, span)), rows, ids)
    return _steps(0, rows, ids)


def _planned(truth: Piece) -> Piece:
    """The piece after the lines pass."""
    piece = _blank(truth)
    for frame, true in zip(piece.frames, truth.frames, strict=True):
        for name in ("reference", "anchor", "start", "stop", "next_anchor"):
            setattr(frame, name, getattr(true, name))
    return piece


def _rhythm_steps(truth: Piece) -> Steps:
    piece = _planned(truth)
    rows: list[list[int]] = []
    ids: list[int] = []
    hypothesis = RhythmHypothesis(piece)
    for frame in truth.frames:
        hypothesis.finish_line(frame.start)
        for note in frame.notes:
            _rest_until(hypothesis, note.onset, rows, ids)
            index = length_index(note.length)
            _record(hypothesis, (MELISMA if note.continues else NOTE) + index, rows, ids)
            hypothesis.now = note.onset + note.length
        if frame.stop - hypothesis.now >= LENGTHS[0]:
            _rest_until(hypothesis, frame.stop, rows, ids)
    return _steps(1, rows, ids)


def _rest_until(hypothesis: RhythmHypothesis, at: int, rows: list, ids: list[int]) -> None:
    for index in rest_indices(min(at - hypothesis.now, 4 * 96)):
        _record(hypothesis, REST + index, rows, ids)
    hypothesis.now = at


def _chord_steps(truth: Piece, chords: dict[int, int]) -> Steps:
    piece = _planned(truth)
    rows: list[list[int]] = []
    ids: list[int] = []
    hypothesis = ChordHypothesis(piece)
    last = 0
    while not hypothesis.done:
        last = chords.get(hypothesis.slots[hypothesis.at], last)
        _record(hypothesis, CHORD + last, rows, ids)
    return _steps(2, rows, ids)


def _pitch_steps(truth: Piece, chords: dict[int, int]) -> Steps:
    piece = _planned(truth)
    rows: list[list[int]] = []
    ids: list[int] = []
    for frame, true in zip(piece.frames, truth.frames, strict=True):
        frame.notes = [Sung(n.onset, n.length, n.syllable, n.continues) for n in true.notes]
    piece.chords = chords
    hypothesis = PitchHypothesis(piece)
    pitches = [note.height for frame in truth.frames for note in frame.notes]
    for pitch in pitches:
        _record(hypothesis, PITCH + pitch - LOWEST, rows, ids)
    return _steps(3, rows, ids)
