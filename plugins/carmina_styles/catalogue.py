"""The built-in styles: data only. Tempi are beats a minute; a beat of 6/8 is a dotted quarter."""

from dataclasses import replace

from carmina import Style

from .arrangements import ARRANGEMENTS

PENTATONIC = (0, 2, 4, 7, 9)

_STYLES = [
    Style("song", "a plain song; the words decide metre and pace", "song"),
    Style(
        "hymn",
        "a hymn: steady, one note a syllable, long line ends",
        "hymn",
        ("4/4", "3/4"),
        "major",
        (76, 104),
        (60, 76),
        program=52,
        melisma=-0.7,
        leap=0.4,
    ),
    Style("carol", "a carol: bright, dance-like", "carol", ("6/8", "3/4", "4/4"), "major", (84, 120), (60, 76)),
    Style(
        "ballad",
        "a folk ballad: strophic, a story told plainly",
        "song",
        ("4/4", "3/4", "6/8"),
        None,
        (76, 108),
        (58, 74),
        program=53,
        leap=0.2,
    ),
    Style(
        "art",
        "an art song: wide range, close to the words",
        "art",
        ("4/4", "3/4", "6/8", "2/4"),
        None,
        (60, 96),
        (60, 79),
        melisma=0.3,
        strophic=False,
    ),
    Style(
        "popular",
        "a popular song of the 1920s: syncopation, chords of lead sheets",
        "popular",
        ("4/4", "3/4"),
        "major",
        (92, 132),
        (58, 74),
    ),
    Style("waltz", "a parlour waltz in three", "popular", ("3/4",), "major", (108, 144), (60, 76)),
    Style("lullaby", "a lullaby: soft, rocking, narrow", "song", ("6/8", "3/4"), "major", (50, 66), (60, 72), leap=0.6),
    Style(
        "children",
        "a children's song: a few notes, plain chords, lines that come back",
        "song",
        ("2/4", "4/4", "6/8"),
        "major",
        (84, 116),
        (60, 74),
        melisma=-0.7,
        leap=0.3,
    ),
    Style(
        "march", "a march: two in a bar, strong beats", "song", ("2/4", "4/4"), "major", (104, 120), (60, 76), leap=0.1
    ),
    Style("lament", "a lament: minor and slow", "art", ("4/4", "3/4"), "minor", (50, 72), (57, 74)),
    Style(
        "pentatonic",
        "a Chinese song on the five-note scale",
        "song",
        ("4/4", "2/4"),
        "major",
        (66, 96),
        (57, 77),
        PENTATONIC,
        4.0,
        program=73,
        melisma=0.6,
        leap=-0.1,
    ),
    Style(
        "folk", "a folk song for voice and strummed guitar", "song", ("4/4", "3/4", "6/8"), None, (84, 120), (57, 74)
    ),
    Style("pop", "a popular song of today: verse, chorus, band", "popular", ("4/4",), None, (80, 116), (57, 74)),
    Style(
        "rock", "a rock song: straight eighths, full chorus", "popular", ("4/4",), None, (108, 144), (55, 74), leap=-0.1
    ),
    Style("swing", "a swing song: walking bass, late off-beats", "popular", ("4/4",), "major", (104, 152), (57, 74)),
    Style(
        "theatre",
        "a number from a musical: the words first, chords that turn",
        "popular",
        ("4/4", "3/4", "6/8"),
        None,
        (84, 132),
        (57, 76),
    ),
    Style(
        "patter",
        "a patter song: many quick syllables, one note each",
        "popular",
        ("6/8", "2/4", "4/4"),
        "major",
        (96, 132),
        (57, 74),
    ),
    Style(
        "bossa", "a bossa nova: sung before the beat, seventh chords", "popular", ("4/4",), None, (116, 144), (55, 72)
    ),
    Style("reggae", "a reggae song: off-beats, two or four chords", "popular", ("4/4",), None, (70, 92), (55, 72)),
    Style(
        "disco", "a disco song: four on the floor, syncopated lines", "popular", ("4/4",), None, (112, 126), (57, 74)
    ),
    Style(
        "rap",
        "a rap: a bar a line, quick syllables on few pitches",
        "popular",
        ("4/4",),
        "minor",
        (72, 96),
        (55, 67),
        leap=0.8,
    ),
    Style(
        "mandopop", "a Mandarin pop ballad: long verses, a rising chorus", "popular", ("4/4",), None, (64, 92), (55, 76)
    ),
]
STYLES = [replace(style, options=ARRANGEMENTS.get(style.name, {})) for style in _STYLES]
