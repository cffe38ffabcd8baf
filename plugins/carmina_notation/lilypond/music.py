"""LilyPond music -> streams of notes in time, one a voice, with the words that are set to each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from carmina import Losses

from ..common.bounds import MOST_NOTES
from .chords import chords_in
from .notes import NoteParser
from .ornaments import GRACES, OrnamentParser
from .pitch import DURATION, Tone, duration, names, note_pattern, octaves
from .repeating import RepeatParser
from .signs import SignParser
from .tokens import SCHEME, Budget, Cursor, is_command
from .values import Signs, State, Stream

MIDDLE = Tone(3, 0, 3)  # \relative without a pitch: the f below middle c
VOICES = ("Voice", "Staff", "CueVoice", "Devnull", "MensuralVoice", "VaticanaVoice")
FOREIGN = (
    "\\figuremode",
    "\\figures",
    "\\drummode",
    "\\drums",
    "\\markup",
    "\\markuplist",
    "\\header",
    "\\paper",
    "\\layout",
    "\\midi",
)


_TOLD = {
    "\\figuremode": "figured bass",
    "\\figures": "figured bass",
    "\\drummode": "drum part",
    "\\drums": "drum part",
    "\\markup": "text with layout",
}


class Music(SignParser, RepeatParser, OrnamentParser, NoteParser):
    """Walks a music expression; streams come in the order in which they are met."""

    def __init__(self, named: Mapping[str, Cursor], language: str, beams_are_sung: bool):
        self.named, self.names, self.pattern = named, names(language), note_pattern(language)
        self.beams_are_sung = beams_are_sung
        self.streams: list[Stream] = []
        self.signs = Signs()
        self.end = Fraction(0)  # of notes and rests
        self._by_name: dict[str, Stream] = {}
        self._late: list[tuple[str, Cursor]] = []
        self.budget = Budget()
        self.left = MOST_NOTES
        self.losses = Losses()

    def read(self, cursor: Cursor) -> None:
        """The whole expression, and the words to their voices."""
        state = State(self._open(""))
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

    def _all(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        while cursor:
            at = self._one(cursor, state, at, depth)
        return at

    def _one(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
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
        if token[:1] == '"':
            self._said(token, state, at)
        elif token == ">":
            self._ornament("accent", state, at)
        else:
            self._hung(token, state)
        return at

    def _together(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        """<< >>: everything from one time on. After ``\\\\`` another voice begins."""
        end, own = at, state
        while cursor:
            if cursor.peek() == "\\\\":
                cursor.take()
                own = State(self._open(""), state.tone, state.octaves, state.length, state.scale)
                continue
            end = max(end, self._one(cursor, own, at, depth))
        return end

    def _command(self, token: str, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        name = token[1:]
        handler = getattr(self, f"_do_{name}", None)
        if handler is not None:
            return handler(cursor, state, at, depth)
        if name in self.named:
            inner = self.named[name]
            return self._all(Cursor(inner.tokens, inner.at, inner.end), state, at, depth + 1)
        if token in GRACES:
            self._grace(token, cursor, state, at, depth)
        elif token in ("\\chordmode", "\\chords"):
            self._chords(cursor, at)
        elif token in FOREIGN:
            if token in _TOLD:
                self.losses.add(_TOLD[token])
            cursor.skip_expression()
        elif token in (
            "\\language",
            "\\include",
            "\\bar",
            "\\mark",
            "\\unset",
            "\\revert",
            "\\hide",
            "\\omit",
            "\\transposition",
        ):
            cursor.take()
        elif token in ("\\set", "\\override", "\\change"):
            self._assigned(cursor)
        elif token in ("\\melisma", "\\melismaEnd"):
            state.melisma = token == "\\melisma"
        elif token in ("\\breve", "\\longa") and state.stream.notes:
            more = duration(token) * state.scale - state.stream.notes[-1].length
            state.stream.notes[-1].length += more
            return at + more
        else:
            self._ornament(name, state, at)
        return at

    def _chords(self, cursor: Cursor, at: Fraction) -> None:
        """Symbols from a time on, their mode said before the braces."""
        if cursor.peek() in ("\\chordmode", "\\chords"):
            cursor.take()
        body = cursor.group() if cursor.peek() == "{" else Cursor(cursor.tokens, cursor.at, cursor.at)
        found, lost = chords_in(body, self.named, self.names, self.budget)
        self.signs.chords |= {at + time: symbol for time, symbol in found.items()}
        self.losses.add("chord name", lost)

    def _assigned(self, cursor: Cursor) -> None:
        """``Staff.name = value``, ``Beam #'x = #y``."""
        while (
            cursor
            and cursor.peek() != "="
            and (cursor.peek() == SCHEME or not self.pattern.fullmatch(cursor.peek()))
            and cursor.peek() not in ("{", "}", "<<", ">>")
            and cursor.peek()[:1] != "\\"
        ):
            cursor.take()
        if cursor.peek() == "=":
            cursor.take()
            cursor.skip_expression()

    # ---- music functions ----

    def _do_relative(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        found = self.pattern.fullmatch(cursor.peek())
        start = MIDDLE
        if found and found["name"] in self.names:
            cursor.take()
            step, alter = self.names[found["name"]]
            start = Tone(step, alter, 3 + octaves(found["marks"]))
        return self._inside(cursor, state, at, depth, tone=start)

    def _do_fixed(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        found = self.pattern.fullmatch(cursor.take())
        return self._inside(cursor, state, at, depth, tone=None, octaves=octaves(found["marks"]) if found else 0)

    def _do_absolute(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        return self._inside(cursor, state, at, depth, tone=None)

    def _inside(self, cursor: Cursor, state: State, at: Fraction, depth: int, **change) -> Fraction:
        kept = {name: getattr(state, name) for name in change}
        for name, value in change.items():
            setattr(state, name, value)
        at = self._one(cursor, state, at, depth + 1) if cursor else at
        for name, value in kept.items():
            setattr(state, name, value)
        return at

    def _do_times(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        return self._inside(cursor, state, at, depth, scale=state.scale * _fraction(cursor.take()))

    def _do_tuplet(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        share = _fraction(cursor.take())
        if DURATION.fullmatch(cursor.peek()):
            cursor.take()
        return self._inside(cursor, state, at, depth, scale=state.scale / share)

    def _do_afterGrace(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        if cursor.peek()[:1].isdigit():
            cursor.take()  # where in the note they begin
        at = self._one(cursor, state, at, depth + 1)
        self._grace("\\grace", cursor, state, at, depth, after=True)
        return at

    def _do_tag(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        cursor.take()
        return at

    def _do_new(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
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
        if kind == "ChordNames":
            if cursor.peek() in ("{", "\\chordmode", "\\chords"):
                self._chords(cursor, at)
            elif cursor:
                self._one(cursor, State(Stream("")), at, depth + 1)
            return at
        if kind in ("FiguredBass", "DrumStaff", "DrumVoice", "Dynamics", "NullVoice"):
            cursor.skip_expression()
            return at
        if kind not in VOICES:
            return at  # a group of staves: what follows is read as it stands
        own = State(self._open(name), state.tone, state.octaves)
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

    def _do_lyricsto(self, cursor: Cursor, state: State | None, at: Fraction, depth: int) -> Fraction:
        name = cursor.take().strip('"')
        if cursor.peek() in ("\\new", "\\context"):
            cursor.take()
            cursor.take()
        start = cursor.at
        cursor.skip_expression()
        self._late.append((name, Cursor(cursor.tokens, start, cursor.at)))
        return at

    def _do_addlyrics(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        start = cursor.at
        cursor.skip_expression()
        sung = [stream for stream in self.streams if stream.notes]
        if sung:
            sung[-1].words.append(Cursor(cursor.tokens, start, cursor.at))
        return at

    def _do_lyricmode(self, cursor: Cursor, state: State, at: Fraction, depth: int) -> Fraction:
        cursor.skip_expression()
        return at

    _do_lyrics = _do_lyricmode


def _fraction(text: str) -> Fraction:
    said = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    return Fraction(int(said[1]) or 1, int(said[2]) or 1) if said else Fraction(1)
