"""Chord symbols as people print them -> the tones that they name. The one reader of all rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .chord_grammar import ChordTone as ChordTone
from .chord_grammar import read_suffix
from .pitches import GERMAN_NAME, PitchName, read_pitch_name

NO_CHORD = "N.C."
MAX_SYMBOL = 64  # characters
_NO_CHORDS = frozenset({"N.C.", "N.C", "NC", "N. C.", "NO CHORD"})
_BASS = re.compile(r"(?:\s*[/\\]\s*)(?P<bass>[A-H][A-Za-z#♯b♭]{0,4})$")
_ONLY_GERMAN = re.compile(rf"H|{GERMAN_NAME}")


@dataclass(frozen=True, slots=True)
class ChordSymbol:
    """A chord symbol taken apart."""

    text: str  # as printed
    root: PitchName
    suffix: str  # as printed after the root, without the bass
    tones: tuple[ChordTone, ...]  # by degree, the root's own first
    bass: PitchName | None = None  # of a slash chord

    @property
    def intervals(self) -> tuple[int, ...]:
        """Semitones of its tones above the root, 0..11, ascending; the bass is not among them unless it is a tone."""
        return tuple(sorted({tone.semitones % 12 for tone in self.tones}))

    @property
    def played_intervals(self) -> tuple[int, ...]:
        """As ``intervals``, without the semitone clash that players leave out: the third of an 11 chord, the eleventh
        of a 13 chord, where the third is major (Levine, *The Jazz Theory Book*, 1995)."""
        if not {ChordTone(3), ChordTone(11), ChordTone(7, -1)} <= set(self.tones) and not {
            ChordTone(3),
            ChordTone(11),
            ChordTone(7),
        } <= set(self.tones):
            return self.intervals
        clash = 5 if any(tone.degree == 13 for tone in self.tones) else 4
        return tuple(step for step in self.intervals if step != clash)

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Pitch classes of its tones, the bass included."""
        bass = {self.bass.pitch_class} if self.bass else set()
        return frozenset({(self.root.pitch_class + step) % 12 for step in self.intervals} | bass)

    @property
    def lowest(self) -> PitchName:
        """The bass of a slash chord, else the root."""
        return self.bass or self.root

    def alter_of(self, degree: int) -> int | None:
        """How a degree is altered, e.g. -1 for a minor third; ``None`` where the chord has none. The first of
        several."""
        return next((tone.alter for tone in self.tones if tone.degree == degree), None)


def is_no_chord(text: str) -> bool:
    """Whether a text says that no chord sounds: ``N.C.``"""
    return text.strip().upper() in _NO_CHORDS


@lru_cache(maxsize=4096)
def read_chord(text: str, german: bool = False) -> ChordSymbol | None:
    """A printed symbol taken apart; ``None`` for ``N.C.`` and for what is no chord symbol.

    Read: English and German roots (``H``, ``Es``, ``Fis``); maj, min, dim, aug, sus, add, omit, alterations, slash
    basses and their usual signs (``m``, ``-``, ``M``, ``△``, ``°``, ``ø``, ``+``, ``^``). ``german``: ``B`` is B flat.
    """
    plain = text.strip()
    if len(plain) > MAX_SYMBOL:
        return None
    named = read_pitch_name(plain, german)
    if named is None:
        return None
    root, end = named
    rest, bass = _without_bass(plain[end:], german)
    tones = read_suffix(rest)
    return None if tones is None else ChordSymbol(plain, root, rest, tones, bass)


def _without_bass(rest: str, german: bool) -> tuple[str, PitchName | None]:
    slash = _BASS.search(rest)
    if not slash:
        return rest, None
    named = read_pitch_name(slash["bass"], german)
    if named is None or named[1] != len(slash["bass"]):
        return rest, None
    return rest[: slash.start()], named[0]


def is_german(symbols: Sequence[str]) -> bool:
    """Whether a song's symbols are written the German way, which is seen by an ``H`` or a name such as ``Fis``."""
    return any(
        _ONLY_GERMAN.match(part) and read_chord(symbol)
        for symbol in symbols
        for part in symbol.strip().split("/")
        if part
    )


def in_english(symbols: Sequence[str]) -> tuple[str, ...]:
    """A song's symbols with German names made English: ``H7`` is ``B7``, ``Fis`` is ``F#``, and beside them ``B`` is
    ``Bb``.

    What is no symbol, and every symbol of a song that has no German name, stays as it is.
    """
    if not is_german(symbols):
        return tuple(symbols)
    return tuple(_renamed(symbol) for symbol in symbols)


def _renamed(symbol: str) -> str:
    read = read_chord(symbol, german=True)
    if read is None:
        return symbol
    return f"{read.root}{read.suffix}" + (f"/{read.bass}" if read.bass else "")


def transposed_symbol(symbol: str, fifths: int) -> str:
    """The symbol moved along the line of fifths, root and bass spelt with one accidental at most; no chord stays as it
    is."""
    read = read_chord(symbol)
    if read is None:
        return symbol
    bass = f"/{_moved(read.bass, fifths)}" if read.bass else ""
    return f"{_moved(read.root, fifths)}{read.suffix}{bass}"


def _moved(name: PitchName, fifths: int) -> PitchName:
    at = name.fifths + fifths
    while at > 12:
        at -= 12
    while at < -8:
        at += 12
    return PitchName.at(at)
