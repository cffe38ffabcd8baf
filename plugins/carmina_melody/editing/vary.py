"""Writes some bars of a song again and leaves the rest as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carmina import BadInput, BadOption, EditBrief, Lyrics, Score, Workshop, Writer

from ..assembly import copied
from ..piece import Piece, Sung, frames_of
from ..ranking import PITCH_NATS, RHYTHM_NATS, pitch_merit, rhythm_merit
from ..walks import PitchWalk
from ..writer import Studio, rules_for
from .distance import Heard, distance, melodic_distance
from .existing import Existing, cut, existing
from .merging import merged
from .new_words import shared_out
from .reading import read_lines
from .stretches import Stretch, agenda, by_syllable, stretches
from .walks import EditedRhythm
from .window import Window, window_of

CANDIDATES = 16
RHYTHMS = 4                          # that get tunes
LINES_BEFORE, LINES_AFTER = 16, 2    # that the network hears around what it writes
DIFFERENT = 0.2                      # distance at which two settings count as different
MOST_ALTERNATIVES = 20
SHORTEST = 3                         # units that a syllable needs
ROUNDS = 3


@dataclass(frozen=True)
class Task:
    """What is to be written, understood."""

    song: Existing
    window: Window
    stretches: tuple[Stretch, ...]
    first: int                       # line from which the network hears the song
    stop: int
    locks: frozenset[str]


@dataclass(frozen=True)
class Setting:
    """One way of writing the bars again."""

    merit: float
    piece: Piece                     # lines [first, stop) of the song
    heard: Heard                     # its new notes


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
        chosen = _different(_settings(brief, task, workshop, many), task, many)
        everywhere = brief.everywhere and "notes" not in task.locks
        return [merged(task.song, task.stretches, task.window, setting.piece, task.first, everywhere) for setting in chosen]


def understood(brief: EditBrief, workshop: Workshop) -> Task:
    """Raises one clear error for what cannot be."""
    if brief.bars is None:
        raise BadOption("--bars", "nothing", "the first and the last bar to write again, e.g. 5-8")
    locks = _locks(brief)
    style = workshop.get("style", brief.style)
    window = window_of(brief.score, brief.bars)
    lines = read_lines(brief.score, workshop.all("language"))
    song = existing(brief.score, lines, style.genre, brief.range)
    found = stretches(song, window)
    if not found:
        raise BadInput(f"bars {brief.bars[0]}-{brief.bars[1]} hold no whole note of the melody, so there is nothing to write again. "
                       "Choose other bars, or more of them.")
    if brief.lyrics is not None:
        song, found = _reworded(song, found, brief.lyrics)
    if "words" in locks:
        found = [part for s in found for part in by_syllable(s, song.lines[s.line], brief.score.voice.notes)]
    first = max(0, found[0].line - LINES_BEFORE)
    return Task(song, window, tuple(found), first, min(len(song.lines), found[-1].line + 1 + LINES_AFTER), locks)


def _locks(brief: EditBrief) -> frozenset[str]:
    locks = set(brief.locks)
    if {"rhythm", "pitches"} <= locks:
        locks.add("notes")
    if "notes" in locks and brief.lyrics is None:
        raise BadOption("--lock", "notes", "together with new words (--words), since all else stays")
    if brief.lyrics is not None and "words" in locks:
        raise BadOption("--lock", "words", "without --words, which asks for other words")
    if brief.lyrics is not None and locks & {"rhythm", "pitches"} and "notes" not in locks:
        raise BadOption("--lock", ", ".join(sorted(locks)), "with --words only notes: new words have a rhythm of their own")
    return frozenset(locks)


def _reworded(song: Existing, found: Sequence[Stretch], words: Lyrics) -> tuple[Existing, list[Stretch]]:
    """The song with other words in the stretches, as many as they hold."""
    lines, out = list(song.lines), []
    shares = shared_out(words, found)
    frames = list(song.piece.frames)
    for stretch, own in zip(found, shares, strict=True):
        room = (stretch.stop - stretch.start) // SHORTEST
        if len(own) > room:
            raise BadInput(f"too many words: {len(own)} syllables for a stretch that holds {room} at most. Give fewer words, or more bars.")
        line, shift = lines[stretch.line], len(own) - stretch.count
        lines[stretch.line] = line.with_words(stretch.first, stretch.last, own)
        frame = frames_of(Lyrics((_section(lines[stretch.line].syllables),)))[0]
        old = frames[stretch.line]
        notes = [replace(n, syllable=n.syllable + shift * (n.syllable >= stretch.last)) for n in old.notes]
        frames[stretch.line] = replace(old, syllables=frame.syllables, focus=frame.focus, notes=notes, rhyme_back=0, repeat_back=0)
        out.append(replace(stretch, last=stretch.first + len(own)))
    return replace(song, lines=tuple(lines), piece=replace(song.piece, frames=frames)), out


def _section(syllables):
    from carmina import Line, Section

    return Section((Line(tuple(syllables)),))


# ---- settings ---------------------------------------------------------------------------------------------------


def _settings(brief: EditBrief, task: Task, workshop: Workshop, many: int) -> list[Setting]:
    """Many ways, until enough of them differ or the rounds are over."""
    count = max(brief.candidates or CANDIDATES, 2 * many if many > 1 else 1)
    style = workshop.get("style", brief.style)
    if "notes" in task.locks:
        return [_underlaid(task)]
    studio = Studio(brief, style, workshop, Lyrics((_section(task.song.lines[0].syllables),)), [], rules_for(brief, style, workshop))
    found: list[Setting] = []
    for turn in range(ROUNDS):
        found += _round(studio, task, count, turn)
        workshop.progress((turn + 1) / ROUNDS, "bars")
        if len(_apart(found, task, many)) >= many:
            break
    return found


def _round(studio: Studio, task: Task, count: int, turn: int) -> list[Setting]:
    salt = 100 + 10 * turn
    rhythms = _rhythms(studio, task, count, salt)
    pieces = [copied(rhythms[n * len(rhythms) // count]) for n in range(count)]
    if "pitches" in task.locks:
        return [_setting(_with_old_pitches(task, piece), task, 0.0) for piece in pieces]
    sung = studio.run("pitches", [PitchWalk(piece) for piece in pieces], studio.brief.seed, salt + 5)
    free = max(1, sum(s.count for s in task.stretches))
    usual = float(np.median([total for _piece, total in sung]))
    return [_setting(piece, task, min(0.0, total - usual) / free) for piece, total in sung]


def _rhythms(studio: Studio, task: Task, count: int, salt: int) -> list[Piece]:
    """Different rhythms for the stretches, the best first; the old one where it is locked."""
    base = _opened(task)
    if "rhythm" in task.locks:
        return [base]
    walks = [EditedRhythm(_fresh(copied(base), task, number), _agendas(task), "pitches" in task.locks)
             for number in range(count)]
    sung = studio.run("rhythm", walks, studio.brief.seed, salt)
    usual = float(np.median([total for _piece, total in sung]))
    free = max(1, sum(s.count for s in task.stretches))
    ranked = sorted(sung, key=lambda pair: -(_rhythm_merit(pair[0], task) + 0.6 * min(0.0, pair[1] - usual) / free))
    kept: dict[tuple, Piece] = {}
    for piece, _total in ranked:
        kept.setdefault(tuple((n.onset, n.length, n.continues) for f in piece.frames for n in f.notes if not n.fixed), piece)
    return list(kept.values())[:RHYTHMS]


def _opened(task: Task) -> Piece:
    """The lines around the stretches: with their rhythm where it is locked, else still without notes."""
    piece = cut(task.song.piece, task.first, task.stop)
    gone = {index for s in task.stretches for index in s.replaced}
    for number, frame in enumerate(piece.frames):
        line = task.song.lines[task.first + number]
        if "rhythm" in task.locks:
            for index, note in zip(line.notes, frame.notes, strict=True):
                if index in gone:
                    note.fixed, note.pitch = False, None
        else:
            frame.notes = []
            if "pitches" in task.locks:
                frame.syllables = _owing(task, task.first + number, frame.syllables)
    return piece


def _owing(task: Task, number: int, syllables: list[tuple]) -> list[tuple]:
    """The line's syllables, each owing the further notes that it has now inside the stretch or before it."""
    line, frame = task.song.lines[number], task.song.piece.frames[number]
    gone = {index for s in task.stretches for index in s.replaced}
    last = max((n for n, index in enumerate(line.notes) if index in gone), default=-1)
    extra = [0] * len(syllables)
    for note in frame.notes[:last + 1]:
        extra[note.syllable] += note.continues
    return [(*s[:4], owed, s[5]) for s, owed in zip(syllables, extra, strict=True)]


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


def _setting(piece: Piece, task: Task, likelihood: float) -> Setting:
    own = _touched(piece, task)
    notes = sum(len(frame.notes) for frame in own.frames)
    merit = pitch_merit(own, -PITCH_NATS * notes, [False] * len(own.frames)) + 0.5 * likelihood + 0.5 * _rhythm_merit(piece, task)
    return Setting(merit, piece, new_notes(piece))


def new_notes(piece: Piece) -> Heard:
    """What has been written: (onset, length, pitch) in units."""
    return [(n.onset, n.length, n.pitch) for frame in piece.frames for n in frame.notes if not n.fixed]


def _with_old_pitches(task: Task, piece: Piece) -> Piece:
    notes, base = task.song.score.voice.notes, task.song.base
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
            mid = following.continues or frame.syllables[note.syllable][1] in (3, 4, 5, 6) and following.syllable > note.syllable
            if mid and not note.fixed:
                note.length = following.onset - note.onset


def _underlaid(task: Task) -> Setting:
    """New words under the notes as they are."""
    from .underlaying import under

    piece = cut(task.song.piece, task.first, task.stop)
    for stretch in task.stretches:
        frame, line = piece.frames[stretch.line - task.first], task.song.lines[stretch.line]
        own = [note for index, note in zip(line.notes, frame.notes, strict=True) if index in stretch.replaced]
        rest = [note for index, note in zip(line.notes, frame.notes, strict=True) if index not in stretch.replaced]
        new = under(line.syllables[stretch.first:stretch.last], own, piece.grid)
        frame.notes = sorted([*rest, *(replace(n, syllable=n.syllable + stretch.first, fixed=False) for n in new)],
                             key=lambda n: n.onset)
    return Setting(0.0, piece, new_notes(piece))


# ---- which of them ----------------------------------------------------------------------------------------------


def _apart(settings: Sequence[Setting], task: Task, many: int) -> list[Setting]:
    """The best that lie apart from one another and from what stood there."""
    measure = melodic_distance if "rhythm" in task.locks else distance
    chosen: list[Setting] = []
    for setting in sorted(settings, key=lambda s: -s.merit):
        if len(chosen) < many and all(measure(setting.heard, other) >= DIFFERENT for other in
                                      [_old(task), *(c.heard for c in chosen)]):
            chosen.append(setting)
    return chosen


def _different(settings: Sequence[Setting], task: Task, many: int) -> list[Setting]:
    chosen = _apart(settings, task, many)
    left = [s for s in settings if not any(s is c for c in chosen)]
    while left and len(chosen) < many:
        far = max(left, key=lambda s: (min([distance(s.heard, c.heard) for c in chosen] or [1.0]), s.merit))
        left = [s for s in left if s is not far]
        if all(far.heard != c.heard for c in chosen):
            chosen.append(far)
    return chosen


def _old(task: Task) -> Heard:
    gone = {index for s in task.stretches for index in s.replaced}
    return [(n.onset, n.length, n.pitch) for line, frame in zip(task.song.lines, task.song.piece.frames, strict=True)
            for index, n in zip(line.notes, frame.notes, strict=True) if index in gone]
