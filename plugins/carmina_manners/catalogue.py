"""Styles whose manner was measured on the works of a composer or of a kind, and two whose corpora may not be counted
here.

What was measured on how much stands in ``data/manners.json``; how surely others recognise it, in docs/manners.md.
"""

from __future__ import annotations

from carmina import Style

from .tables import manners

PIANO, CHOIR, ORGAN, NYLON, BANJO, ACCORDION, ERHU_LIKE = 0, 52, 19, 24, 105, 21, 110  # General MIDI
ART: dict[str, object] = {"idiom": "art", "harmony": {"genre": "art", "rhythm": "half"}, "intro": 2, "outro": 2}
LIED: dict[str, object] = {**ART, "parts": ({"writer": "piano", "pace": 3.4},)}
CHORALE: dict[str, object] = {
    "idiom": "hymn",
    "harmony": {"genre": "hymn", "rhythm": "beat", "basses": False, "colour": "triads"},
    "parts": ({"writer": "four_parts", "program": CHOIR},),
}
PARLOUR: dict[str, object] = {
    "idiom": "ballad",
    "harmony": {"genre": "art", "rhythm": "half", "colour": "triads", "planned": True},
    "intro": 2,
    "outro": 1,
}
FIVE: dict[str, object] = {
    "idiom": "pentatonic",
    "harmony": {"genre": "art", "rhythm": "half", "colour": "five", "basses": False},
    "intro": 2,
    "outro": 1,
    "parts": ({"writer": "plucked", "program": 107}, {"writer": "flute", "program": 73}),
}
SHANTY: dict[str, object] = {
    "idiom": "folk",
    "harmony": {"genre": "art", "rhythm": "half", "colour": "triads", "planned": True},
    "intro": 1,
    "outro": 1,
    "parts": (
        {"writer": "pad", "program": ACCORDION, "name": "Accordion", "rhythm": "oompah", "middle": 60},
        {"writer": "bass", "pattern": "two_beat", "program": 32},
    ),
}


def catalogue() -> list[Style]:
    """The styles of this package."""
    known = manners()
    return [
        Style(
            "chorale",
            "a chorale as Bach sets them: even quarters, steps, a hold at each line's end",
            "hymn",
            ("4/4", "3/4"),
            None,
            (60, 80),
            (62, 76),
            program=CHOIR,
            melisma=-0.5,
            leap=0.8,
            options=CHORALE,
            manner=known["chorale"],
        ),
        Style(
            "schubert",
            "a song as Schubert writes them: dotted rhythms, repeated notes, minor as often as major",
            "art",
            ("3/4", "2/4", "4/4", "6/8"),
            None,
            (60, 100),
            (60, 79),
            melisma=0.3,
            options=LIED,
            manner=known["schubert"],
        ),
        Style(
            "schumann",
            "a song as Schumann writes them: two and four beats, speech-like eighths",
            "art",
            ("4/4", "2/4", "6/8"),
            None,
            (56, 96),
            (60, 77),
            strophic=False,
            options=LIED,
            manner=known["schumann"],
        ),
        Style(
            "brahms",
            "a song as Brahms writes them: three beats, broken triads, long spans",
            "art",
            ("3/4", "4/4", "2/4", "6/8"),
            None,
            (56, 92),
            (60, 79),
            options=LIED,
            manner=known["brahms"],
        ),
        Style(
            "foster",
            "a parlour song as Foster writes them: four beats, major, a plain refrain",
            "popular",
            ("4/4", "2/4"),
            "major",
            (76, 104),
            (60, 76),
            options={**PARLOUR, "parts": ({"writer": "guitar", "strum": "folk", "program": BANJO},)},
            manner=known["foster"],
        ),
        Style(
            "parlour",
            "an English parlour or folk song of the nineteenth century",
            "song",
            ("4/4", "6/8", "3/4"),
            "major",
            (72, 108),
            (60, 76),
            options={**PARLOUR, "parts": ({"writer": "piano", "pace": 2.6},)},
            manner=known["parlour"],
        ),
        Style(
            "shanty",
            "a song to haul by: call and answer, two beats in a bar, few slurs",
            "song",
            ("6/8", "4/4", "2/4"),
            None,
            (92, 116),
            (57, 74),
            melisma=-0.7,
            leap=0.3,
            options=SHANTY,
        ),
        Style(
            "minge",
            "中国民歌: five notes, two or four beats, falling line ends, slurs of neighbours",
            "song",
            ("2/4", "4/4"),
            "major",
            (72, 100),
            (58, 77),
            (0, 2, 4, 7, 9),
            6.0,
            program=73,
            melisma=0.6,
            options=FIVE,
        ),
    ]
