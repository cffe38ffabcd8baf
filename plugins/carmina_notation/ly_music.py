"""LilyPond music -> streams of notes in time, one a voice, with the words that are set to each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from carmina import BadInput, Metre

from .ly_pitch import DURATION, Tone, duration, names, note_pattern
from .ly_tokens import SCHEME, Budget, Cursor, is_command
from .smf import LONGEST_QUARTERS
from .xml_parse import MOST_NOTES

FIFTHS = {0: 0, 1: 2, 2: 4, 3: -1, 4: 1, 5: 3, 6: 5}  # of the natural steps c d e f g a b as major keys
MODES = {"major": 0, "ionian": 0, "minor": -3, "aeolian": -3, "dorian": -2, "phrygian": -4, "lydian": 1, "mixolydian": -1, "locrian": -5}
MIDDLE = Tone(3, 0, 3)               # \relative without a pitch: the f below middle c
VOICES = ("Voice", "Staff", "CueVoice", "Devnull", "MensuralVoice", "VaticanaVoice")
IGNORED_MUSIC = ("\\grace", "\\acciaccatura", "\\appoggiatura", "\\slashedGrace")
FOREIGN = ("\\chordmode", "\\chords", "\\figuremode", "\\figures", "\\drummode", "\\drums", "\\markup", "\\markuplist", "\\header",
           "\\paper", "\\layout", "\\midi")


@dataclass(slots=True)
class Struck:
    """One note or chord; times in whole notes from the start."""

    at: Fraction
    length: Fraction
    pitches: tuple[int, ...]
    free: bool                       # for a syllable: no tie, slur or sung beam leads into it
    tied: bool                       # to the note before


@dataclass(slots=True)
class Stream:
    """What one voice sounds, and the lyric expressions set to it."""

    name: str = ""
    notes: list[Struck] = field(default_factory=list)
    words: list[Cursor] = field(default_factory=list)


@dataclass(slots=True)
class Signs:
    """What holds for all voices."""

    metres: dict[Fraction, Metre] = field(default_factory=dict)
    keys: dict[Fraction, tuple[int, str]] = field(default_factory=dict)
    tempi: dict[Fraction, float] = field(default_factory=dict)
    partial: Fraction = Fraction(0)
    repeats: list[tuple[Fraction, Fraction, int]] = field(default_factory=list)  # start, end, times
    endings: dict[Fraction, int] = field(default_factory=dict)  # where the n-th ending begins


@dataclass(slots=True)
class _State:
    """Where a voice is."""

    stream: Stream
    tone: Tone | None = None         # what the next pitch is relative to; None: absolute
    octaves: int = 0                 # of \\fixed
    length: Fraction = Fraction(1, 4)
    scale: Fraction = Fraction(1)
    slur: bool = False
    beam: bool = False
    tie: bool = False
    melisma: bool = False


class Music:
    """Walks a music expression; streams come in the order in which they are met."""

    def __init__(self, named: Mapping[str, Cursor], language: str, beams_are_sung: bool):
        self.named, self.names, self.pattern = named, names(language), note_pattern(language)
        self.beams_are_sung = beams_are_sung
        self.streams: list[Stream] = []
        self.signs = Signs()
        self.end = Fraction(0)       # of notes and rests
        self._by_name: dict[str, Stream] = {}
        self._late: list[tuple[str, Cursor]] = []
        self.budget = Budget()
        self._left = MOST_NOTES

    def read(self, cursor: Cursor) -> None:
        """The whole expression, and the words to their voices."""
        state = _State(self._open(""))
        at = Fraction(0)
        while cursor:
            at = self._one(cursor, state, at, 0)
        for name, words in self._late:
            if name in self._by_name:
                self._by_name[name].words.append(words)

    def _open(self, name: str) -> Stream:
        if name and name in self._by_name:
            return self._by_name[name]
        stream = Stream(name)
        self.streams.append(stream)
        if name:
            self._by_name[name] = stream
        return stream

    # ---- one expression after another; each returns the time after it ----

    def _all(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        while cursor:
            at = self._one(cursor, state, at, depth)
        return at

    def _one(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        self.budget.spend(depth)
        token = cursor.peek()
        if token == "{":
            return self._all(cursor.group(), state, at, depth + 1)
        if token == "<<":
            return self._together(cursor.group(), state, at, depth + 1)
        cursor.take()
        if token == "<":
            return self._chord(cursor, state, at)
        if is_command(token):
            return self._command(token, cursor, state, at, depth)
        if found := self.pattern.fullmatch(token):
            return self._note(found, cursor, state, at)
        self._hung(token, state)
        return at

    def _together(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        """<< >>: everything from one time on. After ``\\\\`` another voice begins."""
        end, own = at, state
        while cursor:
            if cursor.peek() == "\\\\":
                cursor.take()
                own = _State(self._open(""), state.tone, state.octaves, state.length, state.scale)
                continue
            end = max(end, self._one(cursor, own, at, depth))
        return end

    def _command(self, token: str, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        name = token[1:]
        handler = getattr(self, f"_do_{name}", None)
        if handler is not None:
            return handler(cursor, state, at, depth)
        if name in self.named:
            inner = self.named[name]
            return self._all(Cursor(inner.tokens, inner.at, inner.end), state, at, depth + 1)
        if token in IGNORED_MUSIC or token in FOREIGN:
            cursor.skip_expression()
        elif token in ("\\clef", "\\language", "\\include", "\\bar", "\\mark", "\\unset", "\\revert", "\\hide", "\\omit", "\\transposition"):
            cursor.take()
        elif token in ("\\set", "\\override", "\\change"):
            self._assigned(cursor)
        elif token in ("\\melisma", "\\melismaEnd"):
            state.melisma = token == "\\melisma"
        elif token in ("\\breve", "\\longa") and state.stream.notes:
            more = duration(token) * state.scale - state.stream.notes[-1].length
            state.stream.notes[-1].length += more
            return at + more
        return at

    def _assigned(self, cursor: Cursor) -> None:
        """``Staff.name = value``, ``Beam #'x = #y``."""
        while cursor and cursor.peek() != "=" and (cursor.peek() == SCHEME or not self.pattern.fullmatch(cursor.peek())) \
                and cursor.peek() not in ("{", "}", "<<", ">>") and cursor.peek()[:1] != "\\":
            cursor.take()
        if cursor.peek() == "=":
            cursor.take()
            cursor.skip_expression()

    # ---- music functions ----

    def _do_relative(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        found = self.pattern.fullmatch(cursor.peek())
        start = MIDDLE
        if found and found["name"] in self.names:
            cursor.take()
            step, alter = self.names[found["name"]]
            start = Tone(step, alter, 3 + _octaves(found["marks"]))
        return self._inside(cursor, state, at, depth, tone=start)

    def _do_fixed(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        found = self.pattern.fullmatch(cursor.take())
        return self._inside(cursor, state, at, depth, tone=None, octaves=_octaves(found["marks"]) if found else 0)

    def _do_absolute(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        return self._inside(cursor, state, at, depth, tone=None)

    def _inside(self, cursor: Cursor, state: _State, at: Fraction, depth: int, **change) -> Fraction:
        kept = {name: getattr(state, name) for name in change}
        for name, value in change.items():
            setattr(state, name, value)
        at = self._one(cursor, state, at, depth + 1) if cursor else at
        for name, value in kept.items():
            setattr(state, name, value)
        return at

    def _do_times(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        return self._inside(cursor, state, at, depth, scale=state.scale * _fraction(cursor.take()))

    def _do_tuplet(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        share = _fraction(cursor.take())
        if DURATION.fullmatch(cursor.peek()):
            cursor.take()
        return self._inside(cursor, state, at, depth, scale=state.scale / share)

    def _do_afterGrace(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:  # noqa: N802
        at = self._one(cursor, state, at, depth + 1)
        cursor.skip_expression()
        return at

    def _do_tag(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        cursor.take()
        return at

    def _do_new(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        kind = cursor.take()
        name = ""
        if cursor.peek() == "=":
            cursor.take()
            name = cursor.take().strip('"')
        if cursor.peek() == "\\with":
            cursor.take()
            cursor.group()
        if kind == "Lyrics":
            return self._lyrics(cursor, at)
        if kind in ("ChordNames", "FiguredBass", "DrumStaff", "DrumVoice", "Dynamics", "NullVoice"):
            cursor.skip_expression()
            return at
        if kind not in VOICES:
            return at                # a group of staves: what follows is read as it stands
        own = _State(self._open(name), state.tone, state.octaves)
        own.length, own.scale = state.length, state.scale
        return self._one(cursor, own, at, depth + 1) if cursor else at

    _do_context = _do_new

    def _lyrics(self, cursor: Cursor, at: Fraction) -> Fraction:
        if cursor.peek() == "\\lyricsto":
            cursor.take()
            return self._do_lyricsto(cursor, None, at, 0)
        if cursor.peek() in ("\\lyricmode", "{", "\\lyrics"):
            cursor.skip_expression()
        return at

    def _do_lyricsto(self, cursor: Cursor, state: _State | None, at: Fraction, depth: int) -> Fraction:
        name = cursor.take().strip('"')
        if cursor.peek() in ("\\new", "\\context"):
            cursor.at += 2
        start = cursor.at
        cursor.skip_expression()
        self._late.append((name, Cursor(cursor.tokens, start, cursor.at)))
        return at

    def _do_addlyrics(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        start = cursor.at
        cursor.skip_expression()
        sung = [stream for stream in self.streams if stream.notes]
        if sung:
            sung[-1].words.append(Cursor(cursor.tokens, start, cursor.at))
        return at

    def _do_lyricmode(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        cursor.skip_expression()
        return at

    _do_lyrics = _do_lyricmode

    def _do_repeat(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        kind, times = cursor.take().strip('"'), cursor.take()
        many = min(int(times), 64) if times.isdigit() else 2
        body = cursor.at
        if kind == "unfold":
            for _ in range(many):
                cursor.at = body
                at = self._one(cursor, state, at, depth + 1)
            return at
        start, at = at, self._one(cursor, state, at, depth + 1)
        if kind != "volta":
            return at
        if cursor.peek() == "\\alternative":
            cursor.take()
            return self._alternatives(cursor.group(), state, start, at, depth)
        self._repeat(start, at, many)
        return at

    def _alternatives(self, cursor: Cursor, state: _State, start: Fraction, at: Fraction, depth: int) -> Fraction:
        number = 0
        while cursor:
            before = at
            at = self._one(cursor, state, at, depth + 1)
            if at > before:
                number += 1
                self.signs.endings[before] = number
                if cursor:
                    self._repeat(start, at, 2)
        return at

    def _repeat(self, start: Fraction, end: Fraction, times: int) -> None:
        if (start, end, times) not in self.signs.repeats:
            self.signs.repeats.append((start, end, times))

    # ---- signs ----

    def _do_time(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        if cursor.peek() == SCHEME:
            cursor.take()
        said = re.fullmatch(r"(\d{1,2})/(\d{1,2})", cursor.take())
        if said and 1 <= int(said[1]) <= 32 and int(said[2]) in (1, 2, 4, 8, 16, 32):
            self.signs.metres.setdefault(at, Metre(int(said[1]), int(said[2])))
        return at

    def _do_key(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        tone, mode = self.names.get(cursor.peek()), cursor.peek(1)[1:]
        if tone and mode in MODES:
            cursor.at += 2
            fifths = max(-7, min(7, FIFTHS[tone[0]] + 7 * tone[1] + MODES[mode]))
            self.signs.keys.setdefault(at, (fifths, "minor" if MODES[mode] < -1 else "major"))
        return at

    def _do_partial(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        if DURATION.fullmatch(cursor.peek()):
            length = duration(cursor.take())
            self.signs.partial = self.signs.partial if at else length
        return at

    def _do_tempo(self, cursor: Cursor, state: _State, at: Fraction, depth: int) -> Fraction:
        while cursor.peek()[:1] in ('"', "#") or cursor.peek() == "\\markup":
            cursor.skip_expression()
        if DURATION.fullmatch(cursor.peek()) and cursor.peek(1) == "=":
            unit, said = duration(cursor.take()), cursor.tokens[cursor.at + 1] if cursor.at + 1 < cursor.end else ""
            cursor.at += 2
            number = re.match(r"\d{1,3}", said)
            if number and int(number[0]):
                self.signs.tempi.setdefault(at, min(400.0, max(10.0, float(unit * 4 * int(number[0])))))
        return at

    # ---- notes ----

    def _note(self, found: re.Match[str], cursor: Cursor, state: _State, at: Fraction) -> Fraction:
        if found["length"]:
            state.length = duration(found["length"])
        length = state.length * state.scale
        name = found["name"]
        if name in self.names:
            tone = self._tone(name, found["marks"], state)
            rest = cursor.peek() == "\\rest"
            if not rest:
                self._strike(state, at, length, (tone.pitch,))
        elif name == "q" and state.stream.notes:
            self._strike(state, at, length, state.stream.notes[-1].pitches)
        self._hung(found["rest"], state)
        self.end = max(self.end, at + length)
        return at + length

    def _tone(self, name: str, marks: str, state: _State) -> Tone:
        step, alter = self.names[name]
        octaves = _octaves(marks)
        if state.tone is None:
            return Tone(step, alter, 3 + state.octaves + octaves)
        state.tone = state.tone.near(step, alter, octaves)
        return state.tone

    def _chord(self, cursor: Cursor, state: _State, at: Fraction) -> Fraction:
        tones = []
        while cursor and cursor.peek() not in (">", "}", ">>"):
            found = self.pattern.fullmatch(cursor.take())
            if found and found["name"] in self.names:
                tones.append(self._tone(found["name"], found["marks"], state))
        cursor.take()
        if tones and state.tone is not None:
            state.tone = tones[0]
        after = re.match(rf"({DURATION.pattern})?([()\[\]~|^_.:>+!?-]*)", cursor.peek())
        if after and after[0] and after.end() == len(cursor.peek()):
            cursor.take()
            state.length = duration(after[1]) if after[1] else state.length
        length = state.length * state.scale
        if tones:
            self._strike(state, at, length, tuple(sorted(tone.pitch for tone in tones)))
        self._hung(after[2] if after else "", state)
        return at + length

    def _strike(self, state: _State, at: Fraction, length: Fraction, pitches: tuple[int, ...]) -> None:
        self._left -= 1
        if self._left < 0 or at > LONGEST_QUARTERS // 4:
            raise BadInput(f"the LilyPond file has more than {MOST_NOTES:,} notes, or lasts too long. Split it.")
        held = state.tie or state.slur or state.melisma or state.beam and self.beams_are_sung
        sounding = tuple(pitch for pitch in pitches if 0 <= pitch <= 127)
        if sounding and length > 0:
            state.stream.notes.append(Struck(at, length, sounding, not held, state.tie))
        state.tie = False

    def _hung(self, signs: str, state: _State) -> None:
        """Ties, slurs and beams that hang on the note before."""
        for sign in signs:
            if sign in "()":
                state.slur = sign == "("
            elif sign in "[]":
                state.beam = sign == "["
            elif sign == "~":
                state.tie = True


def _octaves(marks: str) -> int:
    return min(marks.count("'"), 9) - min(marks.count(","), 9)


def _fraction(text: str) -> Fraction:
    said = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    return Fraction(int(said[1]) or 1, int(said[2]) or 1) if said else Fraction(1)
