"""The corpus of songs as scores with what else sounds in them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carmina import TICKS_PER_QUARTER, Chord, Key, Metre, Note, Score, Syllable, Tempo, Track

from ..symbols import parse

GENRES = {
    "lieder": "art",
    "openhymnal": "hymn",
    "bloomfield-carols": "hymn",
    "bloomfield-songs": "hymn",
    "openewld": "popular",
    "mutopia": "other",
}
_WORD = re.compile(r"^[^\w'’]*(.*?)([^\w'’]*)$", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """One song."""

    id: str
    cluster: int
    genre: str  # art, hymn, popular
    score: Score  # the voice, with chords where the source has them
    others: tuple[tuple[Note, int], ...]  # every other voice's notes with their staff

    @property
    def held_out(self) -> bool:
        """An eighth of the clusters is kept for measuring."""
        return (self.cluster * 2654435761 % 2**32) % 8 == 0


def read(folder: Path) -> Iterator[Piece]:
    """Every usable song under a folder."""
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                raw = json.loads(line)
                if raw.get("melody") and raw.get("bars") and raw.get("time_signatures"):
                    piece = _piece(raw)
                    if piece:
                        yield piece


def _piece(raw: dict[str, Any]) -> Piece | None:
    notes, end = [], 0
    for entry in raw["melody"]:
        note = _note(entry)
        if note and note.onset_ticks >= end:
            notes.append(note)
            end = note.end_ticks
    others = sorted(
        (
            (Note(p, _ticks(o), max(1, _ticks(d))), staff)
            for o, d, p, staff in raw.get("accompaniment") or ()
            if 0 <= p <= 127
        ),
        key=lambda pair: (pair[0].onset_ticks, pair[0].pitch),
    )
    metres = tuple(_metres(raw))
    if len(notes) < 8:
        return None
    pickup = _ticks(raw.get("pickup_quarters") or 0)
    score = Score(
        (Track(tuple(notes)),),
        metres,
        (_key(raw),),
        (Tempo(min(400.0, max(10.0, raw.get("tempo_qpm") or 96.0))),),
        tuple(Chord(_ticks(onset), symbol) for onset, symbol in raw.get("chords") or ()),
        pickup_ticks=pickup if pickup < metres[0].bar_ticks else 0,
    )
    if score.chords:
        score = _lead_sheet_key(score)
    return Piece(raw["id"], raw["cluster"], GENRES.get(raw["id"].split("/")[0], "other"), score, tuple(others))


def _lead_sheet_key(score: Score) -> Score:
    """The mode that the last chord says: the sheets give the signature, and their mode is a guess."""
    last = next((tones for tones in (parse(chord.symbol) for chord in reversed(score.chords)) if tones), None)
    fifths = score.keys[0].fifths
    for mode in ("major", "minor"):
        key = Key(fifths, mode)
        if last and last.root == key.tonic and (3 in last.above) == (mode == "minor"):
            return replace(score, keys=(key,))
    return score


def _ticks(quarters: float) -> int:
    return round(quarters * TICKS_PER_QUARTER)


def _note(entry: list) -> Note | None:
    onset, length, pitch, text, syllabic, melisma = entry
    found = _WORD.match(text or "")
    assert found is not None  # every part of the pattern may be empty
    word, after = found.groups()
    syllable = Syllable(word, syllabic or "single", after=after) if word.strip() else None
    return Note(pitch, _ticks(onset), max(1, _ticks(length)), syllable, bool(melisma) and syllable is None)


def _metres(raw: dict[str, Any]) -> Iterator[Metre]:
    at = -1
    for onset, signature in raw["time_signatures"]:
        beats, unit = map(int, signature.split("/"))
        tick = _ticks(onset) if at >= 0 else 0
        if tick > at:
            yield Metre(min(beats, 32), unit, tick)
            at = tick


def _key(raw: dict[str, Any]) -> Key:
    fifths = raw["key_signatures"][0][1] if raw.get("key_signatures") else 0
    return Key(max(-7, min(7, fifths)), "minor" if "minor" in (raw.get("key") or "") else "major")
