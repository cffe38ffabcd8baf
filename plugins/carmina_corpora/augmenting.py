"""More of the same: variants of songs and poems that a composer or a poet could have written as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carmina import BadOption, Key, spelling
from carmina.theory import transposed_symbol

Record = dict[str, Any]
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
GRID = 0.25  # quarters: the shortest note that an ornament makes


@dataclass(frozen=True, slots=True)
class Changes:
    """How far a variant may go from its work."""

    copies: int = 1  # variants of each work
    transpose: int = 0  # semitones up or down, at most
    tempo: float = 0.0  # share faster or slower, at most
    ornament: float = 0.0  # share of the notes that could be ornamented
    drop_lines: float = 0.0  # share of the lines of a poem

    def __post_init__(self) -> None:
        for name, most in (("copies", 20), ("transpose", 12), ("tempo", 0.5), ("ornament", 1.0), ("drop_lines", 0.5)):
            if not (1 if name == "copies" else 0) <= getattr(self, name) <= most:
                raise BadOption(
                    "--" + name.replace("_", "-"), getattr(self, name), f"{int(name == 'copies')} to {most}"
                )

    def touches(self, kind: str) -> bool:
        """Whether works of this kind change at all."""
        return bool(self.transpose or self.tempo or self.ornament) if kind == "song" else bool(self.drop_lines)


def variant(kind: str, record: Record, number: int, changes: Changes, rng: np.random.Generator) -> Record:
    """The ``number``-th variant of a record; it says of which it is one, so that an epoch draws one of them."""
    head = {"id": f"{record['id']}~{number}", "variant_of": record.get("variant_of") or record["id"]}
    if kind == "poem":
        return {**record, **head, "stanzas": dropped(record["stanzas"], changes.drop_lines, rng)}
    made = transposed(record, int(rng.integers(-changes.transpose, changes.transpose + 1)))
    made = {**made, **head, "tempo_qpm": _faster(record.get("tempo_qpm"), changes.tempo, rng)}
    return ornamented(made, changes.ornament, rng)


def _faster(tempo: float | None, share: float, rng: np.random.Generator) -> float | None:
    factor = (1 + share) ** rng.uniform(-1, 1)
    return round(min(400.0, max(10.0, tempo * factor)), 2) if tempo else tempo


# ---- pitch ---------------------------------------------------------------------------------------------------------


def transposed(record: Record, semitones: int) -> Record:
    """Every pitch, signature and chord symbol moved; a song that would leave the range of MIDI stays as it is."""
    pitches = [entry[2] for name in ("melody", "accompaniment") for entry in record.get(name) or ()]
    if not semitones or not pitches or not 0 <= min(pitches) + semitones <= max(pitches) + semitones <= 127:
        return record
    signatures = [[onset, _fifths(fifths + 7 * semitones)] for onset, fifths in record.get("key_signatures") or ()]
    old = record["key_signatures"][0][1] if signatures else 0
    change = _fifths(old + 7 * semitones) - old
    return {
        **record,
        "key_signatures": signatures,
        "key": _key(record.get("key"), semitones),
        "melody": [[*entry[:2], entry[2] + semitones, *entry[3:]] for entry in record["melody"]],
        "accompaniment": [
            [*entry[:2], entry[2] + semitones, *entry[3:]] for entry in record.get("accompaniment") or ()
        ],
        "chords": [[onset, transposed_symbol(symbol, change)] for onset, symbol in record.get("chords") or ()],
    }


def _fifths(fifths: int) -> int:
    return (fifths + 5) % 12 - 5


def _key(name: str | None, semitones: int) -> str | None:
    if not name:
        return name
    key = spelling.key(name)
    return spelling.key_name(Key(_fifths(key.fifths + 7 * semitones), key.mode))


# ---- ornaments -----------------------------------------------------------------------------------------------------


def ornamented(record: Record, share: float, rng: np.random.Generator) -> Record:
    """Passing notes into thirds and upper neighbours on long notes, as melismas.

    Every note of the tune still begins where it began and its syllable is still sung there; each ornament takes its
    time from the note that it adorns, so that bars stay whole.
    """
    if not share:
        return record
    scale = _scale(record)
    melody: list[list[Any]] = []
    place: dict[int, int] = {}
    for index, entry in enumerate(record["melody"]):
        place[index] = len(melody)
        following = record["melody"][index + 1] if index + 1 < len(record["melody"]) else None
        pieces = _pieces(entry, following, scale) if rng.random() < share else ()
        melody += [[*entry[:1], pieces[0][1], *entry[2:]], *pieces[1:]] if pieces else [entry]
    verses = [
        {**verse, "syl": [[place[at], *rest] for at, *rest in verse["syl"]]} for verse in record.get("verses") or ()
    ]
    return {**record, "melody": melody, "verses": verses}


def _pieces(entry: Sequence[Any], following: Sequence[Any] | None, scale: frozenset[int]) -> list[list[Any]]:
    """A note cut into itself and its ornament; empty where none fits."""
    onset, length, pitch, text, _syllabic, melisma = entry
    half = length / 2
    if half < GRID or half % GRID or not (text or melisma):
        return []
    leap = following[2] - pitch if following else 0
    joined = following is not None and abs(onset + length - following[0]) < 1e-4
    if following is not None and joined and abs(leap) in (3, 4):
        between = [p for p in range(min(pitch, following[2]) + 1, max(pitch, following[2])) if p % 12 in scale]
        return _run(onset, [(half, pitch), (half, between[0])]) if len(between) == 1 else []
    if length >= 2 and half / 2 >= GRID and half / 2 % GRID == 0:
        upper = next(p for p in range(pitch + 1, pitch + 13) if p % 12 in scale)
        return (
            _run(onset, [(half, pitch), (half / 2, upper), (half / 2, pitch)])
            if upper - pitch <= 2 and upper <= 127
            else []
        )
    return []


def _run(onset: float, steps: Sequence[tuple[float, int]]) -> list[list[Any]]:
    made, at = [], onset
    for length, pitch in steps:
        made.append([round(at, 5), length, pitch, None, None, 1])
        at += length
    return made


def _scale(record: Record) -> frozenset[int]:
    key = spelling.key(record.get("key") or "C major")
    return frozenset((key.tonic + step) % 12 for step in (MAJOR if key.mode == "major" else MINOR))


# ---- words ---------------------------------------------------------------------------------------------------------


def dropped(stanzas: Sequence[Sequence[str]], share: float, rng: np.random.Generator) -> list[list[str]]:
    """The stanzas without some lines; half of them at least stay, in order, and no stanza is empty."""
    places = [(i, j) for i, stanza in enumerate(stanzas) for j in range(len(stanza))]
    most = min(len(places) // 2, int(rng.binomial(len(places), share)))
    gone = {places[at] for at in rng.choice(len(places), most, replace=False)}
    kept = [[line for j, line in enumerate(stanza) if (i, j) not in gone] for i, stanza in enumerate(stanzas)]
    return [stanza for stanza in kept if stanza]
