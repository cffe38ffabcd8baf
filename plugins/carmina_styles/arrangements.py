"""How each style is harmonised and who plays: a style's ``options``, which the writers of accompaniments read
(docs/harmony.md)."""

PIANO, HARP, CHOIR, STRINGS, BRASS, MUSIC_BOX, ACCORDION, BANJO, TUBA = (
    0,
    46,
    52,
    48,
    61,
    10,
    21,
    105,
    58,
)  # General MIDI
NYLON, STEEL, ELECTRIC_BASS, UPRIGHT_BASS, CELLO, VIBES = 24, 25, 33, 32, 42, 11
GUZHENG, PIPA, DIZI = 107, 106, 73

PLAIN = {"genre": "art", "rhythm": "half", "colour": "triads"}
LEAD_SHEET = {"genre": "popular", "rhythm": "half", "basses": False, "planned": True}
ROUND = {**PLAIN, "planned": True}
CHORALE = {"genre": "hymn", "rhythm": "beat", "basses": False, "colour": "triads"}

ARRANGEMENTS: dict[str, dict[str, object]] = {
    "song": {"harmony": PLAIN, "intro": 2, "outro": 1, "parts": ({"writer": "piano", "pace": 2.6},)},
    "hymn": {"harmony": CHORALE, "parts": ({"writer": "four_parts", "program": CHOIR},)},
    "carol": {
        "harmony": {**CHORALE, "rhythm": "half"},
        "intro": 2,
        "outro": 1,
        "parts": (
            {"writer": "four_parts", "program": CHOIR},
            {"writer": "piano", "texture": "broken", "program": HARP, "pace": 3.0, "name": "Harp"},
        ),
    },
    "ballad": {
        "harmony": ROUND,
        "intro": 2,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "pick": "travis", "program": STEEL},
            {"writer": "bass", "pattern": "plain", "program": UPRIGHT_BASS},
            {"writer": "pad", "program": STRINGS, "from_fullness": 0.5},
        ),
    },
    "art": {
        "harmony": {"genre": "art", "rhythm": "half"},
        "intro": 2,
        "outro": 2,
        "parts": ({"writer": "piano", "pace": 3.4},),
    },
    "popular": {
        "harmony": LEAD_SHEET,
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "piano", "texture": "offbeat", "pace": 2.6},
            {"writer": "guitar", "strum": "offbeat", "program": BANJO, "swing": 50},
            {"writer": "bass", "pattern": "two_beat", "program": TUBA},
            {"writer": "drums", "pattern": "swing", "swing": 50},
        ),
    },
    "waltz": {
        "harmony": LEAD_SHEET,
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "piano", "texture": "offbeat", "pace": 2.4},
            {"writer": "bass", "pattern": "waltz", "program": UPRIGHT_BASS},
            {"writer": "pad", "program": STRINGS, "from_fullness": 0.5},
            {"writer": "pad", "program": ACCORDION, "name": "Accordion", "middle": 67, "from_fullness": 0.7},
        ),
    },
    "lullaby": {
        "harmony": ROUND,
        "intro": 2,
        "outro": 2,
        "parts": (
            {"writer": "guitar", "pick": "gentle", "program": NYLON},
            {"writer": "pad", "program": STRINGS, "middle": 58},
        ),
    },
    "children": {
        "harmony": ROUND,
        "intro": 2,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "strum": "folk", "program": NYLON},
            {"writer": "bass", "pattern": "plain", "program": UPRIGHT_BASS},
            {"writer": "pad", "program": MUSIC_BOX, "name": "Music box", "middle": 72, "from_fullness": 0.5},
        ),
    },
    "march": {
        "harmony": {**PLAIN, "genre": "hymn"},
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "pad", "program": BRASS, "name": "Brass", "middle": 62, "rhythm": "oompah", "touch": -20},
            {"writer": "bass", "pattern": "two_beat", "program": TUBA},
            {"writer": "drums", "pattern": "march"},
        ),
    },
    "lament": {
        "harmony": {"genre": "art", "rhythm": "half"},
        "intro": 2,
        "outro": 2,
        "parts": (
            {"writer": "piano", "pace": 2.2},
            {"writer": "pad", "program": CELLO, "name": "Cellos", "middle": 54, "from_fullness": 0.5},
        ),
    },
    "pentatonic": {
        "harmony": {"genre": "art", "rhythm": "half", "colour": "five", "basses": False},
        "intro": 4,
        "outro": 2,
        "parts": (
            {"writer": "plucked", "program": GUZHENG},
            {"writer": "flute", "program": DIZI},
            {
                "writer": "plucked",
                "program": PIPA,
                "name": "Pipa",
                "pattern": "sparse",
                "full": "sparse",
                "ornaments": False,
            },
            {"writer": "pad", "program": STRINGS, "middle": 57, "from_fullness": 0.6},
        ),
    },
    "folk": {
        "harmony": {**ROUND, "basses": False},
        "intro": 2,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "strum": "campfire", "program": STEEL},
            {"writer": "bass", "pattern": "plain", "program": UPRIGHT_BASS},
        ),
    },
    "pop": {
        "harmony": {**LEAD_SHEET, "colour": "triads"},
        "intro": 4,
        "outro": 2,
        "parts": (
            {"writer": "guitar", "strum": "folk", "program": STEEL},
            {"writer": "piano", "texture": "block", "pace": 1.8},
            {"writer": "bass", "pattern": "pop", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "soft", "full": "pop_full"},
            {"writer": "pad", "program": STRINGS, "from_fullness": 0.5, "middle": 67},
        ),
    },
    "rock": {
        "harmony": {**LEAD_SHEET, "colour": "triads"},
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "strum": "driving", "program": 29, "name": "Electric guitar"},
            {"writer": "bass", "pattern": "eighths", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "pop", "full": "pop_full"},
        ),
    },
    "swing": {
        "harmony": LEAD_SHEET,
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "pad", "program": PIANO, "name": "Piano", "middle": 62, "rhythm": "charleston", "touch": -10},
            {"writer": "bass", "pattern": "walking", "program": UPRIGHT_BASS, "swing": 80},
            {"writer": "drums", "pattern": "swing", "swing": 80},
            {"writer": "pad", "program": VIBES, "name": "Vibraphone", "from_fullness": 0.7, "touch": -20},
        ),
    },
    "theatre": {
        "harmony": LEAD_SHEET,
        "intro": 2,
        "outro": 1,
        "parts": (
            {"writer": "piano", "texture": "offbeat", "pace": 2.4},
            {"writer": "bass", "pattern": "two_beat", "program": UPRIGHT_BASS},
            {"writer": "pad", "program": STRINGS, "from_fullness": 0.5},
        ),
    },
    "patter": {
        "harmony": LEAD_SHEET,
        "intro": 2,
        "outro": 1,
        "parts": ({"writer": "piano", "texture": "offbeat", "pace": 2.2},),
    },
    "bossa": {
        "harmony": LEAD_SHEET,
        "intro": 4,
        "outro": 2,
        "parts": (
            {"writer": "guitar", "strum": "offbeat", "program": NYLON},
            {"writer": "bass", "pattern": "two_beat", "program": UPRIGHT_BASS},
            {"writer": "drums", "pattern": "soft"},
        ),
    },
    "reggae": {
        "harmony": {**LEAD_SHEET, "colour": "triads"},
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "strum": "offbeat", "program": 27, "name": "Electric guitar"},
            {"writer": "bass", "pattern": "pop", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "soft", "full": "pop"},
        ),
    },
    "disco": {
        "harmony": LEAD_SHEET,
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "guitar", "strum": "driving", "program": 27, "name": "Electric guitar"},
            {"writer": "bass", "pattern": "eighths", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "pop", "full": "pop_full"},
            {"writer": "pad", "program": STRINGS, "middle": 67, "from_fullness": 0.4},
        ),
    },
    "rap": {
        "harmony": {**LEAD_SHEET, "colour": "triads"},
        "intro": 4,
        "outro": 1,
        "parts": (
            {"writer": "pad", "program": 4, "name": "Electric piano", "middle": 60},
            {"writer": "bass", "pattern": "pop", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "pop", "full": "pop_full"},
        ),
    },
    "mandopop": {
        "harmony": {**LEAD_SHEET, "colour": "triads"},
        "intro": 4,
        "outro": 2,
        "parts": (
            {"writer": "piano", "texture": "broken", "pace": 2.4},
            {"writer": "guitar", "strum": "folk", "program": STEEL},
            {"writer": "bass", "pattern": "pop", "program": ELECTRIC_BASS},
            {"writer": "drums", "pattern": "soft", "full": "pop_full"},
            {"writer": "pad", "program": STRINGS, "from_fullness": 0.5, "middle": 67},
        ),
    },
}
