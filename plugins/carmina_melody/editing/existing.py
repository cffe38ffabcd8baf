"""A song that is there as a piece of the melody writer: frames of lines with their notes, chords and bar lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import BadOption, Key, Line, Lyrics, Note, Score, Section

from ..corpus.chord_labels import label_slots
from ..corpus.encoding import anchor_of, answered, close_lines, grid_of, tonic_below
from ..corpus.songs import Song
from ..passes.all import slots
from ..passes.piece import Grid, Piece, Sung, frames_of, language_class
from ..passes.vocabulary import GENRES, HIGHEST, LOWEST, TICKS_PER_UNIT
from ..settings import NARROWEST as LEAST_ASKED
from .reading import SungLine
from .tonic import key_of_music

STANZA_REST = 30  # units of silence that end a stanza where no section is marked
SLOTS_AT_ONCE = 16
NARROWEST = 12  # semitones that an edited voice may use at least


@dataclass(frozen=True, slots=True)
class Existing:
    """The song and what the melody writer sees of it."""

    score: Score
    lines: tuple[SungLine, ...]
    piece: Piece  # one frame a line, its notes all fixed
    key: Key
    base: int  # MIDI pitch from which the piece's pitches are counted


def existing(score: Score, lines: Sequence[SungLine], genre: str, pitches: tuple[int, int] | None = None) -> Existing:
    """``pitches``: lowest and highest MIDI pitch that may be sung; the song's own unless given."""
    notes, grid, key = score.sung_notes, grid_of(score), key_of_music(score)
    base = tonic_below(key.tonic, [note.pitch for note in notes])
    frames = frames_of(_lyrics(score, lines))
    for frame, line in zip(frames, lines, strict=True):
        frame.notes = sung_notes([notes[i] for i in line.notes], base)
        frame.start = frame.notes[0].onset
        frame.anchor = anchor_of(grid, frame.start)
    close_lines(frames, grid)
    for index, frame in enumerate(frames):
        frame.reference = answered(frames, index)
    low, high = pitches or _own_range(notes)
    if high - low < LEAST_ASKED:
        raise BadOption("range", f"{high - low} semitones", f"at least {LEAST_ASKED} semitones, e.g. C4-E5")
    piece = Piece(
        frames,
        grid,
        key.mode,
        GENRES.index(genre) if genre in GENRES else 0,
        language_class(score.language or lines[0].syllables[0].language),
        max(LOWEST, low - base),
        min(HIGHEST, high - base),
    )
    piece.chords = _chords(score, piece, genre, key)
    return Existing(score, tuple(lines), piece, key, base)


def units(ticks: int) -> int:
    """The nearest unit."""
    return round(ticks / TICKS_PER_UNIT)


def sung_notes(notes: Sequence[Note], base: int) -> list[Sung]:
    """A line's notes in units, each pitch as it is, counted from ``base``."""
    out, syllable = [], -1
    for number, note in enumerate(notes):
        syllable += not note.continues or number == 0
        onset, stop = units(note.onset_ticks), units(note.end_ticks)
        out.append(
            Sung(onset, max(1, stop - onset), syllable, note.continues and number > 0, note.pitch - base, fixed=True)
        )
    return out


def _own_range(notes: Sequence[Note]) -> tuple[int, int]:
    pitches = [note.pitch for note in notes]
    low, high = min(pitches), max(pitches)
    missing = max(0, NARROWEST - (high - low))
    return low - missing // 2, high + (missing + 1) // 2


def _lyrics(score: Score, lines: Sequence[SungLine]) -> Lyrics:
    """The lines in stanzas: as the sections say, else cut at long rests."""
    stanzas: list[list[Line]] = []
    last_mark, last_end = None, 0
    for line in lines:
        start = score.sung_notes[line.notes[0]].onset_ticks
        mark = next((n for n, m in reversed(list(enumerate(score.sections))) if m.onset_ticks <= start), None)
        parted = mark != last_mark if score.sections else units(start - last_end) >= STANZA_REST
        if parted or not stanzas:
            stanzas.append([])
        stanzas[-1].append(Line(line.syllables))
        last_mark, last_end = mark, score.sung_notes[line.notes[-1]].end_ticks
    return Lyrics(tuple(Section(tuple(stanza)) for stanza in stanzas))


def _chords(score: Score, piece: Piece, genre: str, key: Key) -> dict[int, int]:
    """Written chord symbols, else what is heard in the other parts; empty for a tune alone."""
    others = tuple(
        (n.onset_ticks, n.length_ticks, n.pitch)
        for track in score.tracks
        if track is not score.voice and track.role != "drums"
        for n in track.notes
    )
    if not others and not score.chords:
        return {}
    sung, heard = score.voice, replace(score, keys=(key,))
    assert sung is not None
    found: dict[int, int] = {}
    onsets = slots(piece)
    for at in range(
        0, len(onsets), SLOTS_AT_ONCE
    ):  # a label looks at all notes it is given: few at a time keep it linear
        own = onsets[at : at + SLOTS_AT_ONCE]
        start, stop = own[0] * TICKS_PER_UNIT, (own[-1] + 96) * TICKS_PER_UNIT
        near = tuple(note for note in others if note[0] < stop and note[0] + note[1] > start)
        voice = tuple(n for n in sung.notes if n.onset_ticks < stop and n.end_ticks > start)
        part = replace(heard, tracks=(replace(sung, notes=voice),))
        found |= label_slots(Song("", 0, genre, score.language, part, near), own)
    return found


def cut(piece: Piece, first: int, stop: int) -> Piece:
    """Lines [first, stop) as a piece of their own; what they answer before it is forgotten."""
    frames = []
    for index in range(first, stop):
        frame = piece.frames[index]
        frames.append(
            replace(
                frame,
                notes=[replace(note) for note in frame.notes],
                reference=frame.reference - first if frame.reference >= first else -1,
                rhyme_back=frame.rhyme_back if frame.rhyme_back <= index - first else 0,
                repeat_back=frame.repeat_back if frame.repeat_back <= index - first else 0,
            )
        )
    return replace(
        piece, frames=frames, grid=Grid(list(piece.grid.onsets), list(piece.grid.metres)), chords=dict(piece.chords)
    )
