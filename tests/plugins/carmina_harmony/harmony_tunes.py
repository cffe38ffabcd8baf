"""Melodies to arrange, as values."""

from carmina import Key, Metre, Note, Score, Syllable, Tempo, Track

Q = 480


def tune(pitches, lengths, metre=Metre(4, 4), key=Key(), pickup=0, sections=(), ends=()):
    """A score of one voice; lengths in quarters, ``ends`` the notes that end lines."""
    notes, at = [], 0
    for index, (pitch, length) in enumerate(zip(pitches, lengths, strict=True)):
        if pitch:
            notes.append(Note(pitch, at, round(length * Q), Syllable("la", ends_line=index in ends)))
        at += round(length * Q)
    return Score((Track(tuple(notes)),), (metre,), (key,), (Tempo(92),), sections=sections, pickup_ticks=pickup)


VERSE = [
    67,
    64,
    65,
    67,
    69,
    67,
    64,
    60,
    62,
    64,
    65,
    62,
    60,
    64,
    62,
    67,
    67,
    64,
    65,
    67,
    69,
    67,
    72,
    71,
    69,
    67,
    65,
    64,
    62,
    59,
    60,
]
LENGTHS = [1] * 30 + [2]
