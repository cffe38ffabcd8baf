"""Small valid inputs of every kind that comes from outside, made here from values and texts of our own."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache

from carmina import (
    Chord,
    Key,
    Metre,
    Note,
    Poem,
    Score,
    SectionMark,
    Syllable,
    Tempo,
    Track,
)

WORDS = ("row", "the", "boat", "a", "long", "the", "stream")
ABC = """X:1
T:Little boat
M:4/4
L:1/8
Q:1/4=96
K:G
P:A
"G"G2A2 B2c2|"D7"d4 (3efg z2:|
w: row the boat a-long the_ stream
[V:2] G,4 [GBd]4 | {a}g8 |]
"""
LILYPOND = r"""\version "2.24.0"
melody = \relative c' { \time 3/4
  \key g \major \partial 4 g'4 | b8. c16 d4 e | \times 2/3 { d8 c b } \repeat volta 2 { a2. }
}
words = \lyricmode { row the boat a -- long the stream __ }
\score { << \new Staff \new Voice = "v" { \melody } \new Lyrics \lyricsto "v" { \words } >> }
"""
LYRICS = """{title: The boat}
[Verse 1]
[G]Row the [D7]boat a-long the stream,
mer-ri-ly_ goes the day!

[Chorus]
我们 唱 歌 all night 42 times
"""
LRC = "[ti:Boat]\n[00:01.00]Row the boat\n[00:03.50]<00:03.50>a<00:04.00>long\n"
CSV = "title,author,dynasty,text\n静,someone,唐,床前明月光，疑是地上霜。\nBoat,me,,Row the boat\n"
POEM_EN = (
    "The boat goes down along the silver stream,\nAnd all the day is nothing but a dream.\n\n"
    "Row on, row on,\nThe night is gone.\n"
)
POEM_ZH = "青山隐隐水迢迢，\n秋尽江南草未凋。\n二月春风吹柳绿，\n一江明月照归桡。\n"
FORMS = {
    "language": "en",
    "metres": {"i5": "-+-+-+-+-+"},
    "forms": [
        {
            "name": "pair",
            "summary": "a pair",
            "repeat": 2,
            "aliases": ["two"],
            "lines": "i5 a, i5 a / i5 . =A, -+|+- b =^A",
        },
        {"name": "two", "summary": "two", "variants": {"x": "-+ a", "y": "+- a"}, "parallel": [0], "book": "b"},
    ],
}
RECIPE = {
    "name": "toy",
    "tokenizer": "melody",
    "network": "lstm",
    "seed": 1,
    "about": "a toy",
    "config": {"width": 8, "layers": 1, "dropout": 0.1},
    "optimisation": {"steps": 10, "learning_rate": 0.001, "precision": "fp32", "sharded": False},
    "hide": {"stress": 0.1},
    "balance": {"previous": 0.5},
}
STYLE = {
    "name": "my-songs",
    "summary": "mine",
    "metres": ["3/4", "4/4"],
    "mode": "minor",
    "tempo_bpm": [80, 100.5],
    "range": [55, 72],
    "scale": [0, 2, 4],
    "strophic": True,
    "options": {
        "parts": [{"writer": "piano", "level": 1}, {"writer": "bass"}],
        "intro": 1,
        "harmony": {"colour": "triads"},
    },
    "models": {"melody": "m.safetensors"},
    "made": {"melody": {"steps": 3}},
}
CARD = {
    "name": "toy",
    "title": "Toy",
    "summary": "small",
    "languages": ["en"],
    "licence": "CC0-1.0",
    "split": "by song",
    "counts": {"songs": 3},
    "faults": ["few"],
    "sources": [{"name": "me", "licence": "CC0-1.0", "where": "here"}],
    "files": {"songs.jsonl.gz": "0" * 64},
}
SONG_RECORD = {
    "id": "a",
    "cluster": 1,
    "genre": "song",
    "language": "en",
    "tempo_qpm": 100,
    "key": "C major",
    "time_signatures": [[0, "4/4"]],
    "key_signatures": [[0, 0]],
    "bars": [[0, 4], [4, 4]],
    "melody": [[at, 1, 60 + at % 5, word, "single", 0] for at, word in enumerate((*WORDS, "home,", "dear"))],
    "chords": [[0, "C"]],
    "accompaniment": [[0, 4, 48, 2]],
    "verses": [{"syl": [[at, word, "single"] for at, word in enumerate((*WORDS, "far", "love"))]}],
    "split": "train",
}
POEM_RECORD = {
    "id": "b",
    "author": "me",
    "title": "t",
    "form": "pair",
    "language": "en",
    "stanzas": [POEM_EN.splitlines()[:2]],
}


def score() -> Score:
    """A song with everything that formats have words for."""
    notes = [
        Note(62 + at % 7, 480 + at * 240, 240, Syllable(word, after="," if at == 2 else "", ends_line=at in (3, 6)))
        for at, word in enumerate(WORDS)
    ]
    notes.insert(3, Note(66, 480 + 3 * 240 - 120, 120, continues=True))
    notes[2] = Note(notes[2].pitch, notes[2].onset_ticks, 120, notes[2].syllable)
    voice = Track(tuple(sorted(notes, key=lambda note: note.onset_ticks)))
    piano = Track(tuple(Note(48 + p, at * 960, 900) for at in range(3) for p in (0, 4, 7)), "Piano", "piano", 0)
    drums = Track(tuple(Note(36 + 2 * (at % 2), at * 480, 120) for at in range(5)), "Drums", "drums", 0)
    return Score(
        (voice, piano, drums),
        (Metre(3, 4), Metre(4, 4, 1440)),
        (Key(1), Key(-2, "minor", 1440)),
        (Tempo(90), Tempo(120, 1440)),
        (Chord(0, "G"), Chord(960, "D7/F#", "V65")),
        (SectionMark(0, 1440, "verse", "Verse 1"), SectionMark(1440, 1440, "chorus", "Chorus")),
        title="Boat",
        language="en",
        credits=("Words: me",),
    )


def poem() -> Poem:
    lines = tuple(POEM_EN.splitlines()[:2])
    return Poem((lines,), "pair", "en", "Boat", "me", {"form": "pair", "variant": "", "lines": [{"text": lines[0]}]})


@lru_cache
def samples() -> dict[str, tuple[bytes, ...]]:
    """Valid files by suffix."""
    from carmina.conductor import Conductor

    conductor, song = Conductor(), score()
    made = {suffix: (conductor.render(song, suffix),) for suffix in (".mid", ".kar", ".musicxml", ".mxl")}
    return {
        **made,
        ".abc": (ABC.encode(), conductor.render(song, ".abc")),
        ".ly": (LILYPOND.encode(),),
        ".txt": (LYRICS.encode(), LRC.encode(), POEM_ZH.encode("utf-16")),
        ".json": (
            conductor.render(poem(), ".json"),
            json.dumps([{"title": "a", "paragraphs": POEM_ZH.splitlines()}]).encode(),
        ),
        ".csv": (CSV.encode(),),
        "poem.txt": (POEM_EN.encode(), POEM_ZH.encode()),
    }


def corpus(records: list) -> bytes:
    """A .jsonl.gz file."""
    return gzip.compress(
        "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode("utf-8", "replace"), 1, mtime=0
    )
