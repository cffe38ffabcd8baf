"""ABC notation, anyone's -> Score: voices, chord symbols, words under the notes, repeats and verses played out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from carmina import BadInput, Losses, Option, Reader, Score

from ..common.bounds import MOST_NOTES
from ..common.decoding import ENCODING, decoded
from ..common.words import encodable
from ..unrolling.assembly import Assembly, Heading, Part
from .fields import metre, signature, tempo, text_of, unit_length, usual_unit
from .order import parts_played, reordered
from .voice import Voice

MOST_BYTES = 8 * 1024 * 1024
MOST_VOICES = 64
_FIELD = re.compile(r"^([A-Za-z+]):(.*)$", re.DOTALL)
_BODY = frozenset("IKLMmNPQRrsTUVWw+d")  # what may begin a line below the key; "A:|" there is music
_UNKEPT = {
    "W": "line of words below the tune",
    "N": "note of the editor",
    "R": "name of a rhythm",
    "r": "remark",
    "s": "line of symbols",
}
_VOICE = re.compile(r"\[V:([^\]]*)\]")
_TUNE = re.compile(r"^X:", re.MULTILINE)


class AbcReader(Reader):
    """The first tune. Lost: what ``Score.losses`` names."""

    name = "abc"
    summary = "ABC notation: notes, chord symbols, words of every verse (w:)"
    suffixes = (".abc",)
    gives = "Score"

    options: ClassVar[tuple[Option, ...]] = (ENCODING,)

    def read(self, data: bytes) -> Score:
        return self.read_with(data, {})

    def read_with(self, data: bytes, settings: Mapping[str, Any]) -> Score:
        tune = _Tune()
        for line in _lines(_first_tune(_text(data, settings.get("encoding", "")))):
            tune.take(line)
        return tune.score()

    def parts(self, data: bytes) -> list[bytes]:
        """The tunes of a book, each with the fields that stand before the first."""
        text = _text(data)
        starts = [match.start() for match in _TUNE.finditer(text)]
        if len(starts) < 2:
            return [data]
        ends = [*starts[1:], len(text)]
        return [(text[: starts[0]] + "\n" + text[a:b]).encode() for a, b in zip(starts, ends, strict=True)]


def _text(data: bytes, encoding: str = "") -> str:
    if len(data) > MOST_BYTES:
        raise BadInput(f"the ABC file has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split it.")
    return decoded(data.removeprefix(b"\xef\xbb\xbf"), encoding).replace("\r\n", "\n").replace("\r", "\n")


def _first_tune(text: str) -> str:
    second = [match.start() for match in _TUNE.finditer(text)][1:2]
    return text[: second[0]] if second else text


def _lines(text: str) -> Iterator[str]:
    """Lines without comments, directives and blocks of text."""
    hidden = False
    for line in text.split("\n"):
        if line.startswith(("%%begin", "%%end")):
            hidden = line.startswith("%%begin")
        elif not hidden and not line.startswith("%"):
            yield re.sub(r"(?<!\\)%.*", "", line)


class _Tune:
    """Fields and music, line by line."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.losses = Losses()
        self.voices: dict[str, Voice] = {}
        self.names: dict[str, str] = {}
        self.current: Voice | None = None
        self.shifts: dict[str, str] = {}
        self.in_body = False
        self.left = MOST_NOTES
        self.last = ""  # the field that "+:" goes on
        self.pending: tuple[Voice, str] | None = None  # words that "+:" may go on

    def take(self, line: str) -> None:
        found = _FIELD.match(line)
        if found and found[1] == "+":
            self._go_on(found[2])
            return
        self._end_words()
        if found and (not self.in_body or found[1] in _BODY):
            self._field(found[1], found[2])
        elif self.in_body and line.strip():
            first, *rest = _VOICE.split(line)
            if first.strip():
                self._voice().music(first, self._inline)
            for name, music in zip(rest[::2], rest[1::2], strict=True):
                self._choose(name)
                self._voice().music(music, self._inline)

    def _go_on(self, value: str) -> None:
        if self.pending:
            voice, text = self.pending
            self.pending = voice, f"{text} {value}"
        elif not self.in_body and self.fields.get(self.last):
            self.fields[self.last][-1] += f" {value.strip()}"

    def _end_words(self) -> None:
        if self.pending:
            voice, text = self.pending
            voice.words(text)
        self.pending = None

    def _field(self, name: str, value: str) -> None:
        self.last = name
        if name == "w" and self.in_body:
            self.pending = self._voice(), value
        elif name == "V":
            self._choose(value)
        elif self.in_body:
            self._inline(name, value)
        else:
            self.fields.setdefault(name, []).append(value)
            self.in_body = name == "K"

    def _inline(self, name: str, value: str) -> None:
        if name == "V":
            self._choose(value)
            return
        voice = self._voice()
        if name == "K":
            voice.key(signature(value))
        elif name == "M":
            voice.time(metre(value))
        elif name == "L":
            voice.unit = unit_length(value) or voice.unit
        elif name == "Q":
            said = tempo(value, voice.unit or usual_unit(voice.metre))
            if said:
                voice.tempo(said)
        elif name in "WNRrs" and value.strip():
            self.losses.add(_UNKEPT[name])
        elif name == "P" and value.strip():
            voice.heading(encodable(text_of(value)).strip()[:80])

    def _choose(self, value: str) -> None:
        name, _, rest = value.strip().partition(" ")
        said = re.search(r'\b(?:name|nm)="([^"]{1,80})"', rest)
        if said:
            self.names[name] = encodable(text_of(said[1]))
        if re.search(r"octave=|transpose=|[+-](?:8|15)\b", rest):
            self.shifts[name] = rest
        if self.in_body:
            self.current = self._open(name)
        else:
            self.names.setdefault(name, "")

    def _voice(self) -> Voice:
        if self.current is None:
            self.current = self._open(next(iter(self.names), "1"))
        return self.current

    def _open(self, name: str) -> Voice:
        if name not in self.voices:
            if len(self.voices) == MOST_VOICES:
                raise BadInput(f"the ABC tune has more than {MOST_VOICES} voices. Leave some out.")
            voice = self.voices[name] = Voice(self._spend, self.losses)
            voice.time(metre(self._last("M", "none")))
            voice.unit = unit_length(self._last("L", ""))
            voice.key(signature(f"{self._last('K', 'none')} {self.shifts.get(name, '')}"))
            said = tempo(self._last("Q", ""), voice.unit or usual_unit(voice.metre))
            if said:
                voice.tempo(said)
        return self.voices[name]

    def _last(self, field: str, default: str) -> str:
        return self.fields.get(field, [default])[-1]

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise BadInput(f"the ABC tune has more than {MOST_NOTES:,} notes. Leave some voices out.")

    def score(self) -> Score:
        self._end_words()
        for voice in self.voices.values():
            voice.finish()
        if not any(bar.notes for voice in self.voices.values() for bar in voice.bars):
            raise BadInput("the ABC file has no notes. A tune needs a K: field and, below it, music.")
        wanted = parts_played(self._last("P", "").strip())
        ordered = reordered([voice.bars for voice in self.voices.values()], wanted)
        parts = [
            Part(self.names.get(name, ""), "voice" if number == 0 else "", 53 if number == 0 else 0, False, bars)
            for number, (name, bars) in enumerate(zip(self.voices, ordered, strict=True))
        ]
        said = {name: [encodable(text_of(value)).strip() for value in values] for name, values in self.fields.items()}
        return Assembly(
            parts,
            Heading(
                "ABC",
                next(filter(None, said.get("T", [])), ""),
                "",
                tuple(filter(None, said.get("C", [])))[:8],
                losses=self.losses,
            ),
        ).score()
