"""Writes some bars of a song again and leaves the rest as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from carmina import BadOption, Brief, EditBrief, Score, Workshop, Writer

from ..assembly import copied
from ..passes.all import PitchHypothesis
from ..passes.piece import FrameSyllable, Piece, Sung
from ..ranking import PITCH_NATS, RHYTHM_NATS, pitch_merit, rhythm_merit
from ..studio import Studio, rules_for
from .choosing import MOST_ALTERNATIVES, Measure, Setting, apart, different, new_notes, unlikely
from .distance import Heard, distance, melodic_distance
from .existing import cut
from .hypotheses import EditedRhythm
from .merging import merged, repitched
from .stretches import Stretch, agenda
from .task import Task, one_line, understood
from .underlaying import under

CANDIDATES = 16
RHYTHMS = 4  # that get tunes
ROUNDS = 3


class VaryWriter(Writer):
    """A song with some bars written again; all notes that are not wholly inside these bars stay as they are."""

    name = "vary"
    summary = "writes some bars of a song again and keeps the rest"
    takes, gives = "EditBrief", "Score"

    def write(self, brief: EditBrief, workshop: Workshop) -> Score:
        """The best setting; same brief, same model: same score."""
        return self.alternatives(brief, workshop, 1)[0]

    def alternatives(self, brief: EditBrief, workshop: Workshop, many: int) -> list[Score]:
        """So many songs whose bars lie at least ``DIFFERENT`` from each other and from the old ones, the best first.

        Where the locks leave too little room for that, those that lie farthest apart; never two that are the same.
        """
        if not 1 <= many <= MOST_ALTERNATIVES:
            raise BadOption("--alternatives", many, f"1 to {MOST_ALTERNATIVES}")
        task = understood(brief, workshop)
        chosen = different(_settings(brief, task, workshop, many), old_notes(task), many, _measure(task))
        everywhere = brief.everywhere and "notes" not in task.locks
        merge = repitched if "rhythm" in task.locks else merged
        return [merge(task.song, task.stretches, setting.piece, task.first, everywhere) for setting in chosen]


def _settings(brief: EditBrief, task: Task, workshop: Workshop, many: int) -> list[Setting[Piece]]:
    """Many ways, until enough of them differ or the rounds are over."""
    count = max(brief.candidates or CANDIDATES, 2 * many if many > 1 else 1)
    style = workshop.get("style", brief.style)
    if "notes" in task.locks:
        return [_underlaid(task)]
    as_read = cast(Brief, brief)  # a studio over no tunes reads only what both briefs have
    studio = Studio(
        as_read, style, workshop, one_line(task.song.lines[0].syllables), [], rules_for(brief, style, workshop)
    )
    found: list[Setting[Piece]] = []
    for turn in range(ROUNDS):
        found += _round(studio, task, count, turn)
        workshop.progress((turn + 1) / ROUNDS, "bars")
        if len(apart(found, old_notes(task), many, _measure(task))) >= many:
            break
    return found


def _round(studio: Studio, task: Task, count: int, turn: int) -> list[Setting[Piece]]:
    salt = 100 + 10 * turn
    rhythms = _rhythms(studio, task, count, salt)
    pieces = [copied(rhythms[n * len(rhythms) // count]) for n in range(count)]
    if "pitches" in task.locks:
        return [_setting(_with_old_pitches(task, piece), task, 0.0) for piece in pieces]
    sung = studio.run("pitches", [PitchHypothesis(piece) for piece in pieces], studio.brief.seed, salt + 5)
    lacks = unlikely([total for _piece, total in sung], task.syllables)
    return [_setting(piece, task, lack) for (piece, _total), lack in zip(sung, lacks, strict=True)]


def _rhythms(studio: Studio, task: Task, count: int, salt: int) -> list[Piece]:
    """Different rhythms for the stretches, the best first; the old one where it is locked."""
    base = _surroundings(task)
    if "rhythm" in task.locks:
        return [base]
    hypotheses = [
        EditedRhythm(_fresh(copied(base), task, number), _agendas(task), "pitches" in task.locks)
        for number in range(count)
    ]
    sung = studio.run("rhythm", hypotheses, studio.brief.seed, salt)
    lacks = unlikely([total for _piece, total in sung], task.syllables)
    merits = [_rhythm_merit(piece, task) + 0.6 * lack for (piece, _total), lack in zip(sung, lacks, strict=True)]
    kept: dict[tuple, Piece] = {}
    for piece in (sung[n][0] for n in sorted(range(len(sung)), key=lambda n: -merits[n])):
        kept.setdefault(
            tuple((n.onset, n.length, n.continues) for f in piece.frames for n in f.notes if not n.fixed), piece
        )
    return list(kept.values())[:RHYTHMS]


def _surroundings(task: Task) -> Piece:
    """The lines around the stretches: with their rhythm where it is locked, else still without notes."""
    piece = cut(task.song.piece, task.first, task.stop)
    for number, frame in enumerate(piece.frames):
        line = task.song.lines[task.first + number]
        if "rhythm" in task.locks:
            for index, note in zip(line.notes, frame.notes, strict=True):
                if index in task.replaced:
                    note.fixed, note.pitch = False, None
        else:
            frame.notes = []
            if "pitches" in task.locks:
                frame.syllables = _owing(task, task.first + number, frame.syllables)
    return piece


def _owing(task: Task, number: int, syllables: list[FrameSyllable]) -> list[FrameSyllable]:
    """The line's syllables, each owing the further notes that it has now inside the stretch or before it."""
    line, frame = task.song.lines[number], task.song.piece.frames[number]
    last = max((n for n, index in enumerate(line.notes) if index in task.replaced), default=-1)
    extra = [0] * len(syllables)
    for note in frame.notes[: last + 1]:
        extra[note.syllable] += note.continues
    return [s._replace(extra_notes=owed) for s, owed in zip(syllables, extra, strict=True)]


def _fresh(piece: Piece, task: Task, number: int) -> Piece:
    """Every other candidate forgets which older line a rewritten one answers."""
    if number % 2:
        for stretch in task.stretches:
            piece.frames[stretch.line - task.first].reference = -1
    return piece


def _agendas(task: Task) -> list[list[Sung | Stretch]]:
    own: dict[int, list[Stretch]] = {}
    for stretch in task.stretches:
        own.setdefault(stretch.line, []).append(stretch)
    return [agenda(task.song.piece.frames[n], task.song.lines[n], own.get(n, ())) for n in range(task.first, task.stop)]


def _touched(piece: Piece, task: Task) -> Piece:
    wanted = sorted({s.line - task.first for s in task.stretches})
    return replace(piece, frames=[piece.frames[n] for n in wanted])


def _rhythm_merit(piece: Piece, task: Task) -> float:
    own = _touched(piece, task)
    return rhythm_merit(own, -RHYTHM_NATS * sum(len(f.syllables) for f in own.frames))


def _setting(piece: Piece, task: Task, likelihood: float) -> Setting[Piece]:
    own = _touched(piece, task)
    notes = sum(len(frame.notes) for frame in own.frames)
    merit = (
        pitch_merit(own, -PITCH_NATS * notes, [False] * len(own.frames))
        + 0.5 * likelihood
        + 0.5 * _rhythm_merit(piece, task)
    )
    return Setting(merit, piece, new_notes(piece))


def _with_old_pitches(task: Task, piece: Piece) -> Piece:
    notes, base = task.song.score.sung_notes, task.song.base
    old = [notes[i].pitch - base for s in task.stretches for i in s.replaced]
    free = [note for frame in piece.frames for note in frame.notes if not note.fixed]
    for note, pitch in zip(free, old, strict=True):
        note.pitch = pitch
    _close_gaps_in_words(piece)
    return piece


def _close_gaps_in_words(piece: Piece) -> None:
    """A word that would be broken by silence is held."""
    for frame in piece.frames:
        for note, following in zip(frame.notes, frame.notes[1:], strict=False):
            mid = (
                following.continues
                or frame.syllables[note.syllable].word in (3, 4, 5, 6)
                and following.syllable > note.syllable
            )
            if mid and not note.fixed:
                note.length = following.onset - note.onset


def _underlaid(task: Task) -> Setting[Piece]:
    """New words under the notes as they are."""
    piece = cut(task.song.piece, task.first, task.stop)
    for stretch in task.stretches:
        frame, line = piece.frames[stretch.line - task.first], task.song.lines[stretch.line]
        own = [note for index, note in zip(line.notes, frame.notes, strict=True) if index in stretch.replaced]
        rest = [note for index, note in zip(line.notes, frame.notes, strict=True) if index not in stretch.replaced]
        new = under(line.syllables[stretch.first : stretch.last], own, piece.grid)
        frame.notes = sorted(
            [*rest, *(replace(n, syllable=n.syllable + stretch.first, fixed=False) for n in new)], key=lambda n: n.onset
        )
    return Setting(0.0, piece, new_notes(piece))


def old_notes(task: Task) -> Heard:
    """What stood there."""
    return [
        (n.onset, n.length, n.height)
        for line, frame in zip(task.song.lines, task.song.piece.frames, strict=True)
        for index, n in zip(line.notes, frame.notes, strict=True)
        if index in task.replaced
    ]


def _measure(task: Task) -> Measure:
    return melodic_distance if "rhythm" in task.locks else distance
