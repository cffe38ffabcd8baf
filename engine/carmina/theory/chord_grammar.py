"""The grammar of what follows a chord's root: qualities, extensions, added, altered and left-out tones.

Extensions stack in thirds: a 9 chord has its seventh, a 13 chord its seventh, ninth and eleventh too (as MusicXML's
kinds and music21 define them). Sources of the spellings: Brandt and Roemer, *Standardized Chord Symbol Notation*
(1976); iReal Pro's and the Real Book's signs; what German and Latin lead sheets print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .intervals import interval_size

MAX_SUFFIX = 40  # characters after the root
_MINOR_THIRD, _MAJOR_THIRD = -1, 0
_SAME = str.maketrans(
    {
        "♯": "#",
        "♭": "b",
        "Δ": "△",
        "∆": "△",
        "º": "°",
        "−": "-",
        "–": "-",
        "Ø": "ø",
        "（": "(",
        "）": ")",
        "\u00a0": " ",
    }
)
_TOKEN = re.compile(
    r"""(?P<half>half-?dim(?:inished)?|hdim|ø)
      | (?P<sus>[sS]us(?P<suspended>2/?4|4/?2|2\s*sus4|4\s*sus2|[#b]?[24])?)
      | (?P<add>add|/(?=9))\s*(?P<added_sign>[#b+-]?)(?P<added>2|4|6|9|11|13)
      | (?P<omit>omit|no)\s*\.?(?P<omitted>1|3|5|7|9|11)(?:st|rd|th|d)?
      | (?P<maj>[Mm]ajor|[Mm]aj|MAJ|MA(?![a-zA-Z])|[Mm]a(?![a-z])|M(?![iI])|△|\^|j(?=7|9|1))
      | (?P<min>[Mm]inor|[Mm]in|MIN|MI(?![a-zA-Z])|[Mm]i(?![a-z])|m)
      | (?P<dim>[Dd]im(?:inished)?|°|o(?![ac-z]))
      | (?P<aug>[Aa]ug(?:mented)?)
      | (?P<dom>dom(?:inant)?)
      | (?P<alt>alt(?:ered)?)
      | (?P<altered_sign>[#b+-])(?P<altered>13|11|9|7|6|5|4|2)
      | (?P<plus>\+)
      | (?P<minus>-)
      | (?P<number>13|11|9|7|6|5|4|2)
      | (?P<open>\() | (?P<close>\)) | (?P<gap>[\s,/]+(?!$))
    """,
    re.VERBOSE,
)
_SIGN = {"#": 1, "+": 1, "b": -1, "-": -1, "": 0}
_LEAVES_ITS_NATURAL = (5, 9, 11, 13)


class ChordTone(NamedTuple):
    """One tone of a chord by its degree above the root, e.g. ``ChordTone(9, -1)``: the flat ninth."""

    degree: int  # 1 the root, 3, 5, 7, ... as the symbol names it; a suspended fourth is 4, a sixth 6
    alter: int = 0  # semitones from the major or perfect interval: a minor third is -1

    @property
    def semitones(self) -> int:
        """Above the root, an octave for a ninth included: 0..23."""
        return interval_size(self.degree, self.alter)


class _Chord:
    """What has been read so far."""

    def __init__(self) -> None:
        self.third: int | None = _MAJOR_THIRD
        self.fifth: int | None = 0
        self.seventh: int | None = None
        self.quality = ""  # min, dim, half, aug, dom, maj
        self.major_seventh = False  # the next number's seventh is major
        self.extension = 0  # 7, 9, 11 or 13
        self.suspended: list[ChordTone] = []
        self.more: set[ChordTone] = set()
        self.altered: set[ChordTone] = set()
        self.omitted: set[int] = set()
        self.in_brackets = False

    # each reader answers whether the token is possible here

    def set_quality(self, name: str, third: int, fifth: int) -> bool:
        if self.quality not in ("", "dom") or self.extension and name in ("min", "dim"):
            return False
        self.quality, self.third, self.fifth = name, third, fifth
        return True

    def read_major(self, sign: str) -> bool:
        if self.quality == "maj" or self.extension:
            return False
        self.major_seventh = True
        if sign in ("△", "^") and not self.extension:
            self.seventh = 0  # C△ alone is C△7
        if not self.quality:
            self.quality = "maj"
        return True

    def read_number(self, number: int) -> bool:
        if number in (7, 9, 11, 13):
            if self.extension or self._beside_a_chord and number != 7:
                return self.add(ChordTone(number))
            return self.extend(number)
        if number == 6:
            return self.add(ChordTone(6))
        if number == 5:
            if self.quality or self.extension or self.more or self.suspended:
                return False
            self.third = None
            return True
        return self.suspend("4") if number == 4 and not self.quality else self.add(ChordTone(number))

    @property
    def _beside_a_chord(self) -> bool:
        """Whether a number is one more tone, as in ``C(9)`` and ``C69``, and not the top of a stack of thirds."""
        return (self.in_brackets and not self.major_seventh) or ChordTone(6) in self.more

    def extend(self, number: int) -> bool:
        self.extension = number
        self.seventh = -2 if self.quality == "dim" and not self.major_seventh else 0 if self.major_seventh else -1
        self.more |= {ChordTone(degree) for degree in (9, 11, 13) if degree <= number}
        return True

    def suspend(self, tone: str) -> bool:
        if self.suspended or self.quality in ("dim", "half"):
            return False
        self.third = None
        for sign, degree in re.findall(r"([#b]?)([24])", tone or "4"):
            self.suspended.append(ChordTone(int(degree), _SIGN[sign]))
        return True

    def add(self, tone: ChordTone) -> bool:
        if tone in self.more:
            return False
        self.more.add(tone)
        return True

    def alter(self, sign: int, degree: int) -> bool:
        if degree == 7:
            self.seventh = 0 if sign > 0 else -1
        elif degree == 5 and (self.fifth in (0, sign) and not any(tone.degree == 5 for tone in self.altered)):
            self.fifth = sign
            self.altered.add(ChordTone(5, sign))
        elif degree == 5:
            self.altered.add(ChordTone(5, sign))
        else:
            self.altered.add(ChordTone(degree, sign))
        return True

    def alter_all(self) -> bool:
        """``7alt``: seventh, and every altered fifth and ninth."""
        self.extension, self.seventh, self.fifth = 7, -1, None
        self.altered |= {ChordTone(5, -1), ChordTone(5, 1), ChordTone(9, -1), ChordTone(9, 1)}
        return True

    def tones(self) -> tuple[ChordTone, ...]:
        found = {ChordTone(1), *self.suspended, *self.altered}
        if self.third is not None:
            found.add(ChordTone(3, self.third))
        if self.fifth is not None:
            found.add(ChordTone(5, self.fifth))
        if self.seventh is not None:
            found.add(ChordTone(7, self.seventh))
        changed = {tone.degree for tone in self.altered if tone.degree in _LEAVES_ITS_NATURAL}
        found |= {tone for tone in self.more if tone.degree not in changed}
        return tuple(sorted(tone for tone in found if tone.degree not in self.omitted))


def read_suffix(suffix: str) -> tuple[ChordTone, ...] | None:
    """The tones that a suffix names, the root's ``ChordTone(1)`` first unless left out; ``None`` where it is no
    chord's."""
    if len(suffix) > MAX_SUFFIX:
        return None
    plain, at, chord = suffix.translate(_SAME), 0, _Chord()
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if not token or not _take(chord, token, plain):
            return None
        at = token.end()
    return None if chord.in_brackets else chord.tones()


def _take(chord: _Chord, token: re.Match[str], plain: str) -> bool:
    kind = token.lastgroup or ""
    if token["open"] or token["close"]:
        chord.in_brackets = bool(token["open"])
        return True
    if token["gap"] is not None:
        return True
    if token["half"]:
        chord.seventh = -1
        return chord.set_quality("half", _MINOR_THIRD, -1)
    if token["sus"]:
        return chord.suspend(token["suspended"] or "")
    if token["add"]:
        return chord.add(ChordTone(int(token["added"]), _SIGN[token["added_sign"]]))
    if token["omit"]:
        chord.omitted.add(int(token["omitted"]))
        return True
    if token["maj"]:
        return chord.read_major(token["maj"])
    if token["min"]:
        return chord.set_quality("min", _MINOR_THIRD, 0)
    if token["dim"]:
        return chord.set_quality("dim", _MINOR_THIRD, -1)
    if token["aug"]:
        return chord.set_quality("aug", _MAJOR_THIRD, 1)
    if token["dom"]:
        return chord.set_quality("dom", _MAJOR_THIRD, 0)
    if token["alt"]:
        return chord.alter_all()
    return _take_sign(chord, token, plain, kind)


def _take_sign(chord: _Chord, token: re.Match[str], plain: str, kind: str) -> bool:
    first = token.start() == 0
    if token["altered"]:
        sign, degree = token["altered_sign"], int(token["altered"])
        if sign == "-" and first and degree != 5:  # C-7: a minor seventh chord
            return chord.set_quality("min", _MINOR_THIRD, 0) and chord.read_number(degree)
        if sign == "+" and first and degree not in (5,):  # C+7: an augmented seventh chord
            return chord.set_quality("aug", _MAJOR_THIRD, 1) and chord.read_number(degree)
        return chord.alter(_SIGN[sign], degree)
    if token["plus"]:  # C+, and C7+
        if chord.extension or chord.quality == "min":
            return chord.alter(1, 5)
        return chord.set_quality("aug", _MAJOR_THIRD, 1)
    if token["minus"]:
        return chord.set_quality("min", _MINOR_THIRD, 0)
    return chord.read_number(int(token["number"]))
