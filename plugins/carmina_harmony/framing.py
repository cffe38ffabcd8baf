"""An introduction and an ending: whole bars of harmony before and after the voice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from carmina import Chord, Key, Score, SectionMark, Track

from .harmonising import analysed
from .symbols import letter, parse
from .timing import bars


def framed(score: Score, intro: int, outro: int, plain: bool = False) -> Score:
    """The score with so many bars before and after it. An incomplete first bar becomes the end of the introduction.

    ``plain``: the introduction's dominant has no seventh.
    """
    if intro:
        score = _introduced(score, intro, plain)
    return _ended(score, outro) if outro else score


def _introduced(score: Score, count: int, plain: bool) -> Score:
    bar = score.metres[0].bar_ticks
    shift = count * bar - score.pickup_ticks if score.pickup_ticks else count * bar
    moved = replace(
        score,
        tracks=tuple(_later_track(track, shift) for track in score.tracks),
        metres=_moved(score.metres, shift),
        keys=_moved(score.keys, shift),
        tempi=_moved(score.tempi, shift),
        chords=tuple(_later(chord, shift) for chord in score.chords),
        pickup_ticks=0,
        sections=tuple(_later(mark, shift) for mark in score.sections),
    )
    first = next((mark.onset_ticks for mark in moved.sections), shift)
    chords = [Chord(at, name) for at, name in _opening(moved, count, bar, shift, plain)]
    begins = next((c.onset_ticks for c in moved.chords if c.onset_ticks >= shift), shift)
    rest = [chord for chord in moved.chords if chord.onset_ticks >= min(begins, count * bar)]
    marks = moved.sections or (SectionMark(shift, moved.end_ticks - shift),)
    return replace(
        moved,
        chords=tuple(analysed([*chords, *rest], moved)),
        sections=(SectionMark(0, max(1, min(first, shift)), "intro", "", "intro"), *marks),
    )


def _later(item: Any, ticks: int) -> Any:
    return replace(item, onset_ticks=item.onset_ticks + ticks)


def _later_track(track: Track, shift: int) -> Track:
    """With all that hangs on it; the clef that it begins with is there from the start."""
    return replace(
        track,
        notes=tuple(_later(note, shift) for note in track.notes),
        clefs=_moved(track.clefs, shift) if track.clefs else (),
        directions=tuple(_later(said, shift) for said in track.directions),
    )


def _moved(changes: tuple, shift: int) -> tuple:
    return (changes[0], *(_later(change, shift) for change in changes[1:]))


def _opening(score: Score, count: int, bar: int, shift: int, plain: bool) -> list[tuple[int, str]]:
    """The introduction's chords: those that the song begins with, turned to the dominant before the voice comes."""
    key = score.keys[0]
    song = [chord for chord in score.chords if chord.onset_ticks >= min(shift, count * bar)]
    start = next((b.onset_ticks for b in bars(score) if b.onset_ticks >= shift), shift)
    end = start + (count - 1) * bar
    held = [chord for chord in song if chord.onset_ticks <= start]
    own = held and parse(held[-1].symbol)
    found = [(0, held[-1].symbol if own and own.root == key.tonic else _tonic(key))]
    if count > 1:
        found += [(c.onset_ticks - start, c.symbol) for c in song if start < c.onset_ticks < end]
        found.append(((count - 1) * bar, dominant(key).removesuffix("7" if plain else " ")))
    return found


def _tonic(key: Key) -> str:
    return letter(key.tonic, key) + ("m" if key.mode == "minor" else "")


def dominant(key: Key) -> str:
    """The dominant seventh of a key."""
    return letter((key.tonic + 7) % 12, key) + "7"


def _ended(score: Score, count: int) -> Score:
    """The voice's last bar, then so many bars on the last chord; the very last one is the close."""
    grid = bars(score)
    end = grid[-1].end_ticks
    last = next((c.symbol for c in reversed(score.chords) if parse(c.symbol)), _tonic(score.keys[-1]))
    mark = SectionMark(end, count * grid[-1].metre.bar_ticks, "outro", "", "outro")
    closed = tuple(replace(m, length_ticks=min(m.length_ticks, end - m.onset_ticks)) for m in score.sections)
    sections = (*(closed or (SectionMark(0, end),)), mark)
    return replace(score, sections=sections, chords=tuple(analysed([*score.chords, Chord(end, last)], score)))
