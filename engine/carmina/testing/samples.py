"""Small works that every entry is tried on."""

from __future__ import annotations

from ..works import Line, Lyrics, Note, Score, Section, SectionMark, Syllable, Track

ODD_WORDS = (
    "",
    "a",
    "-",
    "'",
    "42",
    "&",
    "naïve",
    "ROCK'N'ROLL",
    "x" * 60,
    "e\u0301",
    "\u200b",
    "😀",
    "明月",
    "ㄅ",
    "٣",
)


def song() -> Score:
    """A small sung score with a melisma, a rest, two lines and a word of two syllables."""
    syllables = [
        Syllable("Sil", "begin", 1),
        Syllable("ver", "end", 0),
        Syllable("moon", stress=1, after=",", ends_line=True),
        Syllable("rise", stress=1),
        Syllable("明", tone=2, after=".", ends_line=True),
    ]
    notes = (
        Note(60, 0, 480, syllables[0]),
        Note(62, 480, 240, syllables[1]),
        Note(64, 720, 240, continues=True),
        Note(67, 960, 480, syllables[2]),
        Note(65, 1920, 960, syllables[3]),
        Note(60, 2880, 960, syllables[4]),
    )
    return Score((Track(notes),), sections=(SectionMark(0, 3840, label="Verse"),), title="Test", language="en")


def lyrics() -> Lyrics:
    """The words of :func:`song`."""
    words = [note.syllable for note in song().tracks[0].notes if note.syllable]
    return Lyrics((Section((Line(tuple(words[:3])), Line(tuple(words[3:])))),), "en")
