"""Changes by hand: notes moved, chords typed, a tempo. No model is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import msgspec

from carmina import ArrangeBrief, BadInput, Chord, Note, Score, Tempo, Track, spelling
from carmina.theory import with_tune

from ..project.pieces import Settings
from .bars import bar_index, bar_number, bars_of

Seed = Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
Ticks = Annotated[int, msgspec.Meta(ge=0, le=2**31)]


@dataclass(frozen=True, slots=True)
class NoteMove:
    """Where a note of a part goes. ``pitch`` and times as in :class:`carmina.Note`."""

    track: Annotated[int, msgspec.Meta(ge=0, le=255)]
    note: Annotated[int, msgspec.Meta(ge=0, le=200_000)]
    pitch: Annotated[int, msgspec.Meta(ge=0, le=127)]
    onset: Ticks
    length: Annotated[int, msgspec.Meta(ge=30, le=61_440)]


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes to be moved."""

    score: Score
    moves: Annotated[tuple[NoteMove, ...], msgspec.Meta(min_length=1, max_length=2000)]


@dataclass(frozen=True, slots=True)
class ChordOf:
    """What sounds in one bar: chord symbols, parted evenly over it; an empty text takes its chords away."""

    bar: Annotated[int, msgspec.Meta(ge=0, le=20_000)]
    symbols: Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True)
class Chords:
    """Chords typed over bars; the other parts follow them in these bars."""

    score: Score
    bars: Annotated[tuple[ChordOf, ...], msgspec.Meta(min_length=1, max_length=2000)]
    settings: Settings = field(default_factory=Settings)
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """A tempo for the whole score."""

    score: Score
    tempo_bpm: Annotated[float, msgspec.Meta(ge=10, le=400)]


def notes(conductor: Any, asked: Notes) -> list[Score]:
    """The score with the notes moved. A voice sings one note at a time, in the order of its words."""
    tracks = list(asked.score.tracks)
    for move in asked.moves:
        if move.track >= len(tracks) or move.note >= len(tracks[move.track].notes):
            raise BadInput(f"there is no note {move.note} in part {move.track}. Open the page again.")
        tracks[move.track] = _with(tracks[move.track], move)
    return [replace(asked.score, tracks=tuple(_sorted(track) for track in tracks))]


def _with(track: Track, move: NoteMove) -> Track:
    held = list(track.notes)
    note = held[move.note]
    held[move.note] = replace(note, pitch=move.pitch, onset_ticks=move.onset, length_ticks=move.length)
    if track.role == "voice":
        _check_line(held, move.note)
        return replace(track, notes=tuple(held))
    return replace(track, notes=tuple(sorted(held, key=_place)))


def _check_line(held: Sequence[Note], at: int) -> None:
    before = held[at - 1].end_ticks if at else 0
    after = held[at + 1].onset_ticks if at + 1 < len(held) else None
    if held[at].onset_ticks < before or (after is not None and held[at].end_ticks > after):
        raise BadInput(
            "a voice sings one note at a time: the note would overlap its neighbour. Shorten it, or move that."
        )


def _sorted(track: Track) -> Track:
    return track if track.role == "voice" else replace(track, notes=tuple(sorted(track.notes, key=_place)))


def _place(note: Note) -> tuple[int, int]:
    return note.onset_ticks, note.pitch


def chords(conductor: Any, asked: Chords) -> list[Score]:
    """The score with the chords, and with the other parts played anew in those bars."""
    spans = bars_of(asked.score)
    score = asked.score
    changed = []
    for one in asked.bars:
        index = bar_index(score, one.bar)
        if not 0 <= index < len(spans):
            raise BadInput(
                f"there is no bar {one.bar}; bars {bar_number(score, 0)} to {bar_number(score, len(spans) - 1)}."
            )
        symbols = spelling.chords(one.symbols, option="chords") if one.symbols.strip() else ()
        score = _charted(score, spans[index], symbols)
        changed.append(spans[index])
    score = replace(score, chords_found=False)
    if len(score.tracks) < 2 or "arrange" not in conductor.all("writer"):
        return [score]
    return [spliced(score, _played(conductor, score, asked.settings, asked.seed), changed)]


def _charted(score: Score, span: tuple[int, int], symbols: Sequence[str]) -> Score:
    """The chords of one bar replaced; what held before goes on after it."""
    start, end = span
    before = [chord for chord in score.chords if chord.onset_ticks < start]
    inside = [chord for chord in score.chords if start <= chord.onset_ticks < end]
    after = [chord for chord in score.chords if chord.onset_ticks >= end]
    new = [Chord(start + (end - start) * n // len(symbols), symbol) for n, symbol in enumerate(symbols)]
    held = (inside or before)[-1:]
    if held and end < score.end_ticks and (not after or after[0].onset_ticks > end):
        after = [replace(held[0], onset_ticks=end), *after]
    return replace(score, chords=(*before, *new, *after))


def _played(conductor: Any, score: Score, settings: Settings, seed: int) -> Score:
    bare = with_tune(score)
    assert bare.voice is not None
    options: dict[str, object] = {"intro": 0, "outro": 0}
    asked = replace(bare, tracks=(bare.voice,), plan=None)
    brief = ArrangeBrief(asked, settings.style, seed=seed, humanise=settings.groove, options=options)
    return conductor.writer("arrange", brief).write(brief, conductor)


def spliced(old: Score, new: Score, spans: Sequence[tuple[int, int]]) -> Score:
    """The old score with what the new one's parts of the same name play in some spans; voice and drums stay."""

    def inside(note: Note) -> bool:
        return any(start <= note.onset_ticks < end for start, end in spans)

    fresh: Mapping[tuple[str, str, int], Track] = {_named(new, at): track for at, track in enumerate(new.tracks)}
    tracks = []
    for at, track in enumerate(old.tracks):
        other = fresh.get(_named(old, at))
        if track.role in ("voice", "drums") or other is None:
            tracks.append(track)
            continue
        kept = [_cut(note, spans) for note in track.notes if not inside(note)]
        tracks.append(replace(track, notes=tuple(sorted([*kept, *filter(inside, other.notes)], key=_place))))
    return replace(old, tracks=tuple(tracks))


def _cut(note: Note, spans: Sequence[tuple[int, int]]) -> Note:
    """A note that reached into a span ends where that begins."""
    start = min((start for start, _end in spans if note.onset_ticks < start < note.end_ticks), default=None)
    return note if start is None else replace(note, length_ticks=start - note.onset_ticks, ring_ticks=0)


def _named(score: Score, at: int) -> tuple[str, str, int]:
    """A part by name, role and which of those it is."""
    track = score.tracks[at]
    return track.name, track.role, sum((t.name, t.role) == (track.name, track.role) for t in score.tracks[:at])


def pace(conductor: Any, asked: Pace) -> list[Score]:
    """The score at one tempo."""
    return [replace(asked.score, tempi=(Tempo(asked.tempo_bpm),))]
