"""The bytes of a standard MIDI file -> its notes and words, whoever wrote it.

mido is strict about what it reads (one unusual key signature and the whole file is refused) and slow to refuse a
hostile file, so the few events that a score needs are picked out here. Source: Standard MIDI Files 1.0 (MMA RP-001).
"""

from __future__ import annotations

import struct
from collections import deque
from dataclasses import dataclass, field

from carmina import BadInput, Losses
from carmina.text import shared_encoding, text_encoding

from ..common.bounds import LONGEST_QUARTERS, MOST_NOTES

MOST_BYTES = 8 * 1024 * 1024
MOST_TRACKS = 256
MOST_META = 200_000

TEXT, COPYRIGHT, TRACK_NAME, INSTRUMENT, LYRIC, MARKER = 1, 2, 3, 4, 5, 6
END, TEMPO, METRE, KEY, OWN = 0x2F, 0x51, 0x58, 0x59, 0x7F
_NEEDLESS = (0x20, 0x21)  # a channel or a port for what follows: each event says its own
_NAMES = {7: "cue point", 0: "sequence number", 8: "program name", 9: "device name", 0x54: "time offset"}
_CONTROLS = {1: "modulation", 7: "volume", 10: "panning", 11: "expression", 0: "bank", 32: "bank", 121: "reset"}
_PEDAL = 64
_DATA_BYTES = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}


@dataclass(slots=True)
class Chunk:
    """What one track of the file holds; ticks are the file's own."""

    notes: list[tuple[int, int, int, int, int]] = field(default_factory=list)  # onset, length, channel, pitch, velocity
    programs: dict[int, int] = field(default_factory=dict)  # channel -> the first program it asks for
    meta: list[tuple[int, int, bytes]] = field(default_factory=list)  # tick, kind, data
    end: int = 0
    pedal: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)  # channel -> tick, whether it goes down


@dataclass(frozen=True, slots=True)
class File:
    """A standard MIDI file."""

    per_quarter: int
    chunks: tuple[Chunk, ...]
    losses: Losses


def scan(data: bytes, encoding: str = "") -> File:
    """The file's notes and meta events, its texts in UTF-8; ``encoding``: what they are in, found where it is empty.

    Raises ``BadInput`` with one clear line."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"the MIDI file has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split it.")
    if data[:4] == b"RIFF" and data[8:12] == b"RMID":
        data = data[20:]
    if data[:4] != b"MThd":
        raise BadInput(
            "this is not a MIDI file: it does not begin with 'MThd'. Export it again as a standard MIDI file."
        )
    try:
        return _readable(_file(data), encoding)
    except (IndexError, struct.error):
        raise BadInput("the MIDI file is cut off or damaged. Export or copy it again.") from None


def _file(data: bytes) -> File:
    size, kind, count, division = struct.unpack_from(">IHHH", data, 4)
    if size < 6 or kind > 2:
        raise BadInput(f"the MIDI file is of type {kind}; types 0, 1 and 2 are read. Export it again as type 1.")
    if count > MOST_TRACKS:
        raise BadInput(f"the MIDI file has {count} tracks; at most {MOST_TRACKS} are read. Leave some out.")
    if not division:
        raise BadInput("the MIDI file has no ticks to the quarter note. Export it again.")
    frames = division >= 0x8000
    per_quarter = _ticks_a_second(division) if frames else division
    chunks: list[Chunk] = []
    losses = Losses()
    at, notes = 8 + size, 0
    while len(chunks) < count:
        name, length = struct.unpack_from(">4sI", data, at)
        at += 8
        if at + length > len(data):
            raise IndexError
        if name == b"MTrk":
            chunks.append(_Scanner(data, at, at + length, per_quarter, MOST_NOTES - notes, losses).run())
            notes += len(chunks[-1].notes)
        at += length
    if frames:
        chunks = [_in_frames(chunk) for chunk in chunks]
    return File(per_quarter, tuple(_in_turn(chunks) if kind == 2 else chunks), losses)


def _readable(file: File, asked: str) -> File:
    """The file with its texts in UTF-8, whatever encoding they were in."""
    kinds = (TEXT, COPYRIGHT, TRACK_NAME, INSTRUMENT, LYRIC, MARKER)
    encoding = (
        text_encoding(asked)
        if asked
        else shared_encoding(text for chunk in file.chunks for _, kind, text in chunk.meta if kind in kinds)
    )
    if encoding != "utf-8":
        for chunk in file.chunks:
            chunk.meta = [
                (tick, kind, text.decode(encoding, "replace").encode() if kind in kinds and not _plain(text) else text)
                for tick, kind, text in chunk.meta
            ]
    return file


def _plain(text: bytes) -> bool:
    return text.isascii() and b"\0" not in text


def _ticks_a_second(division: int) -> int:
    """Of a division in frames of film (SMPTE): minus the frames a second, and ticks a frame."""
    frames, ticks = 256 - (division >> 8), division & 0xFF
    if frames not in (24, 25, 29, 30) or not ticks:
        raise BadInput("the MIDI file counts time in film frames of no known kind. Export it again.")
    return (30 if frames == 29 else frames) * ticks


def _in_frames(chunk: Chunk) -> Chunk:
    """A chunk whose ticks tell seconds, at 120 quarters a minute: two quarters a second; its tempi say nothing then."""
    notes = [(2 * on, 2 * length, channel, pitch, loud) for on, length, channel, pitch, loud in chunk.notes]
    meta = [(2 * tick, kind, text) for tick, kind, text in chunk.meta if kind != TEMPO]
    pedal = {channel: [(2 * tick, down) for tick, down in row] for channel, row in chunk.pedal.items()}
    return Chunk(notes, chunk.programs, meta, 2 * chunk.end, pedal)


def _in_turn(chunks: list[Chunk]) -> list[Chunk]:
    """Patterns of a type 2 file, which belong to no common time, one after the other."""
    placed, at = [], 0
    for chunk in chunks:
        notes = [(on + at, length, channel, pitch, loud) for on, length, channel, pitch, loud in chunk.notes]
        meta = [(tick + at, kind, text) for tick, kind, text in chunk.meta]
        pedal = {channel: [(tick + at, down) for tick, down in row] for channel, row in chunk.pedal.items()}
        placed.append(Chunk(notes, chunk.programs, meta, chunk.end + at, pedal))
        at += chunk.end
    return placed


class _Scanner:
    """Walks the events of one track."""

    def __init__(self, data: bytes, at: int, end: int, division: int, notes_left: int, losses: Losses):
        self.losses = losses
        self.data, self.at, self.end = data, at, end
        self.latest = LONGEST_QUARTERS * division
        self.notes_left = notes_left
        self.chunk = Chunk()
        self.sounding: dict[tuple[int, int], deque[tuple[int, int]]] = {}
        self.tick, self.status, self.over = 0, 0, False

    def run(self) -> Chunk:
        while self.at < self.end and not self.over:
            self.tick += self._number()
            if self.tick > self.latest:
                raise BadInput(f"the MIDI file is longer than {LONGEST_QUARTERS:,} quarter notes. Cut it.")
            self._event()
        if self.at > self.end:
            raise IndexError
        for channel, pitch in list(self.sounding):
            while self.sounding[channel, pitch]:
                self._off(channel, pitch)
        self.chunk.end = self.tick
        self.chunk.notes.sort()
        return self.chunk

    def _number(self) -> int:
        value = 0
        for _ in range(4):
            byte = self.data[self.at]
            self.at += 1
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value
        raise IndexError

    def _event(self) -> None:
        byte = self.data[self.at]
        if byte >= 0x80:
            self.at += 1
            if 0xF0 < byte < 0xFF and byte != 0xF7:  # of live wires, not of files: skipped with its data
                self.at += {0xF1: 1, 0xF2: 2, 0xF3: 1}.get(byte, 0)
                self.losses.add(f"illegal status byte {byte:02X}")
                return
            if byte >= 0xF0:
                self._system(byte)
                return
            self.status = byte
        if not self.status:
            raise IndexError
        self._channel(self.status & 0xF0, self.status & 0x0F)

    def _system(self, byte: int) -> None:
        kind = self.data[self.at] if byte == 0xFF else -1
        self.at += byte == 0xFF
        length = self._number()
        if self.at + length > self.end:
            raise IndexError
        if kind in (TEXT, COPYRIGHT, TRACK_NAME, INSTRUMENT, LYRIC, MARKER, TEMPO, METRE, KEY, OWN):
            self.chunk.meta.append((self.tick, kind, self.data[self.at : self.at + length]))
            if len(self.chunk.meta) > MOST_META:
                raise BadInput(f"the MIDI file has more than {MOST_META:,} texts. Leave some out.")
        elif kind not in (END, *_NEEDLESS):
            name = "system message" if kind < 0 else _NAMES.get(kind, f"meta event {kind:02X}")
            self.losses.add(name)
        self.over = kind == END
        self.at += length

    def _channel(self, kind: int, channel: int) -> None:
        one = self.data[self.at]
        two = self.data[self.at + 1] if _DATA_BYTES[kind] == 2 else 0
        self.at += _DATA_BYTES[kind]
        if one > 127 or two > 127:
            raise IndexError
        if kind == 0x90 and two:
            self.sounding.setdefault((channel, one), deque()).append((self.tick, two))
        elif kind in (0x80, 0x90):
            self._off(channel, one)
        elif kind == 0xC0:
            if self.chunk.programs.setdefault(channel, one) != one:
                self.losses.add("change of instrument")
        elif kind == 0xB0:
            self._control(channel, one, two)
        elif kind == 0xE0:
            self.losses.add("pitch bend", (one, two) != (0, 64))
        else:
            self.losses.add("key pressure")

    def _control(self, channel: int, number: int, value: int) -> None:
        """The pedal is kept; the channel's first volume, panning and bank are a mixer's business and pass untold."""
        if number == _PEDAL:
            self.chunk.pedal.setdefault(channel, []).append((self.tick, value >= 64))
        elif number not in (121, 123) and (self.tick or number not in _CONTROLS):
            self.losses.add(f"{_CONTROLS.get(number, f'controller {number}')} change")

    def _off(self, channel: int, pitch: int) -> None:
        held = self.sounding.get((channel, pitch))
        if not held:
            return
        onset, velocity = held.popleft()
        self.chunk.notes.append((onset, max(1, self.tick - onset), channel, pitch, velocity))
        if len(self.chunk.notes) > self.notes_left:
            raise BadInput(f"the MIDI file has more than {MOST_NOTES:,} notes. Leave some tracks out.")
