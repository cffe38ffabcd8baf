"""The key that a person's chords are in, where no key is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Key
from carmina.theory import ChordSymbol, read_chord

from .passes.vocabulary import Mode

# Triads of each mode by semitones above the tonic: "m" minor, "" major, "dim" diminished. Minor has both dominants.
_TRIADS: dict[Mode, dict[int, tuple[str, ...]]] = {
    "major": {0: ("",), 2: ("m",), 4: ("m",), 5: ("",), 7: ("",), 9: ("m",), 11: ("dim",)},
    "minor": {
        0: ("m",),
        2: ("dim",),
        3: ("",),
        5: ("m",),
        7: ("", "m"),
        8: ("",),
        10: ("",),
        11: ("dim",),
    },
}
_LAST, _FIRST = 2.0, 1.0  # how many chords it counts that the last one, and the first, is the tonic
_ROOT = 0.3  # a root of the scale under another quality, as applied dominants and blue sevenths have
_FOREIGN = -1.0
_DOMINANT = 0.5  # more for a seventh chord on the dominant that goes to the tonic
_FARTHEST = 6  # fifths


def key_of_chords(symbols: Sequence[str], mode: Mode | None = None) -> Key | None:
    """The key in which most of the chords are at home, the last and the first best of all; ``None`` without chords.

    ``mode``: the only one to look at, where it is asked for.
    """
    chords = [chord for symbol in symbols if (chord := read_chord(symbol))]
    if not chords:
        return None
    sharp = sum(c.root.alter > 0 for c in chords) - sum(c.root.alter < 0 for c in chords)
    keys = [
        Key(fifths, one) for one in (("major", "minor") if mode is None else (mode,)) for fifths in range(-5, 7)
    ] + [Key(-_FARTHEST, one) for one in (("major", "minor") if mode is None else (mode,))]
    return max(keys, key=lambda key: (_fit(chords, key), key.fifths * sharp > 0, -abs(key.fifths), key.mode))


def _fit(chords: Sequence[ChordSymbol], key: Key) -> float:
    """How well chords stand in a key."""
    triads = _TRIADS["minor" if key.mode == "minor" else "major"]
    total = 0.0
    for here, following in zip(chords, [*chords[1:], None], strict=True):
        above, quality = (here.root.pitch_class - key.tonic) % 12, _quality(here)
        total += 1.0 if quality in triads.get(above, ()) else _ROOT if above in triads else _FOREIGN
        home = following is not None and following.root.pitch_class == key.tonic
        total += _DOMINANT * (above == 7 and here.alter_of(7) == -1 and quality == "" and home)
    for chord, weight in ((chords[-1], _LAST), (chords[0], _FIRST)):
        total += weight * (chord.root.pitch_class == key.tonic and _quality(chord) in triads[0])
    return total


def _quality(chord: ChordSymbol) -> str:
    if chord.alter_of(3) == -1:
        return "dim" if chord.alter_of(5) == -1 else "m"
    return ""
