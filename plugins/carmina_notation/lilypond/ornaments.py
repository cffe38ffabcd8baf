"""Grace notes, marks, dynamics, words and clefs in LilyPond music."""

from __future__ import annotations

import re
from fractions import Fraction

from carmina import Clef, Direction, Grace, Losses

from ..common.words import encodable
from .tokens import Cursor
from .values import State, Stream

GRACES = {"\\grace": False, "\\acciaccatura": True, "\\appoggiatura": False, "\\slashedGrace": True}
MOST_GRACES = 64  # before one note
_MARKS = {
    "fermata": "fermata",
    "trill": "trill-mark",
    "turn": "turn",
    "reverseturn": "inverted-turn",
    "mordent": "mordent",
    "prall": "inverted-mordent",
    "arpeggio": "arpeggiate",
    "breathe": "breath-mark",
    "staccato": "staccato",
    "staccatissimo": "staccatissimo",
    "accent": "accent",
    "marcato": "strong-accent",
    "tenuto": "tenuto",
    "portato": "detached-legato",
    "upbow": "up-bow",
    "downbow": "down-bow",
}
_SHORT = {".": "staccato", ">": "accent", "-": "tenuto", "^": "strong-accent", "!": "staccatissimo"}
_SHORT |= {"_": "detached-legato"}
_DYNAMIC = re.compile(r"p{1,5}|f{1,5}|mp|mf|sf|sfz|fp|sp|spp|sff|rfz|n")
_LOST = {"glissando": "glissando", "ottava": "octave line", "startTrillSpan": "trill line", "sustainOn": "pedal mark"}
_LOST |= {"cresc": "hairpin", "decresc": "hairpin", "dim": "hairpin", "flageolet": "harmonic"}
_CLEFS = {
    **dict.fromkeys(("treble", "violin", "G", "G2"), ("G", 2)),
    **dict.fromkeys(("bass", "F"), ("F", 4)),
    "alto": ("C", 3),
    "C": ("C", 3),
    "tenor": ("C", 4),
    "soprano": ("C", 1),
    "mezzosoprano": ("C", 2),
    "baritone": ("C", 5),
    "varbaritone": ("F", 3),
    "subbass": ("F", 5),
    "french": ("G", 1),
    "percussion": ("percussion", 3),
}


class OrnamentParser:
    """What hangs on notes or stands at them."""

    losses: Losses
    end: Fraction

    def _one(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        raise NotImplementedError

    def _grace(self, token: str, cursor: Cursor, state: State, at: Fraction, depth: int, after: bool = False) -> None:
        """The notes of a grace wait in the state; pitches after them are relative to them, as LilyPond has it."""
        kept = state.stream, state.length, state.scale, state.tie, state.slur, self.end
        state.stream, state.scale = Stream(""), Fraction(1)
        if cursor:
            self._one(cursor, state, at, depth + 1)
        struck = state.stream.notes
        state.stream, state.length, state.scale, state.tie, state.slur, self.end = kept
        found = [
            Grace(pitch, max(15, min(1920, round(note.length * 1920))), GRACES.get(token, False), place > 0, after)
            for note in struck
            for place, pitch in enumerate(note.pitches)
        ]
        last = state.stream.notes[-1] if state.stream.notes else None
        room = MOST_GRACES - (len(last.graces) if after and last else len(state.graces))
        self.losses.add("grace note", len(found) - room)
        if after and last:
            last.graces = (*last.graces, *found[:room])
        else:
            state.graces += found[:room]

    def _ornament(self, name: str, state: State, at: Fraction) -> None:
        """A command that hangs on the note before, by its name."""
        last = state.stream.notes[-1] if state.stream.notes else None
        if name in _MARKS:
            if last:
                last.marks = (*last.marks, _MARKS[name])
        elif _DYNAMIC.fullmatch(name):
            state.stream.directions.append((last.at if last else at, Direction(0, name, dynamic=True)))
        elif name in _LOST:
            self.losses.add(_LOST[name])

    def _said(self, text: str, state: State, at: Fraction) -> None:
        """Words in quotes at a note."""
        words = " ".join(encodable(text.strip('"')).split())[:200]
        if words:
            last = state.stream.notes[-1] if state.stream.notes else None
            state.stream.directions.append((last.at if last else at, Direction(0, words)))

    def _signs(self, signs: str, state: State) -> None:
        """``-.``, ``->``, ``-2`` after a note."""
        last = state.stream.notes[-1] if state.stream.notes else None
        for sign in re.findall(r"[-^_]([.>\-^!_]|\d)", signs):
            if sign.isdigit():
                self.losses.add("fingering")
            elif last:
                last.marks = (*last.marks, _SHORT[sign])

    def _do_clef(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        said = re.fullmatch(r"([A-Za-z]+\d?)(?:([_^])[(\[]?(8|15)[)\]]?)?", cursor.take().strip('"'))
        if said and said[1] in _CLEFS:
            octaves = (0 if not said[2] else 1 if said[2] == "^" else -1) * (2 if said[3] == "15" else 1)
            state.stream.clefs.append((at, Clef(*_CLEFS[said[1]], octaves)))
        return at
