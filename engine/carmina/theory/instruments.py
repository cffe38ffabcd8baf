"""Transposing instruments: how far above its sound a part is written. Source: Adler, The Study of Orchestration."""

from __future__ import annotations

from dataclasses import replace

from ..works import Grace, Note, Score, Track
from .chord_symbols import transposed_symbol
from .keys import simplest_key_change

FOR = "for"  # the option of renderers that names one of WRITTEN_ABOVE
FOR_SUMMARY = "Written for a transposing instrument: a lead sheet of the tune in its key and octave, chords too."
# semitones from sound to page; a family (B flat, E flat, F) is written as its commonest instrument is
WRITTEN_ABOVE = {
    "B flat": 2,
    "E flat": 9,
    "F": 7,
    "A": 3,
    "trumpet": 2,
    "clarinet": 2,
    "soprano sax": 2,
    "alto sax": 9,
    "tenor sax": 14,
    "baritone sax": 21,
    "horn": 7,
    "English horn": 7,
    "guitar": 12,
    "double bass": 12,
    "piccolo": -12,
}


def written_above(score: Score, semitones: int) -> Score:
    """The score with every pitched part, key and chord symbol so far above its sound."""
    fifths = simplest_key_change(score.keys[0].fifths, semitones)
    tracks = tuple(track if track.role == "drums" else moved_track(track, semitones) for track in score.tracks)
    keys = tuple(replace(key, fifths=folded_fifths(key.fifths + fifths)) for key in score.keys)
    chords = tuple(replace(chord, symbol=transposed_symbol(chord.symbol, fifths)) for chord in score.chords)
    return replace(score, tracks=tracks, keys=keys, chords=chords)


def lead_sheet(score: Score) -> Score:
    """The tune alone with its words and chords: the voice, or the first part with notes that is no drums."""
    others = (track for track in score.tracks if track.notes and track.role != "drums")
    lead = score.voice if score.voice and score.voice.notes else next(others, None)
    return replace(score, tracks=(lead,)) if lead else score


def folded_fifths(fifths: int) -> int:
    """A signature of at most seven signs for the same key."""
    return fifths - 12 if fifths > 7 else fifths + 12 if fifths < -7 else fifths


def moved_track(track: Track, semitones: int) -> Track:
    """Every note, with its grace notes, so many semitones higher."""
    return replace(track, notes=tuple(moved_note(note, semitones) for note in track.notes))


def moved_note(note: Note, semitones: int) -> Note:
    """The note and its grace notes, so many semitones higher."""
    graces = tuple(_moved_grace(grace, semitones) for grace in note.graces)
    return replace(note, pitch=note.pitch + semitones, graces=graces)


def _moved_grace(grace: Grace, semitones: int) -> Grace:
    """Within 0..127, where a grace note at the edge would leave it."""
    pitch = grace.pitch + semitones
    return replace(grace, pitch=pitch if 0 <= pitch <= 127 else grace.pitch)
