"""The key that a tune sounds in, beside the key that its file says.

Method: the correlation of how long each pitch class sounds with the profiles of Krumhansl and Kessler (1982), as in
Krumhansl, *Cognitive Foundations of Musical Pitch* (1990), with a little for the last note, where tunes mostly rest on the
tonic.
"""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Key, Note, spelling

MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
LAST = 0.1                           # for ending on the tonic, in units of correlation
SURE = 0.15                          # by so much must another key fit better before what the file says is doubted


def heard_key(written: Key, notes: Sequence[Note], said: bool) -> tuple[str, list[str]]:
    """The key's name, such as ``G minor``, and what is doubtful.

    Where the file says a signature (``said``), it stands unless another key fits much better, and the notes choose
    between its major and its minor; else the notes alone choose.
    """
    fits = _fits(notes)
    best = max(fits, key=lambda key: (fits[key], -abs(key.fifths), key.mode == "major"))
    if not said:
        return spelling.key_name(best), []
    own = [Key(written.fifths, "major"), Key(written.fifths, "minor")]
    kept = own[1] if written.mode == "minor" or fits[own[1]] > fits[own[0]] + 0.05 else own[0]
    if fits[best] <= max(fits[key] for key in own) + SURE:
        return spelling.key_name(kept), []
    doubt = f"signature of {spelling.key_name(kept)}, sounds like {spelling.key_name(best)}"
    return spelling.key_name(kept), [doubt]


def _fits(notes: Sequence[Note]) -> dict[Key, float]:
    held = [0.0] * 12
    for note in notes:
        held[note.pitch % 12] += note.length_ticks
    last = notes[-1].pitch % 12
    keys = [Key(fifths, mode) for fifths in range(-5, 7) for mode in ("major", "minor")]
    edges = [Key(fifths, mode) for fifths in (-7, -6, 7) for mode in ("major", "minor")]
    return {key: _correlation(held, key) + LAST * (key.tonic == last) for key in (*keys, *edges)}


def _correlation(held: Sequence[float], key: Key) -> float:
    profile = MAJOR if key.mode == "major" else MINOR
    turned = [held[(key.tonic + step) % 12] for step in range(12)]
    a, b = _centred(turned), _centred(profile)
    size = (sum(x * x for x in a) * sum(x * x for x in b)) ** 0.5
    return sum(x * y for x, y in zip(a, b, strict=True)) / size if size else 0.0


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]
