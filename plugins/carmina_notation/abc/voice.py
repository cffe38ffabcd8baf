"""The music of one ABC voice -> printed bars. Source: the ABC standard 2.1, section 4."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from carmina import BadInput, Direction, Grace, Losses, Metre
from carmina.theory import NATURALS, folded_fifths, simplest_key_change, transposed_symbol

from ..common.bounds import LONGEST_BAR
from ..common.jumps import said
from ..common.printed import Printed, Sounded
from ..common.words import encodable
from .fields import SIGNS, Signature, text_of, usual_unit
from .ornaments import LENGTH, NOTE, PARTS, OrnamentParser
from .words import BAR, align

WHOLE_TICKS = 1920
MOST_BARS = 20_000
MOST_VERSES = 99
_TOKEN = re.compile(
    rf"""
    \[(?P<field>[A-Za-z]):(?P<value>[^\]]*)\]
  | "(?P<quoted>[^"]*)"
  | !(?P<mark>[^!\s]{{1,40}})! | \+[A-Za-z(.)]{{1,40}}\+ | (?P<grace>\{{[^}}]*\}})
  | (?P<short>[.~HLMOPSTuv](?=[\[!{{"(.~HLMOPSTuv^_=A-Ga-g]))
  | (?P<bar>(?::+\|+\]?:* | \[?\|+[\]:]* | ::+ | \|\])(?:[ \t]*\[?(?P<ending>\d[\d,\-]{{0,20}}))?) | \[(?P<alone>\d[\d,\-]{{0,20}})
  | \((?P<tuplet>\d)(?::(?P<q>\d?))?(?::(?P<r>\d?))?
  | (?P<note>{NOTE})
  | \[(?P<chord>(?:{NOTE}|[\s!a-z]*?)+?)\](?P<clength>{LENGTH})(?P<ctie>-?)
  | (?P<rest>[zx])(?P<rlength>{LENGTH}) | (?P<whole>[ZX])(?P<many>\d{{0,4}})
  | (?P<broken>>+|<+) | (?P<tie>-) | (?P<over>&) | (?P<slur>[()])
""",  # noqa: E501
    re.VERBOSE,
)


class Voice(OrnamentParser):
    """Walks the music lines of one voice and keeps its bars."""

    def __init__(self, spend: Callable[[], None], losses: Losses):
        self.bars: list[Printed] = []
        self._losses = losses
        self._graces: list[Grace] = []
        self._marks: list[str] = []
        self._cursor = Fraction(0)
        self._altered: dict[str, int] = {}
        self._last: list[Sounded] = []
        self.unit: Fraction | None = None
        self.metre: Metre | None = None
        self._spend = spend  # tells the reader of each note
        self._fifths = 0  # from what is written to what sounds
        self._key = Signature(alters=dict.fromkeys("CDEFGAB", 0))
        self._line: list[list[Sounded] | None] = []
        self._words: dict[int, bool] = {}  # verse -> whether its last word goes on
        self._verse = 0
        self._joined = False  # the last music line goes on in the next
        self._endings: frozenset[int] | None = None
        self._tied: set[int] = set()
        self._tuplet: tuple[Fraction, int] = Fraction(1), 0
        self._next_factor = Fraction(1)
        self._begin()

    # ---- what the reader hands over ----

    def key(self, said: Signature) -> None:
        self._key = said
        self._fifths = simplest_key_change(said.fifths, said.shift) if said.shift % 12 else 0
        if said.tonic:
            self._bar.keys.append((round(self._cursor), (folded_fifths(said.fifths + self._fifths), said.mode)))

    def time(self, said: Metre | None) -> None:
        self.metre = said
        self._bar.metre = said

    def tempo(self, quarters_per_minute: float) -> None:
        self._bar.tempi.append((round(self._cursor), quarters_per_minute))

    def heading(self, text: str) -> None:
        self._bar.headings.append((round(self._cursor), text))

    def music(self, line: str, inline: Callable[[str, str], None]) -> None:
        """One line; ``inline`` is told of fields in brackets."""
        if not self._joined:
            self._line, self._verse = [], 0
        self._joined = line.rstrip().endswith("\\")
        for token in _TOKEN.finditer(line):
            if token["field"]:
                inline(token["field"], token["value"])
            else:
                self._take(token)

    def words(self, text: str) -> None:
        """One w: line, of the next verse."""
        self._verse += 1
        if self._verse > MOST_VERSES:
            raise BadInput(
                f"the ABC tune has more than {MOST_VERSES} w: lines under one line of music. Leave some out."
            )
        self._words[self._verse] = align(text, self._line, self._verse, self._words.get(self._verse, False))

    def finish(self) -> None:
        """Close the last bar; without anything in it, it was none."""
        self._losses.add("grace note without a note after it", len(self._graces))
        if self._bar.notes or self._cursor:
            self._close()

    # ---- tokens ----

    def _take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if token["bar"] is not None:
            self._bar_line(token["bar"].rstrip("0123456789,-[ \t"), token["ending"])
        elif token["alone"]:
            self._ending(token["alone"])
        elif token["quoted"] is not None:
            self._quoted(token["quoted"])
        elif token["tuplet"]:
            self._open_tuplet(int(token["tuplet"]), token["q"], token["r"])
        elif token["note"]:
            self._sound([token["note"]], "")
        elif token["chord"] is not None and PARTS.search(token["chord"]):
            self._sound(re.findall(NOTE, token["chord"]), token["clength"], bool(token["ctie"]))
        elif token["rest"]:
            self._advance([], self._timed(token["rlength"]))
        elif token["whole"]:
            self._rest_bars(min(int(token["many"] or 1), 1000))
        elif token["broken"]:
            self._broken(token["broken"])
        elif token["tie"] and self._last:
            self._tied |= {note.pitch for note in self._last}
        elif kind == "over":
            self._overlay()
        elif token["mark"] or token["short"]:
            self._decoration(token["mark"] or token["short"])
        elif token["grace"]:
            self._take_graces(token["grace"])
        elif token["slur"]:
            self._slur(token["slur"])

    def _quoted(self, text: str) -> None:
        if text[:1] in "^_<>@":
            words = " ".join(encodable(text_of(text[1:])).split())[:200]
            road = said(words)
            self._bar.road |= road
            if words and not road:
                self._bar.directions.append(("1", Direction(round(self._cursor), words)))
        else:
            symbol = encodable(text_of(text)).strip()[:40]
            sounding = transposed_symbol(symbol, self._fifths) if self._fifths else symbol
            self._bar.chords.append((round(self._cursor), sounding))

    def _sound(self, written: list[str], length: str, tied: bool = False) -> None:
        parts = [part for note in written if (part := PARTS.fullmatch(note))]
        inner = self._factor(parts[0][4]) * self._factor(length)
        ticks = self._timed_by(inner)
        notes: list[Sounded] = []
        ties: set[int] = set()
        for part in parts:
            self._spend()
            pitch = self._pitch(part[1] or "", part[2], part[3])
            if 0 <= pitch <= 127:
                notes.append(
                    Sounded(
                        round(self._cursor),
                        max(1, round(self._cursor + ticks) - round(self._cursor)),
                        pitch,
                        80,
                        str(self._layer),
                        "1",
                        pitch in self._tied,
                        {},
                    )
                )
                ties |= {pitch} if tied or part[5] else set()
        self._tied = ties
        if notes:
            notes[0].graces, self._graces = tuple(self._graces), []
            notes[0].marks, self._marks = tuple(dict.fromkeys(self._marks)), []
        self._bar.notes += notes
        if notes and self._layer == 1:
            self._line.append(sorted(notes, key=lambda note: -note.pitch))
        self._advance(notes, ticks)

    def _pitch(self, sign: str, letter: str, marks: str) -> int:
        step = letter.upper()
        if sign:
            self._altered[step] = SIGNS[sign]
        alter = self._altered.get(step, self._key.alters[step])
        octave = (5 if letter.islower() else 4) + min(marks.count("'"), 9) - min(marks.count(","), 9)
        return 12 * (octave + 1) + NATURALS[step] + alter + self._key.shift

    # ---- time ----

    def _factor(self, text: str) -> Fraction:
        found = re.fullmatch(r"(\d*)(/*)(\d*)", text)
        above, slashes, below = found.groups() if found else ("", "", "")
        under = int(below) if below else 2 ** min(len(slashes), 8)
        return Fraction(int(above or 1), under) if under else Fraction(1)

    def _timed(self, text: str) -> Fraction:
        return self._timed_by(self._factor(text))

    def _timed_by(self, factor: Fraction) -> Fraction:
        share, left = self._tuplet
        if left:
            self._tuplet = share, left - 1
        broken, self._next_factor = self._next_factor, Fraction(1)
        unit = self.unit or usual_unit(self.metre)
        return unit * WHOLE_TICKS * factor * broken * (share if left else 1)

    def _advance(self, notes: list[Sounded], ticks: Fraction) -> None:
        self._last, self._last_at, self._last_ticks = notes, self._cursor, ticks
        self._cursor += ticks
        if self._cursor > LONGEST_BAR:
            raise BadInput(
                f"a bar of the ABC tune is longer than {LONGEST_BAR // WHOLE_TICKS} whole notes. Put bar lines in."
            )

    def _broken(self, signs: str) -> None:
        """``a>b``: the first takes from the second; ``<`` the other way round."""
        part = Fraction(1, 2 ** min(len(signs), 4))
        mine, theirs = (2 - part, part) if signs[0] == ">" else (part, 2 - part)
        self._cursor = self._last_at + self._last_ticks * mine
        for note in self._last:
            note.length = max(1, round(self._cursor) - note.at)
        self._last_ticks *= mine
        self._next_factor = theirs

    def _open_tuplet(self, many: int, time: str | None, notes: str | None) -> None:
        compound = bool(self.metre and self.metre.beats % 3 == 0 and self.metre.unit == 8)
        usual = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}.get(many, 3 if compound else 2)
        if many:
            self._tuplet = Fraction(int(time) if time else usual, many), int(notes) if notes else many

    # ---- bars ----

    def _begin(self) -> None:
        self._bar, self._cursor, self._altered = Printed(), Fraction(0), {}
        self._layer, self._furthest = 1, Fraction(0)  # voices of one bar (&), and how far the others reach
        self._last, self._last_at, self._last_ticks = [], Fraction(0), Fraction(0)

    def _overlay(self) -> None:
        """``&``: what follows sounds from the bar's beginning, in a voice of its own."""
        self._furthest = max(self._furthest, self._cursor)
        self._layer, self._cursor, self._altered, self._tied = self._layer + 1, Fraction(0), {}, set()
        self._last, self._last_at, self._last_ticks = [], Fraction(0), Fraction(0)

    def _close(self) -> None:
        self._close_graces()
        self._bar.length = round(max(self._cursor, self._furthest))
        if self._bar.endings is None:
            self._bar.endings = self._endings
        self.bars.append(self._bar)
        if len(self.bars) > MOST_BARS:
            raise BadInput(f"the ABC tune has more than {MOST_BARS:,} bars. Cut it.")
        self._line.append(BAR)
        self._begin()

    def _bar_line(self, sign: str, ending: str | None) -> None:
        closes = len(sign) - len(sign.lstrip(":"))
        opens = sign.endswith(":")
        twice = set(sign) == {":"}  # "::"
        if self._cursor or self._bar.notes:
            if closes:
                self._bar.closes = 2 if twice else closes + 1
                self._bar.said_times = closes > 1 and not twice
            self._close()
            if closes or sign in ("||", "|]", "[|"):
                self._endings = None
        self._bar.opens = self._bar.opens or opens
        if ending:
            self._ending(ending)

    def _ending(self, text: str) -> None:
        numbers: set[int] = set()
        for first, last in re.findall(r"(\d{1,2})(?:-(\d{1,2}))?", text):
            numbers |= set(range(int(first), int(last or first) + 1))
        self._endings = self._bar.endings = frozenset(numbers)

    def _rest_bars(self, many: int) -> None:
        length = (self.metre or Metre()).bar_ticks
        for number in range(many):
            self._cursor = Fraction(length)
            if number < many - 1:
                self._close()
