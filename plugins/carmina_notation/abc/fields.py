"""The fields of an ABC tune: key, metre, unit length, tempo. Source: the ABC standard 2.1, sections 3.1 and 4."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction

from carmina import Metre

_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODES = {
    "": 0,
    "maj": 0,
    "ion": 0,
    "mix": -1,
    "dor": -2,
    "m": -3,
    "min": -3,
    "aeo": -3,
    "phr": -4,
    "loc": -5,
    "lyd": 1,
}
_MINOR = ("m", "min", "aeo", "dor", "phr", "loc")
_SHARPS = "FCGDAEB"
_KEY = re.compile(r"\s*([A-G])([#b]?)\s*([A-Za-z]*)")
_SIGNED = re.compile(r"(?<!\S)(\^\^?|__?|=)([a-gA-G])(?!\S)")
_SHIFT = re.compile(r"\b(octave|transpose|t)=(-?\d{1,2})\b")
_OCTAVE_CLEF = re.compile(r"(?<![\w])(?:clef=)?\"?(?:treble|bass|alto|tenor|[GFC]\d?)([+-])(8|15)\b")
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327", "v": "\u030c"}
SIGNS = {"__": -2, "_": -1, "=": 0, "^": 1, "^^": 2}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a K: field says."""

    fifths: int = 0
    mode: str = "major"
    alters: dict[str, int] = field(default_factory=dict)  # letter -> semitones
    shift: int = 0  # semitones from written to sounding
    tonic: bool = True  # whether it names a key at all


def signature(text: str) -> Signature:
    """``G``, ``Am``, ``D dorian``, ``C exp _b``, ``C octave=-1``, ``C clef=treble-8`` (an octave lower, as
    abc2midi plays it), ``none``."""
    said = _KEY.match(text)
    fifths, mode = 0, "major"
    if said and not text.strip().startswith("HP"):
        name = (
            said[3].lower()[:3]
            if said[3] not in ("m", "exp") and "=" not in text[said.start(3) : said.end(3) + 1]
            else said[3]
        )
        known = name if name in _MODES else ""
        fifths = _FIFTHS[said[1]] + {"#": 7, "b": -7, "": 0}[said[2]] + _MODES[known]
        mode = "minor" if known in _MINOR else "major"
    alters = dict.fromkeys(_SHARPS, 0)
    fifths = max(-7, min(7, fifths))
    if " exp" not in text:
        for at in range(abs(fifths)):
            alters[_SHARPS[at] if fifths > 0 else _SHARPS[6 - at]] = 1 if fifths > 0 else -1
    alters |= {letter.upper(): SIGNS[sign] for sign, letter in _SIGNED.findall(text)}
    shift = sum(int(number) * (12 if name == "octave" else 1) for name, number in _SHIFT.findall(text))
    shift += sum(int(f"{sign}1") * (12 if size == "8" else 24) for sign, size in _OCTAVE_CLEF.findall(text))
    return Signature(fifths, mode, alters, max(-60, min(60, shift)), bool(said) or "none" in text.lower())


def metre(text: str) -> Metre | None:
    """``4/4``, ``C``, ``C|``, ``(2+3)/8``; None for no metre or one that no score can have."""
    plain = text.strip()
    if plain in ("C", "C|"):
        return Metre(4, 4) if plain == "C" else Metre(2, 2)
    said = re.match(r"\(?([\d+ ]{1,20})\)?\s*/\s*(\d{1,2})", plain)
    if not said:
        return None
    try:
        return Metre(sum(int(n) for n in re.findall(r"\d{1,3}", said[1])), int(said[2]))
    except ValueError:
        return None


def unit_length(text: str) -> Fraction | None:
    """Of a whole note, e.g. 1/8."""
    said = re.match(r"\s*(\d{1,2})(?:/(\d{1,3}))?", text)
    length = Fraction(int(said[1]), int(said[2] or 1)) if said and int(said[2] or 1) else None
    return length if length and Fraction(1, 512) <= length <= 4 else None


def usual_unit(metre: Metre | None) -> Fraction:
    """The unit where no L: field says it."""
    return Fraction(1, 16) if metre and Fraction(metre.beats, metre.unit) < Fraction(3, 4) else Fraction(1, 8)


def tempo(text: str, unit: Fraction) -> float | None:
    """Quarters a minute: of ``1/4=96``, ``"Slow" 3/8=50``, or ``96`` units a minute."""
    said = re.search(r"((?:\d{1,2}/\d{1,3}\s*)+)=\s*(\d{1,4}(?:\.\d{1,3})?)", text)
    plain = re.fullmatch(r'\s*(?:"[^"]*")?\s*(\d{1,4}(?:\.\d{1,3})?)\s*', text)
    if said:
        parts = [Fraction(int(a), int(b)) for a, b in re.findall(r"(\d+)/(\d+)", said[1]) if int(b)]
        found = float(sum(parts) * 4) * float(said[2])
    elif plain:
        found = float(unit * 4) * float(plain[1])
    else:
        return None
    return min(400.0, max(10.0, found)) if found > 0 else None


def text_of(raw: str) -> str:
    """A text with ABC's and HTML's ways of writing letters undone."""
    found = html.unescape(raw)
    found = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), found)
    found = re.sub(r"\\(['`^~\"cv])([A-Za-z])", lambda m: unicodedata.normalize("NFC", m[2] + _ACCENTS[m[1]]), found)
    return re.sub(r"\\(.)", r"\1", found)
