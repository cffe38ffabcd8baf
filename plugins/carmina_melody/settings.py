"""What the style and the words leave open is chosen here: key, range, tempo, scale, given chords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carmina import BadOption, Brief, Key, NoSolution, Style, spelling

from .corpus.chord_labels import parse_symbol
from .passes.vocabulary import HIGHEST, LOWEST, QUALITIES, Mode

PENTATONIC = (0, 2, 4, 7, 9)  # 宫商角徵羽 above a major tonic
WIDER = 0.1  # nats that leaps of Chinese songs cost less
MANDOPOP = (55, 76)
ORNATE = 0.8  # nats: syllables of Chinese songs have further notes more often; see docs/experiments/song-planner.md
EVEN = ("4/4", "2/4", "2/2")  # Chinese songs are hardly ever in three
PENTATONIC_MINOR = (0, 3, 5, 7, 10)
FRIENDLY = {"major": (0, -1, 1, -2, 2, -3, 3), "minor": (0, -1, 1, -2, 2, -3)}  # fifths, easy keys first
SECONDS_A_SYLLABLE = 0.43  # at ease; between hymns (.55) and popular songs (.35)
NARROWEST = 7  # semitones of range that a melody needs


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the tune lies."""

    key: Key
    base: int  # MIDI pitch of the tonic that pitches are counted from
    low: int  # semitones from base
    high: int


def in_language(style: Style, language: str, mode: str) -> Style:
    """The style for a language: Chinese words ask for two or four beats, and lean on the pentatonic scale.

    A style with a scale of its own keeps it, and one without an even metre keeps its metres.
    """
    if language != "zh":
        return style
    if style.name == "pop":
        style = replace(style, range=MANDOPOP, options={"idiom": "mandopop", **style.options})
    even = tuple(metre for metre in style.metres if metre in EVEN) or style.metres
    if style.scale:
        return replace(style, metres=even)
    return replace(
        style,
        metres=even,
        scale=PENTATONIC_MINOR if mode == "minor" else PENTATONIC,
        scale_strength=1.5,
        melisma=style.melisma + ORNATE,
        leap=style.leap - WIDER,
    )


def placement(brief: Brief, style: Style, mode: Mode, rng: np.random.Generator, given: Key | None = None) -> Placement:
    """Key and range: as asked, else ``given`` (the key of a person's chords), else an easy key in which the tonic
    lies well."""
    low, high = brief.range or style.range
    if high - low < NARROWEST:
        raise BadOption("range", f"{high - low} semitones", f"at least {NARROWEST} semitones, e.g. C4-E5")
    if brief.key:
        return _placed(key_of(brief.key, mode), low, high)
    if given:
        return _placed(given, low, high)
    keys = [Key(fifths, mode) for fifths in FRIENDLY[mode]]
    good = [key for key in keys if 0 <= (key.tonic - low) % 12 <= 7]
    return _placed((good or keys)[int(rng.integers(len(good or keys)))], low, high)


def key_of(name: str, mode: str | None = None) -> Key:
    """``"F# minor"`` -> the key."""
    return spelling.key(name if " " in name else f"{name} {mode or 'major'}")


def _placed(key: Key, low: int, high: int) -> Placement:
    """The tonic from which the range holds most of what melodies use: a fourth or so below to a tenth above."""
    tonics = [pitch for pitch in range(key.tonic, 128, 12) if low - 12 <= pitch <= high]
    base = min(tonics, key=lambda pitch: abs((low + high) / 2 - 5.5 - pitch))
    bounds = max(LOWEST, low - base), min(HIGHEST, high - base)
    if not any(bounds[0] <= 12 * octave <= bounds[1] for octave in (-1, 0, 1, 2)):
        raise NoSolution(f"the range holds no tonic of {key}. Widen --range or choose another --key.")
    return Placement(key, base, *bounds)


def tempo(brief: Brief, style: Style, units_a_syllable: float, metre: str) -> float:
    """Quarters a minute: as asked, else such that syllables come at an easy pace, within what the style allows."""
    if brief.tempo_bpm:
        return brief.tempo_bpm
    beats, unit = map(int, metre.split("/"))
    beat_quarters = 1.5 if unit == 8 and beats % 3 == 0 else 4 / unit
    low, high = (bpm * beat_quarters for bpm in style.tempo_bpm)
    return float(round(min(high, max(low, 60 * units_a_syllable / 12 / SECONDS_A_SYLLABLE))))


def given_chords(symbols: Sequence[str], key: Key) -> list[int]:
    """Symbols -> root above the tonic * 4 + quality; a symbol that names no chord holds the one before."""
    out: list[int] = []
    for symbol in symbols:
        read = parse_symbol(symbol)
        if read is None:
            out.append(out[-1] if out else 0)
        else:
            out.append((read[0] - key.tonic) % 12 * len(QUALITIES) + read[1])
    return out


_SHARPS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_FLATS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def chord_symbol(chord: int, key: Key) -> str:
    """root above the tonic * 4 + quality -> a printed symbol, spelt as the key is."""
    root, quality = divmod(chord, len(QUALITIES))
    flat = key.fifths < 0 or (key.fifths == 0 and root not in (6,))
    return (_FLATS if flat else _SHARPS)[(root + key.tonic) % 12] + QUALITIES[quality]
