"""Small songs and poems of our own, as files of every format."""

from __future__ import annotations

import random

from carmina import Note, Score, Syllable, Track

WORDS = (
    "the wind is in the barley and the moon is on the hill",
    "we carry home the lantern when the mowing time is done",
    "my love has crossed the water with a ribbon in her hair",
    "the ferry bell is ringing and the tide is running still",
    "a candle in the window for the one who comes too late",
    "so sing the reapers homeward under clouds of falling rain",
    "he built a boat of willow and he launched it in the spring",
    "the geese are flying over and the frost is on the gate",
)
STEPS = (0, 2, 4, 5, 7, 9, 11, 12)


def words_of(seed, lines=4):
    drawn = random.Random(seed)
    return [word for _ in range(lines) for word in drawn.sample(drawn.choice(WORDS).split(), 8)]


def song(seed, words=None, up=0, slower=1, title=""):
    """A tune of eight-note lines in 4/4, one syllable a note, the last of each line long."""
    drawn = random.Random(1000 + seed)
    words, notes, at, step = words or words_of(seed), [], 0, 3
    for index, word in enumerate(words):
        step = max(0, min(7, step + drawn.choice((-2, -1, -1, 0, 1, 1, 2))))
        length = (960 if index % 8 == 7 else drawn.choice((240, 480))) * slower
        said = Syllable(
            word.capitalize() if index % 8 == 0 else word, after="," if index % 8 == 7 else "", ends_line=index % 8 == 7
        )
        notes.append(Note(60 + STEPS[step] + up, at, length, said))
        at += length
        at += -at % (480 * slower) if index % 8 == 7 else 0
    return Score((Track(tuple(notes)),), title=title or f"Song {seed}")


POEM = """The {a} lay quiet on the hill,
The {b} was deep, the night was long,
And nothing moved and all was still
Until the {c} began its song.

It sang of {a} and summer rain,
It sang of {b} beside the sea,
And when it ceased it sang again
The {c} that sang for you and me.
"""
THINGS = (
    ("meadow", "river", "thrush"),
    ("village", "harbour", "wind"),
    ("garden", "forest", "bell"),
    ("orchard", "valley", "rain"),
    ("castle", "shadow", "lark"),
    ("common", "winter", "wren"),
)


def poem(number):
    """Eight lines on things that no other poem is about."""
    one = THINGS[number]
    drawn = random.Random(number)
    lines = POEM.format(a=one[0], b=one[1], c=one[2]).strip().split("\n")
    if number:  # all share a few lines of the pattern, none half of them
        stanza = " ".join(drawn.choice(WORDS).split()[:6])
        lines = [
            f"The {one[0]} and {stanza}",
            f"No {one[1]} would answer to my call",
            f"The {one[2]} has nothing to regret",
            f"The {one[1]} goes out behind the wall",
            "",
            *lines[5:],
        ]
    return "\n".join(lines) + "\n"
