"""Decorations, slurs and grace notes of ABC. Source: the ABC standard 2.1, sections 4.12, 4.14 and 4.20."""

from __future__ import annotations

import re
from fractions import Fraction

from carmina import Direction, Grace, Losses

from ..common.jumps import Road
from ..common.printed import Printed, Sounded
from ..common.words import encodable

MOST_GRACES = 64  # before one note
LENGTH = r"\d{0,4}(?:/+\d{0,4})?"
NOTE = rf"(?:\^\^?|__?|=)?[A-Ga-g][',]*{LENGTH}-?"
PARTS = re.compile(rf"(\^\^?|__?|=)?([A-Ga-g])([',]*)({LENGTH})(-?)")
_SIGNS = {
    **dict.fromkeys(("dc", "dacapo", "dcalfine", "dcalcoda", "dacapoalfine", "dacapoalcoda"), Road("capo")),
    **dict.fromkeys(("ds", "dsalfine", "dsalcoda", "dalsegno"), Road("segno")),
    "segno": Road(segno=True),
    "coda": Road(coda=True),
    **dict.fromkeys(("dacoda", "tocoda", "alcoda"), Road(to_coda=True)),
    "fine": Road(fine=True),
}
_MARKS = {
    **{mark: mark for mark in ("staccato", "accent", "tenuto", "fermata", "turn", "mordent", "arpeggio")},
    ".": "staccato",
    "H": "fermata",
    "L": "accent",
    "M": "mordent",
    "P": "inverted-mordent",
    "T": "trill-mark",
    "u": "up-bow",
    "v": "down-bow",
    "upbow": "up-bow",
    "downbow": "down-bow",
    ">": "accent",
    "emphasis": "accent",
    "trill": "trill-mark",
    "lowermordent": "mordent",
    "uppermordent": "inverted-mordent",
    "breath": "breath-mark",
    "pralltriller": "inverted-mordent",
    "invertedturn": "inverted-turn",
    "wedge": "staccatissimo",
    "arpeggio": "arpeggiate",
    "^": "strong-accent",
    "marcato": "strong-accent",
}
_SHORT = {"~": "roll", "O": "coda sign", "S": "segno sign"}
_DYNAMIC = re.compile(r"p{1,4}|f{1,4}|mp|mf|sfz")


class OrnamentParser:
    """What hangs on notes."""

    _bar: Printed
    _cursor: Fraction
    _losses: Losses
    _last: list[Sounded]
    _marks: list[str]
    _graces: list[Grace]

    def _pitch(self, sign: str, letter: str, marks: str) -> int:
        raise NotImplementedError

    def _factor(self, text: str) -> Fraction:
        raise NotImplementedError

    def _decoration(self, mark: str) -> None:
        plain = re.sub(r"[^a-z]", "", mark.lower())
        if plain in _SIGNS and len(mark) > 1:
            self._bar.road |= _SIGNS[plain]
        elif mark in _MARKS or plain in _MARKS and len(mark) > 1:
            self._marks.append(_MARKS.get(mark) or _MARKS[plain])
        elif _DYNAMIC.fullmatch(mark):
            self._bar.directions.append(("1", Direction(round(self._cursor), mark, dynamic=True)))
        elif mark in "OS":
            self._bar.road |= _SIGNS["coda" if mark == "O" else "segno"]
        else:
            self._losses.add(_SHORT.get(mark) or f"decoration !{encodable(mark)}!")

    def _slur(self, sign: str) -> None:
        if sign == "(":
            self._marks.append("slur-start")
        else:
            for note in self._last:
                note.marks = (*note.marks, "slur-stop")

    def _take_graces(self, text: str) -> None:
        """``{ab}``, ``{/c}``; a unit of a grace note is an eighth."""
        inside = text.strip("{}")
        slashed = inside.startswith("/")
        for group in re.finditer(rf"\[([^\]]*)\]|({NOTE})", inside):
            for place, written in enumerate(re.findall(NOTE, group[1] or group[2])):
                part = PARTS.fullmatch(written)
                pitch = self._pitch(part[1] or "", part[2], part[3]) if part else -1
                if not part or not 0 <= pitch <= 127 or len(self._graces) >= MOST_GRACES:
                    self._losses.add("grace note")
                    continue
                length = max(15, min(1920, round(240 * self._factor(part[4]))))
                self._graces.append(Grace(pitch, length, slashed, place > 0))

    def _close_graces(self) -> None:
        """Grace notes at the end of a bar belong to its last note."""
        last = next(reversed(self._bar.notes), None)
        if last and self._graces:
            close = [Grace(g.pitch, g.length_ticks, g.slashed, g.chord, after=True) for g in self._graces]
            last.graces, self._graces = (*last.graces, *close), []
