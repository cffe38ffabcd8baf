"""Songs of corpora as scores: the project's own format (corpora/songs/README.md), and files that its readers open."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carmina import TICKS_PER_QUARTER, CarminaError, Key, Metre, Note, Score, Syllable, Tempo, Track, spelling

GENRES = {
    "lieder": "art",
    "open_hymnal": "hymn",
    "bloomfield_carols": "carol",
    "openewld": "popular",
    "bloomfield_songs": "parlour",
}
LEAST = 24  # notes


@dataclass(frozen=True)
class Song:
    """One tune with what it is an example of."""

    id: str
    genre: str
    composer: str
    held: bool  # kept from everything that is measured or trained
    score: Score
    language: str


def songs(folder: Path) -> Iterator[Song]:
    """Every usable song of the folder; clusters of like songs are held out together, as the melody models held them."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        genre = GENRES.get(path.name.split(".")[0])
        if genre is None:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in file:
                raw = json.loads(row)
                score = score_of(raw)
                if score is not None:
                    held = (raw["cluster"] * 2654435761 % 2**32) % 8 == 0
                    yield Song(raw["id"], genre, raw["composer"] or "", held, score, raw["language"] or "")


def score_of(raw: dict[str, Any]) -> Score | None:
    """A song's sung line with its first verse; None where it has no metre, no key, or voices that overlap."""
    if not raw["time_signatures"] or not raw["key"] or len(raw["melody"]) < LEAST:
        return None
    try:
        key = spelling.key(raw["key"])
        metres = tuple(_metre(name, at if n else 0) for n, (at, name) in enumerate(raw["time_signatures"]))
        notes = _notes(raw["melody"])
        first = round((raw.get("pickup_quarters") or 0) * TICKS_PER_QUARTER)
        pickup = first if first < metres[0].bar_ticks else 0
        keys = (Key(key.fifths, key.mode),)
        tempi = (Tempo(float(raw.get("tempo_qpm") or 96.0)),)
        return Score((Track(notes),), metres, keys, tempi, pickup_ticks=pickup, language=raw["language"] or "")
    except (CarminaError, ValueError):
        return None


def _notes(melody: list[list[Any]]) -> tuple[Note, ...]:
    found = []
    for at, length, pitch, text, syllabic, melisma in melody:
        said = "".join(c for c in text or "" if c.isalpha() or c in "'’")
        after = "".join(c for c in text or "" if c in ",.;:!?")
        syllable = Syllable(said, syllabic or "single", after=after) if said else None
        onset, ticks = round(at * TICKS_PER_QUARTER), max(1, round(length * TICKS_PER_QUARTER))
        found.append(Note(pitch, onset, ticks, syllable, bool(melisma) and syllable is None))
    return tuple(found)


def _metre(name: str, onset_quarters: float) -> Metre:
    beats, unit = map(int, name.split("/"))
    return Metre(beats, unit, onset_ticks=round(onset_quarters * TICKS_PER_QUARTER))
