"""The key that a song sounds in, beside the key that its file says.

Method: the likelihood of how long each degree of the scale sounds, and of the last note and the last bass, under each
of the 24 keys; the distributions are those of the songs that the melody models learn from
(``corpora/songs/measure_degrees.py``). On its 237 validation songs 81 % of the keys are named right from the melody
alone and 84 % with the other parts; the profiles of Krumhansl and Kessler (1982) by correlation give 62 %.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from carmina import Key, Note, spelling

STRENGTH = 20.0  # notes that a part is worth, however many it has
LONGEST_TICKS = 1920  # a longer note counts as this
LEAST = 1.0  # per mille: no degree is impossible
MAJORS = 0.72  # of songs
SURE = 4.0  # nats by which another signature must be likelier before what the file says is doubted
Parts = Sequence[Sequence[Note]]


def heard_key(written: Key, notes: Sequence[Note], said: bool, parts: Parts = ()) -> tuple[str, list[str]]:
    """The key's name, such as ``G minor``, and what is doubtful.

    Where the file says a signature (``said``), it stands, and the notes choose between its major and its minor unless
    the file says minor; else the notes alone choose.
    """
    fits = fits_of(notes, [note for part in parts for note in part])
    best = max(fits, key=lambda key: (fits[key], -abs(key.fifths)))
    if not said:
        return spelling.key_name(best), []
    own = [Key(written.fifths, "major"), Key(written.fifths, "minor")]
    worth = {
        key: next(fit for other, fit in fits.items() if (other.tonic, other.mode) == (key.tonic, key.mode))
        for key in own
    }
    kept = own[1] if written.mode == "minor" or worth[own[1]] > worth[own[0]] else own[0]
    if fits[best] <= max(worth.values()) + SURE:
        return spelling.key_name(kept), []
    return spelling.key_name(kept), [f"signature of {spelling.key_name(kept)}, sounds like {spelling.key_name(best)}"]


def fits_of(notes: Sequence[Note], others: Sequence[Note]) -> dict[Key, float]:
    """The log-likelihood of every key in nats, up to a constant."""
    end = max((note.onset_ticks for note in others), default=0)
    ends = {
        "last": notes[-1].pitch,
        **({"bass": min(n.pitch for n in others if n.onset_ticks == end)} if others else {}),
    }
    held = {"melody": _held(notes), **({"parts": _held(others)} if others else {})}
    return {
        key: _fit(key, held, ends)
        for fifths in range(-5, 7)
        for mode in ("major", "minor")
        for key in [Key(fifths, mode)]
    }


def _held(notes: Sequence[Note]) -> list[float]:
    held = [0.0] * 12
    for note in notes:
        held[note.pitch % 12] += min(note.length_ticks, LONGEST_TICKS)
    whole = sum(held)
    return [value / whole for value in held]


def _fit(key: Key, held: dict[str, list[float]], ends: dict[str, int]) -> float:
    table = _table()[key.mode]
    fit = math.log(MAJORS if key.mode == "major" else 1 - MAJORS)
    for name, shares in held.items():
        fit += STRENGTH * sum(share * table[name][(pitch - key.tonic) % 12] for pitch, share in enumerate(shares))
    return fit + sum(table[name][(pitch - key.tonic) % 12] for name, pitch in ends.items())


@cache
def _table() -> dict[str, dict[str, list[float]]]:
    """Log-probability of each degree, by mode and by what is counted."""
    raw = json.loads(files(__package__).joinpath("data", "degrees.json").read_text("utf-8"))
    return {
        mode: {
            name: [math.log((value + LEAST) / (1000 + 12 * LEAST)) for value in values]
            for name, values in raw[mode].items()
        }
        for mode in ("major", "minor")
    }
