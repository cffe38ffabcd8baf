"""LilyPond files -> Score: voices, keys, metres, repeats, and the words of every verse under their notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from carmina import BadInput, Losses, Metre, Option, Reader, Score

from ..common.decoding import ENCODING, decoded
from ..common.printed import Lyric, Printed, Sounded
from ..common.words import encodable
from ..unrolling.assembly import Assembly, Heading, Part
from .music import Music
from .tokens import Cursor, definitions, tokens_of
from .values import Signs, Stream, Struck
from .words import lyrics_of, said_in

MOST_BYTES = 4 * 1024 * 1024
MOST_VERSES = 40
MOST_BARS = 20_000
WHOLE_TICKS = 1920
_LANGUAGE = re.compile(r'\\language\s+"(\w+)"|\\include\s+"(english|italiano|deutsch|espanol|francais|nederlands)\.ly"')
_UNBEAMED = re.compile(r"\\autoBeamOff|autoBeaming\s*=\s*##f")  # then a written beam is a melisma
_TITLE = ("title", "subtitle")
_CREDITS = ("poet", "lyricist", "composer", "arranger")


class LilyPondReader(Reader):
    """The first ``\\score``. Lost: what ``\\include`` brings, Scheme that makes music, and ``Score.losses``."""

    name = "lilypond"
    summary = "LilyPond: notes, words of every verse; the music written out in the file itself"
    suffixes = (".ly",)
    gives = "Score"

    options: ClassVar[tuple[Option, ...]] = (ENCODING,)

    def read(self, data: bytes) -> Score:
        return self.read_with(data, {})

    def read_with(self, data: bytes, settings: Mapping[str, Any]) -> Score:
        if len(data) > MOST_BYTES:
            raise BadInput(f"the LilyPond file has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split it.")
        text = decoded(data.removeprefix(b"\xef\xbb\xbf"), settings.get("encoding", ""))
        said = _LANGUAGE.search(text)
        tokens = tokens_of(text)
        named, others = definitions(tokens)
        music = Music(named, (said[1] or said[2]) if said else "nederlands", _UNBEAMED.search(text) is not None)
        for cursor in _scores(others):
            music.read(cursor)
            if any(stream.notes for stream in music.streams):
                break
        streams = [stream for stream in music.streams if stream.notes]
        if not streams:
            more = ", and \\include is not followed: put the music into one file" if "\\include" in text else ""
            raise BadInput(
                "the LilyPond file has no notes that can be read: a \\score with its music written out is "
                f"needed{more}."
            )
        return _score(streams, music, _header(tokens))


def _scores(others: Sequence[Cursor]) -> Iterator[Cursor]:
    """The insides of every \\score, else whatever music stands alone."""
    found = []
    for cursor in others:
        inner = Cursor(cursor.tokens, cursor.at, cursor.end)
        if inner.peek() == "\\score" and inner.peek(1) == "{":
            inner.take()
            found.append(inner.group())
        elif inner.peek() in ("\\book", "\\bookpart") and inner.peek(1) == "{":
            inner.take()
            group = inner.group()
            while group:
                if group.peek() == "\\score" and group.peek(1) == "{":
                    group.take()
                    found.append(group.group())
                else:
                    group.take()
    yield from found or [
        Cursor(c.tokens, c.at, c.end) for c in others if c.peek() not in ("\\header", "\\paper", "\\layout")
    ]


def _header(tokens: Sequence[str]) -> Mapping[str, str]:
    """Field -> its first string, of every \\header in turn."""
    found: dict[str, str] = {}
    for at, token in enumerate(tokens):
        if token == "\\header" and at + 1 < len(tokens) and tokens[at + 1] == "{":
            inside = Cursor(tokens, at + 1).group()
            name = ""
            while inside:
                word = inside.take()
                if inside.peek() == "=":
                    name = word
                elif name and word[:1] == '"' and word.strip('"').strip():
                    found.setdefault(name, encodable(word[1:-1]).strip())
                    name = ""
    return found


# ---- streams into bars ----------------------------------------------------------------------------------------------


def _score(streams: Sequence[Stream], music: Music, header: Mapping[str, str]) -> Score:
    end = max(music.end, *(note.at + note.length for stream in streams for note in stream.notes))
    edges = _edges(music.signs, end)
    parts = []
    for number, stream in enumerate(sorted(streams, key=lambda stream: not stream.words)):
        bars = _bars(stream, edges, music)
        if number == 0:
            _put_signs(bars, edges, music.signs)
        parts.append(
            Part(encodable(stream.name), "voice" if stream.words else "", 53 if stream.words else 0, False, bars)
        )
    title = next((header[name] for name in _TITLE if name in header), "")
    return Assembly(
        parts,
        Heading("LilyPond", title, "", tuple(header[name] for name in _CREDITS if name in header), losses=music.losses),
    ).score()


def _edges(signs: Signs, end: Fraction) -> list[Fraction]:
    """Where bars begin, and the end: bar lines of the metre, and repeat signs wherever they stand."""
    changes = sorted(signs.metres.items()) or [(Fraction(0), Metre())]
    found = {Fraction(0), *(at for start, stop, _ in signs.repeats for at in (start, stop)), *signs.endings}
    for place, (start, metre) in enumerate(changes):
        stop = changes[place + 1][0] if place + 1 < len(changes) else end
        at = start + (signs.partial if start == 0 else 0)
        while at < stop:
            found.add(at)
            at += Fraction(metre.beats, metre.unit)
            if len(found) > MOST_BARS:
                raise BadInput(f"the LilyPond file has more than {MOST_BARS:,} bars. Split it.")
        found.add(start)
    return [*sorted(edge for edge in found if edge < end), end]


def _bars(stream: Stream, edges: Sequence[Fraction], music: Music) -> list[Printed]:
    bars = [Printed(length=_ticks(b) - _ticks(a)) for a, b in zip(edges, edges[1:], strict=False)]
    sounded = []
    for note in stream.notes:
        index = min(bisect_right(edges, note.at) - 1, len(bars) - 1)
        at = _ticks(note.at) - _ticks(edges[index])
        length = max(1, _ticks(note.at + note.length) - _ticks(note.at))
        made = [Sounded(at, length, pitch, 80, "1", "1", note.tied, {}) for pitch in note.pitches]
        made[-1].graces, made[-1].marks = note.graces, tuple(dict.fromkeys(note.marks))
        bars[index].notes += made
        sounded.append((note, made[-1]))
    for when, clef in stream.clefs:
        index = min(bisect_right(edges, when) - 1, len(bars) - 1)
        bars[index].clefs.append(("1", replace(clef, onset_ticks=_ticks(when) - _ticks(edges[index]))))
    for when, said in stream.directions:
        index = min(bisect_right(edges, when) - 1, len(bars) - 1)
        bars[index].directions.append(("1", replace(said, onset_ticks=_ticks(when) - _ticks(edges[index]))))
    verse = 0
    for words in stream.words[:MOST_VERSES]:
        cursor = Cursor(words.tokens, words.at, words.end)
        verse += _set(sounded, lyrics_of(said_in(cursor, music.named, music.budget)), verse + 1, music.losses)
    return bars


def _set(
    sounded: Sequence[tuple[Struck, Sounded]], lyrics: Iterable[tuple[Lyric | None, bool]], verse: int, losses: Losses
) -> bool:
    """The syllables on the notes that are free for them; whether there were any."""
    at, any_said = 0, False
    for lyric, every_note in lyrics:
        while at < len(sounded) and not (sounded[at][0].free or every_note and not sounded[at][0].tied):
            at += 1
        if at == len(sounded):
            losses.add("syllable after the last note", lyric is not None)
            continue
        if lyric is not None:
            sounded[at][1].lyrics[verse] = lyric
            any_said = True
        at += 1
    return any_said


def _put_signs(bars: Sequence[Printed], edges: Sequence[Fraction], signs: Signs) -> None:
    def bar(at: Fraction) -> Printed | None:
        index = bisect_right(edges, at) - 1
        return bars[index] if 0 <= index < len(bars) else None

    for at, metre in signs.metres.items():
        if found := bar(at):
            found.metre = metre
    for at, key in signs.keys.items():
        if found := bar(at):
            found.keys.append((_ticks(at) - _ticks(edges[bisect_right(edges, at) - 1]), key))
    for at, speed in signs.tempi.items():
        if found := bar(at):
            found.tempi.append((_ticks(at) - _ticks(edges[bisect_right(edges, at) - 1]), speed))
    for at, symbol in signs.chords.items():
        if at < edges[-1] and (found := bar(at)):
            found.chords.append((_ticks(at) - _ticks(edges[bisect_right(edges, at) - 1]), symbol))
    for start, stop, times in signs.repeats:
        first, last = bar(start), bars[min(bisect_right(edges, stop) - 1, len(bars)) - 1]
        if first and stop > start:
            first.opens, last.closes, last.said_times = True, max(2, times), False
    number = 0
    for index, edge in enumerate(edges[:-1]):
        number = signs.endings.get(edge, number)
        within = number and (index == 0 or bars[index - 1].endings or edge in signs.endings)
        bars[index].endings = frozenset((number,)) if within else None


def _ticks(wholes: Fraction) -> int:
    return round(wholes * WHOLE_TICKS)
