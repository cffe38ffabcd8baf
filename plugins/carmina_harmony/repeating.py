"""Where a section's notes come again under the same chords, its accompaniment comes again too, so that it prints
once."""

from __future__ import annotations

from dataclasses import replace

from carmina import Note, Score, SectionMark, Track

from .harmonising import repeats


def repeated(score: Score, first: int) -> Score:
    """The score with the tracks from ``first`` on copied into every section that repeats an earlier one of its kind."""
    tracks = list(score.tracks)
    for mark, model in repeats(score):
        if mark.kind == model.kind and _chords(score, mark) == _chords(score, model) and not _last(score, mark):
            tracks[first:] = [_copied(track, mark, model) for track in tracks[first:]]
    return replace(score, tracks=tuple(tracks))


def _last(score: Score, mark: SectionMark) -> bool:
    """Whether nothing follows, though more did the first time: the end may differ."""
    return False if len(score.sections) < 2 else mark.kind == "outro"


def _chords(score: Score, mark: SectionMark) -> list[tuple[int, str]]:
    end = mark.onset_ticks + mark.length_ticks
    held = [chord for chord in score.chords if chord.onset_ticks <= mark.onset_ticks]
    inside = [
        (c.onset_ticks - mark.onset_ticks, c.symbol) for c in score.chords if mark.onset_ticks < c.onset_ticks < end
    ]
    return [(0, held[-1].symbol if held else ""), *inside]


def _copied(track: Track, mark: SectionMark, model: SectionMark) -> Track:
    shift = mark.onset_ticks - model.onset_ticks
    end = mark.onset_ticks + mark.length_ticks
    kept = [_cut(note, mark.onset_ticks) for note in track.notes if not mark.onset_ticks <= note.onset_ticks < end]
    again = [
        replace(note, onset_ticks=note.onset_ticks + shift)
        for note in track.notes
        if model.onset_ticks <= note.onset_ticks < model.onset_ticks + model.length_ticks
    ]
    return replace(track, notes=tuple(sorted(kept + again, key=lambda n: (n.onset_ticks, n.pitch))))


def _cut(note: Note, edge: int) -> Note:
    return replace(note, length_ticks=edge - note.onset_ticks) if note.onset_ticks < edge < note.end_ticks else note
