"""A song as the tunes that it is made of, each cut out with all that sounds with it, so that they can be set in a row
anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from carmina import Chord, Clef, Direction, Metre, Note, Score, SectionKind, SectionMark, Track

from .window import bar_ticks_at


@dataclass(frozen=True, slots=True)
class Part:
    """Ticks [start, stop) of the song, with the bar line of its first whole bar and the bars that it fills."""

    name: str  # letter of its melody
    kind: SectionKind
    label: str
    start: int  # of its pickup, if it has one
    anchor: int
    stop: int
    body: int  # ticks from its anchor to the next part's
    bar: int  # ticks of its last whole bar

    @property
    def pickup(self) -> int:
        return self.anchor - self.start


def parts_of(score: Score) -> list[Part]:
    """Every section in order; a song without sections is one part."""
    end = _last_bar_line(score)
    marks = sorted(score.sections, key=lambda mark: mark.onset_ticks)
    if not marks:
        return [
            Part(
                "A",
                "verse",
                "",
                0,
                score.pickup_ticks,
                end,
                end - score.pickup_ticks,
                bar_ticks_at(score, max(1, score.bar_onsets()[-1])),
            )
        ]
    starts = [mark.onset_ticks for mark in marks]
    stops = [*starts[1:], max(end, starts[-1] + marks[-1].length_ticks)]
    anchors = [_anchor(score, start, stop) for start, stop in zip(starts, stops, strict=True)]
    following = [*anchors[1:], max(end, anchors[-1] + 1)]
    return [
        Part(
            mark.melody,
            mark.kind,
            mark.label,
            start,
            anchor,
            stop,
            after - anchor,
            bar_ticks_at(score, max(1, stop - 1)),
        )
        for mark, start, stop, anchor, after in zip(marks, starts, stops, anchors, following, strict=True)
    ]


def _last_bar_line(score: Score) -> int:
    last = score.bar_onsets()[-1]
    return last + bar_ticks_at(score, last)


def _anchor(score: Score, start: int, stop: int) -> int:
    """The bar line that a part's first notes lead to: the next one where it starts in the second half of a bar."""
    bars = [onset for onset in score.bar_onsets() if onset <= start]
    bar = bars[-1]
    length = bar_ticks_at(score, bar)
    if bar == start and not (start == 0 and score.pickup_ticks):
        return start
    if start == 0 and score.pickup_ticks or (start - bar) * 2 >= length:
        return min(bar + length, stop)
    return bar


@dataclass(frozen=True, slots=True)
class Placed:
    """A part at its place in a new row."""

    part: Part
    shift: int  # ticks from where it was to where it is
    kind: SectionKind
    label: str
    verse: int  # which time its melody is sung
    voice: tuple[Note, ...]  # as it is sung here, already in place

    @property
    def start(self) -> int:
        return self.part.start + self.shift


def row(score: Score, placed: Sequence[Placed], title: str, language: str) -> Score:
    """The parts one after another as a score."""
    end = placed[-1].part.anchor + placed[-1].shift + placed[-1].part.body
    ends = [*(p.start for p in placed[1:]), end]
    tracks = tuple(_track(score, track, placed) for track in score.tracks)
    chords: list[Chord] = []
    for p in placed:
        own = [c for c in score.chords if p.part.start <= c.onset_ticks < p.part.stop]
        came = bool(own) and any(c.onset_ticks < p.part.start for c in score.chords)
        held = chords[-1].symbol if chords else ""
        again = came and p.shift and own[0].symbol == held  # it holds on from the part before
        chords += (replace(c, onset_ticks=c.onset_ticks + p.shift) for c in (own[1:] if again else own))
    marks = tuple(
        SectionMark(p.start, stop - p.start, p.kind, p.label, p.part.name, p.verse)
        for p, stop in zip(placed, ends, strict=True)
    )
    return replace(
        score,
        tracks=tracks,
        chords=tuple(chords),
        sections=marks,
        metres=_metres(score, placed),
        keys=_changes(score.keys, placed),
        tempi=_changes(score.tempi, placed),
        pickup_ticks=max(0, placed[0].part.pickup) if placed[0].part.pickup < score.metres[0].bar_ticks else 0,
        title=title or score.title,
        language=language or score.language,
    )


def _track(score: Score, track: Track, placed: Sequence[Placed]) -> Track:
    sung = track is score.voice
    track = replace(track, clefs=tuple(_clefs(track, placed)), directions=tuple(_directions(track, placed)))
    if sung:
        return replace(track, notes=tuple(note for p in placed for note in p.voice))
    notes = [
        replace(note, onset_ticks=note.onset_ticks + p.shift)
        for p in placed
        for note in track.notes
        if p.part.start <= note.onset_ticks < p.part.stop
    ]
    return replace(track, notes=tuple(sorted(notes, key=lambda note: note.onset_ticks)))


def _directions(track: Track, placed: Sequence[Placed]) -> list[Direction]:
    """What stands at the parts, wherever they are now."""
    found = [
        replace(said, onset_ticks=said.onset_ticks + p.shift)
        for p in placed
        for said in track.directions
        if p.part.start <= said.onset_ticks < p.part.stop
    ]
    return sorted(found, key=lambda said: said.onset_ticks)


def _clefs(track: Track, placed: Sequence[Placed]) -> Iterator[Clef]:
    """The clefs of the parts where they are now: each begins with the one that it stood in."""
    now: Clef | None = None
    for p in placed:
        before = [clef for clef in track.clefs if clef.onset_ticks <= p.part.start][-1:]
        inside = [clef for clef in track.clefs if p.part.start < clef.onset_ticks < p.part.stop]
        for clef in (*(replace(clef, onset_ticks=p.part.start) for clef in before), *inside):
            if now is None or replace(clef, onset_ticks=0) != replace(now, onset_ticks=0):
                yield replace(clef, onset_ticks=max(0, clef.onset_ticks + p.shift))
            now = clef


def _metres(score: Score, placed: Sequence[Placed]) -> tuple[Metre, ...]:
    return _changes(score.metres, placed)


def _changes(changes: Sequence, placed: Sequence[Placed]) -> tuple:
    """Metres, keys or tempi as they hold in each part, said again only where they change."""
    found: list = []
    for p in placed:
        held = [c for c in changes if c.onset_ticks <= p.part.anchor][-1]
        own = [
            replace(held, onset_ticks=p.part.anchor),
            *(c for c in changes if p.part.anchor < c.onset_ticks < p.part.stop),
        ]
        for change in own:
            at = change.onset_ticks + p.shift if found else 0
            if not found or replace(change, onset_ticks=0) != replace(found[-1], onset_ticks=0):
                found.append(replace(change, onset_ticks=at))
    return tuple(found)
