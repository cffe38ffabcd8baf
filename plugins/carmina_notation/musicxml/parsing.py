"""MusicXML elements -> what each bar of each part holds, bar by bar, as printed."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import floor

from lxml import etree

from carmina import TICKS_PER_QUARTER, BadInput, Grace, Losses
from carmina.theory import NATURALS, folded_fifths, simplest_key_change

from ..common.bounds import LONGEST_BAR, MOST_NOTES
from ..common.jumps import Road
from ..common.printed import Lyric, Printed, Sounded
from .notations import both, gathered, grace_of, lyrics_of, marks_of
from .signs import SignParser
from .values import clef_of, fraction, is_grouped, metre_of, velocity, whole

MOST_GRACES = 64  # before one note


class PartParser(SignParser):
    """Walks the bars of one part."""

    def __init__(self, drums: dict[str, int], losses: Losses, most_notes: int = MOST_NOTES):
        self.drums, self.losses, self.left = drums, losses, most_notes
        self.divisions = Fraction(1)
        self.shift = 0  # semitones from written to sounding
        self.fifths = 0  # the same on the line of fifths, for keys and chord symbols
        self.written_key, self.said_key = (0, "major"), False
        self.endings: frozenset[int] | None = None
        self.late: dict[int, Lyric] = {}  # words of a grace note
        self.graces: dict[str, list[Grace]] = {}  # voice -> grace notes that wait for their note
        self.open_ties: set[tuple[str, int]] = set()  # voice and pitch: not all programs say where a tie stops
        self.next_road = Road()  # signs at the end of a bar that the next one bears
        self.same_as = 0  # a repeat sign stands for the bars so far back; 0: none
        self.done: list[Printed] = []

    def bar(self, element: etree._Element) -> Printed:
        self.found = Printed(implicit=element.get("implicit") == "yes")
        self.cursor = self.last = Fraction(0)
        self.roads: list[tuple[int, Road]] = []
        furthest = Fraction(0)
        for child in element:
            handler = getattr(self, f"_{child.tag}", None) if child.tag in _HANDLED else None
            if handler:
                handler(child)
            elif child.tag == "figured-bass":
                self.losses.add("figured bass")
            furthest = max(furthest, self.cursor)
            if furthest > LONGEST_BAR:
                raise BadInput(f"a bar of the MusicXML file is longer than {LONGEST_BAR // 1920} whole notes. Mend it.")
        self._close_graces()
        self.found.length = round(furthest)
        if self.found.endings is None:
            self.found.endings = self.endings
        self._travel()
        if self.same_as and not self.found.notes and len(self.done) >= self.same_as:
            self._repeat(self.done[-self.same_as])
        self.done.append(self.found)
        return self.found

    def _repeat(self, bar: Printed) -> None:
        """A bar that a sign fills with an earlier one; its words are not sung again."""
        self.left -= len(bar.notes)
        self._check_left()
        self.found.notes = [replace(note, lyrics={}) for note in bar.notes]
        self.found.chords = self.found.chords or list(bar.chords)
        self.found.length = max(self.found.length, bar.length)

    def _check_left(self) -> None:
        if self.left < 0:
            raise BadInput(f"the MusicXML file has more than {MOST_NOTES:,} notes. Leave some parts out.")

    def _ticks(self, element: etree._Element, path: str = "duration") -> Fraction:
        return fraction(element, path) * TICKS_PER_QUARTER / self.divisions

    def _attributes(self, element: etree._Element) -> None:
        if element.find("divisions") is not None:
            self.divisions = fraction(element, "divisions")
            if self.divisions <= 0:
                raise BadInput("the MusicXML file has divisions that are not above 0. Export it again.")
        time = element.find("time")
        for key in element.iterfind("key"):
            self._key_signature(key, alone=key is not element.find("key"))
        if time is not None:
            self.found.metre = metre_of(time)
            self.losses.add("grouping of beats in a time signature", is_grouped(time))
        sign = element.find("measure-style/measure-repeat")
        if sign is not None:
            said = (sign.text or "1").strip()
            number = int(said) if re.fullmatch(r"[1-9]", said) else 1
            self.same_as = 0 if sign.get("type") == "stop" else number
        if element.find("transpose") is not None:
            self.shift = whole(element, "transpose/chromatic") + 12 * whole(element, "transpose/octave-change")
        if element.find("key/fifths") is not None or element.find("transpose") is not None:
            self._say_key()
        for clef in element.iterfind("clef"):
            said_clef = clef_of(clef, self.shift, max(0, round(self.cursor)))
            if said_clef:
                self.found.clefs.append(((clef.get("number") or "1").strip(), said_clef))
            else:
                self.losses.add("tablature clef")

    def _key_signature(self, key: etree._Element, alone: bool) -> None:
        """``alone``: of one staff, beside another's."""
        if key.find("fifths") is None:
            self.losses.add("key signature of its own kind")
            return
        mode = (key.findtext("mode") or "major").strip().lower()
        fifths = folded_fifths(max(-14, min(14, whole(key, "fifths"))))
        said = fifths, "minor" if mode in ("minor", "aeolian") else "major"
        if alone or (key.get("number") or "1").strip() not in ("1", "") and self.said_key:
            self.losses.add("key signature of one staff alone", said != self.written_key)
            return
        self.losses.add("key signature of more than seven signs", abs(whole(key, "fifths")) > 7)
        self.written_key, self.said_key = said, True

    def _say_key(self) -> None:
        fifths, named = self.written_key
        self.fifths = simplest_key_change(fifths, self.shift) if self.shift % 12 else 0
        at = max(0, round(self.cursor))
        self.found.keys = [
            *(key for key in self.found.keys if key[0] != at),
            (at, (folded_fifths(fifths + self.fifths), named)),
        ]

    def _backup(self, element: etree._Element) -> None:
        self.cursor = max(Fraction(0), self.cursor - self._ticks(element))

    def _forward(self, element: etree._Element) -> None:
        self.cursor += self._ticks(element)

    def _note(self, element: etree._Element) -> None:
        lyrics = gathered(lyrics_of(element))
        voice, staff = ((element.findtext(tag) or "1").strip() for tag in ("voice", "staff"))
        if element.find("grace") is not None:
            self.late = both(self.late, lyrics)
            self._grace(element, voice)
            return
        length = self._ticks(element)
        if element.find("chord") is None:
            self.last, self.cursor = self.cursor, self.cursor + length
        if element.find("cue") is not None:
            self.losses.add("cue note")
            return
        pitch = None if element.find("rest") is not None else self._pitch(element)
        if pitch is None:
            return
        self.left -= 1
        self._check_left()
        at = round(self.last)
        ties = (*element.iterfind("tie"), *element.iterfind("notations/tied"))  # some programs write the second alone
        said = {tie.get("type") for tie in ties}
        tied = "stop" in said or (voice, pitch) in self.open_ties
        self.open_ties.discard((voice, pitch))
        if "start" in said:
            self.open_ties.add((voice, pitch))
        self.found.notes.append(
            Sounded(
                at,
                max(1, round(self.last + length) - at),
                pitch,
                velocity(element),
                voice,
                staff,
                tied,
                both(self.late, lyrics),
                tuple(self.graces.pop(voice, ())),
                marks_of(element, self.losses),
            )
        )
        self.late = {}

    def _grace(self, element: etree._Element, voice: str) -> None:
        pitch = self._pitch(element)
        waiting = self.graces.setdefault(voice, [])
        if pitch is None or element.find("rest") is not None:
            return
        if len(waiting) < MOST_GRACES:
            waiting.append(grace_of(element, pitch))
        else:
            self.losses.add("grace note")
        marks_of(element, Losses() if element.find("notations/slur") is not None else self.losses)

    def _close_graces(self) -> None:
        """Grace notes at the end of a bar belong to the voice's last note in it."""
        for voice, waiting in self.graces.items():
            last = next((note for note in reversed(self.found.notes) if note.voice == voice), None)
            if last and waiting:
                last.graces = (*last.graces, *(replace(grace, after=True) for grace in waiting))
                waiting.clear()

    def finish(self) -> None:
        """Grace notes after which no note comes are told."""
        self.losses.add("grace note without a note after it", sum(map(len, self.graces.values())))

    def _pitch(self, element: etree._Element) -> int | None:
        if element.find("unpitched") is not None:
            instrument = element.find("instrument")
            return self.drums.get(instrument.get("id", "") if instrument is not None else "", 38)
        step = (element.findtext("pitch/step") or "").strip()
        if step not in NATURALS:
            self.losses.add("note without a pitch")
            return None
        alter = fraction(element, "pitch/alter")
        self.losses.add("quarter-tone rounded to a semitone", alter.denominator != 1)
        pitch = 12 * (whole(element, "pitch/octave") + 1) + NATURALS[step] + floor(alter + Fraction(1, 2)) + self.shift
        if 0 <= pitch <= 127:
            return pitch
        self.losses.add("note outside of MIDI's range")
        return None


_HANDLED = frozenset(("attributes", "backup", "forward", "note", "direction", "sound", "harmony", "barline"))
