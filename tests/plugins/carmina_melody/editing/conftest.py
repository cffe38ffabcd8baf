"""Songs to edit: composed once by a network that knows nothing, and one as other software writes it."""

import pytest

from carmina import Brief, EditBrief, Key, Metre, Note, Score, Syllable, Tempo, Track

WORDS = """[Verse 1]
The morning opens like a door,
And all the fields are white.

[Chorus]
Go on, go on, my heart,
Go on and do not turn.

[Verse 2]
The evening closes like a hand,
And lays the wind to rest.

[Chorus]
"""


@pytest.fixture(scope="session")
def composed(conductor, tiny_model):
    """A song of ours, as its own MusicXML says it: two verses to one tune, chords, a pickup or none."""
    lyrics = conductor.lyrics(WORDS)
    score = conductor.compose(Brief(lyrics, metre="4/4", key="D", model=tiny_model, candidates=2, seed=3))
    return conductor.read(conductor.render(score, ".musicxml"), ".musicxml")


@pytest.fixture(scope="session")
def wordless():
    """Eight bars in A minor of other software, off the grid, no words, no key signature, with a bass."""
    pitches = (69, 72, 71, 69, 76, 74, 72, 71, 69, 71, 72, 74, 71, 68, 69, 69)
    tune = tuple(Note(p, 960 * n + (n % 3) * 7, 900, velocity=60 + n) for n, p in enumerate(pitches))
    bass = tuple(Note(p, 1920 * n, 1900) for n, p in enumerate((45, 45, 48, 40, 45, 48, 40, 45)))
    return Score(
        (Track(tune, "Flute", "voice", 73), Track(bass, "Bass", "bass", 32)), (Metre(),), (Key(),), (Tempo(100),)
    )


@pytest.fixture(scope="session")
def edit(conductor, tiny_model):
    """``edit(writer, score, many=1, **asked)`` -> the songs."""

    def run(writer, score, many=1, **asked):
        brief = EditBrief(score, **{"model": tiny_model, "candidates": 4, "seed": 5, **asked})
        return conductor.get("writer", writer)().alternatives(brief, conductor, many)

    return run


def said(score):
    return [(n.syllable.text, n.syllable.place) for n in score.voice.notes if n.syllable]


__all__ = ["Syllable", "said"]
