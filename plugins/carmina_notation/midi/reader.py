"""Standard MIDI file, anyone's -> Score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import Any, ClassVar

from carmina import TICKS_PER_QUARTER, BadInput, Key, Metre, Note, Option, Reader, Score, Tempo, Track
from carmina.provenance import SIGNATURE
from carmina.theory import is_line, split_line

from ..common.decoding import ENCODING, decoded
from ..common.sections import marks
from ..common.words import encodable
from ..unrolling.roles import role_of, sounds_sung
from . import smf
from .lyrics import Cue, cues, matches, sung
from .pedal import ringing
from .renderer import OWN_MARK

MOST_CREDITS = 8


@dataclass(slots=True)
class _Part:
    """The notes of one channel of one chunk."""

    chunk: int
    notes: list[Note]
    name: str
    program: int
    role: str
    words: Sequence[Cue] | None = None


class MidiReader(Reader):
    """A pedal that is held becomes the ring of its notes; film frames are read at 120 quarters a minute. Lost: what
    ``Score.losses`` names."""

    name = "midi"
    summary = "standard MIDI or karaoke file, with its lyrics if it has any"
    suffixes = (".mid", ".midi", ".kar")
    gives = "Score"

    options: ClassVar[tuple[Option, ...]] = (ENCODING,)

    def read(self, data: bytes) -> Score:
        return self.read_with(data, {})

    def read_with(self, data: bytes, settings: Mapping[str, Any]) -> Score:
        file = smf.scan(data, settings.get("encoding", ""))
        chunks = [_rescaled(chunk, file.per_quarter) for chunk in file.chunks]
        parts = [part for index, chunk in enumerate(chunks) for part in _parts(index, chunk)]
        if not parts:
            raise BadInput("the MIDI file has no notes. Choose another file.")
        words = [cues(chunk) for chunk in chunks]
        _give_words(parts, words)
        score = _score(chunks, parts)
        sung = sum(note.syllable is not None for track in score.tracks for note in track.notes)
        file.losses.add("text without a note to sing it on", sum(map(len, words)) - sung)
        return replace(score, losses=file.losses.told())


def _rescaled(chunk: smf.Chunk, per_quarter: int) -> smf.Chunk:
    """The chunk in ticks of 480 to the quarter."""

    def scaled(tick: int) -> int:
        return (tick * TICKS_PER_QUARTER * 2 + per_quarter) // (per_quarter * 2)

    notes = [
        (scaled(on), max(1, scaled(on + length) - scaled(on)), channel, pitch, loud)
        for on, length, channel, pitch, loud in chunk.notes
    ]
    meta = [(scaled(tick), kind, text) for tick, kind, text in chunk.meta]
    pedal = {channel: [(scaled(tick), down) for tick, down in row] for channel, row in chunk.pedal.items()}
    return smf.Chunk(notes, chunk.programs, meta, scaled(chunk.end), pedal)


def _parts(index: int, chunk: smf.Chunk) -> list[_Part]:
    channels = sorted({note[2] for note in chunk.notes})
    name, instrument = _text(chunk, smf.TRACK_NAME), _text(chunk, smf.INSTRUMENT)
    found = []
    for channel in channels:
        program = chunk.programs.get(channel, 0)
        role = role_of(instrument, program, drums=channel == 9)
        notes = [
            Note(pitch, onset, length, velocity=velocity)
            for onset, length, at, pitch, velocity in chunk.notes
            if at == channel
        ]
        notes = ringing(notes, chunk.pedal.get(channel, ()))
        found.append(_Part(index, notes, name if name and len(channels) == 1 else role.capitalize(), program, role))
        if instrument == "voice":
            found[-1].words = ()
    return found


def _text(chunk: smf.Chunk, kind: int) -> str:
    texts = (decoded(data) for _, at, data in chunk.meta if at == kind)
    return encodable(next(texts, "")).strip("\0 ")


# ---- which part is sung -----------------------------------------------------------------------------------------


def _give_words(parts: list[_Part], words: Sequence[Sequence[Cue]]) -> None:
    """Hands each track's words to the part whose onsets they match; without words the most tuneful part is the
    voice."""
    pitched = [part for part in parts if part.role != "drums"]
    if not pitched:
        return
    for index, said in enumerate(words):
        own = [part for part in pitched if part.chunk == index]
        best = _best(own, said)
        if best is not None and 2 * _hits(best, said) >= len(said):
            best.words = said
    said = max(words, key=len)
    if any(part.words for part in parts) or not said and any(part.words is not None for part in parts):
        return
    best = _best(pitched, said) or max(pitched, key=_tunefulness)
    if said or is_line(best.notes):  # else chords and hands of an instrument, not a tune
        best.words = said


def _best(parts: Sequence[_Part], said: Sequence[Cue]) -> _Part | None:
    hit = [part for part in parts if said and _hits(part, said)]
    return max(hit, key=lambda part: (_hits(part, said), sounds_sung(part.name), -len(part.notes)), default=None)


def _hits(part: _Part, said: Sequence[Cue]) -> int:
    return len(matches(said, [note.onset_ticks for note in split_line(part.notes)[0]], near=TICKS_PER_QUARTER // 16))


def _tunefulness(part: _Part) -> float:
    """Higher for a named, single, middling line with notes enough to be a tune."""
    line = split_line(part.notes)[0]
    mean = sum(note.pitch for note in line) / len(line)
    alone = len(line) / len(part.notes)
    return 4 * sounds_sung(part.name) + 2 * alone + (55 <= mean <= 80) + min(len(line), 32) / 32


# ---- the whole --------------------------------------------------------------------------------------------------


def _score(chunks: Sequence[smf.Chunk], parts: Sequence[_Part]) -> Score:
    meta = sorted((event for chunk in chunks for event in chunk.meta), key=lambda event: event[0])
    metres = _changes(meta, smf.METRE, _metre, Metre())
    pickup, language = _own(meta)
    lead = metres[0].bar_ticks - pickup if pickup else 0
    if lead < 0 or any(note.onset_ticks < lead for part in parts for note in part.notes):
        pickup = lead = 0  # someone has written into the rest
    tracks = tuple(track for part in parts for track in _tracks(part, lead))
    end = max(note.end_ticks for track in tracks for note in track.notes)
    voice = next((track for track in tracks if track.role == "voice"), tracks[0])
    labels = [
        (max(0, tick - lead), encodable(decoded(data)).strip()) for tick, kind, data in meta if kind == smf.MARKER
    ]
    credits = [
        encodable(decoded(data)).strip()
        for tick, kind, data in chunks[0].meta
        if kind in (smf.TEXT, smf.COPYRIGHT) and tick == 0 and not data.startswith((b"@", SIGNATURE.encode()))
    ]
    return Score(
        tracks,
        _back(metres, lead),
        _back(_changes(meta, smf.KEY, _key, Key()), lead),
        _back(_changes(meta, smf.TEMPO, _tempo, Tempo(120.0)), lead),
        sections=marks([label for label in labels if label[1]], voice.notes, end),
        pickup_ticks=pickup,
        title=_title(chunks),
        language=language,
        credits=tuple(text for text in (*_said_of_karaoke(chunks)[1:], *credits) if text)[:MOST_CREDITS],
    )


def _said_of_karaoke(chunks: Sequence[smf.Chunk]) -> list[str]:
    """The texts ``@T``: the title, then who wrote or made it."""
    texts = (decoded(data) for chunk in chunks for _, kind, data in chunk.meta if kind == smf.TEXT)
    return [said for text in texts if text.startswith("@T") and (said := encodable(text[2:]).strip())]


def _title(chunks: Sequence[smf.Chunk]) -> str:
    """What karaoke files say; else the first track's name is the piece's where that track plays nothing."""
    for title in _said_of_karaoke(chunks):
        return title
    return "" if chunks[0].notes and len(chunks) > 1 else _text(chunks[0], smf.TRACK_NAME)


def _tracks(part: _Part, lead: int) -> Iterator[Track]:
    if part.words is None:
        yield Track(_moved(part.notes, lead), part.name, part.role, part.program)
        return
    line, left = sung(part.notes, part.words)
    yield Track(_moved(line, lead), part.name, "voice", part.program)
    if left:
        yield Track(_moved(left, lead), part.name, part.role, part.program)


def _moved(notes: Sequence[Note], lead: int) -> tuple[Note, ...]:
    return tuple(replace(note, onset_ticks=note.onset_ticks - lead) for note in notes) if lead else tuple(notes)


def _own(meta: Iterable[tuple[int, int, bytes]]) -> tuple[int, str]:
    """The length of the incomplete first bar and the language, where Carmina wrote the file."""
    for _, kind, data in meta:
        said = re.fullmatch(rb"pickup=(\d{1,6});language=([\w-]{0,16})", data.removeprefix(OWN_MARK))
        if kind == smf.OWN and said and data.startswith(OWN_MARK):
            return int(said[1]), said[2].decode()
    return 0, ""


def _changes(meta: Iterable[tuple[int, int, bytes]], kind: int, make: Callable, first: Any) -> list:
    """Every change of one kind, the last of each tick, from tick 0 on."""
    found = {0: first}
    for tick, at, data in meta:
        change = make(data, tick) if at == kind else None
        if change is not None:
            found[tick] = change
    kept: list = []
    for _, change in sorted(found.items()):
        if not kept or replace(change, onset_ticks=0) != replace(kept[-1], onset_ticks=0):
            kept.append(change)
    return kept


def _back(changes: Sequence[Any], lead: int) -> tuple:
    moved = {max(0, change.onset_ticks - lead): change for change in changes}
    return tuple(replace(change, onset_ticks=tick) for tick, change in sorted(moved.items()))


def _metre(data: bytes, tick: int) -> Metre | None:
    if len(data) < 2 or not data[0] or data[1] > 8:
        return None
    beats, unit = data[0], 1 << data[1]
    while unit > 32 and gcd(beats, unit) > 1:
        beats, unit = beats // 2, unit // 2
    return Metre(beats, unit, tick) if beats <= 32 and unit <= 32 else None


def _key(data: bytes, tick: int) -> Key | None:
    fifths = int.from_bytes(data[:1], signed=True)
    return Key(fifths, "minor" if data[1] else "major", tick) if len(data) >= 2 and -7 <= fifths <= 7 else None


def _tempo(data: bytes, tick: int) -> Tempo | None:
    length = int.from_bytes(data[:3])
    return Tempo(round(min(400.0, max(10.0, 60e6 / length)), 3), tick) if length else None
