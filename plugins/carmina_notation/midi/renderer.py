"""Score -> standard MIDI file, type 1, for any DAW.

A piece that begins with an incomplete bar begins in the file with the rest that makes that bar whole, so that the bar
lines of a DAW fall where the singer's do; a sequencer-specific event, which other software passes over, says so to the
reader. Lyric events follow MMA RP-017: a space ends a word, CR a line.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from carmina import TICKS_PER_QUARTER, Bounds, Note, Renderer, Score, Syllable, Track
from carmina.theory import with_graces_played

from ..common.bars import bars, lead_ticks
from ..common.sections import label_of
from ..common.words import encodable, joined

OWN_MARK = b"\x7dCarmina "  # 7D: the manufacturer number for free use
_OFF, _WORD, _ON, _PEDAL = 0, 1, 2, 3  # order within a tick


class MidiRenderer(Renderer):
    """Type 1, 480 ticks to the quarter; chords have no place in MIDI and are left out."""

    name = "midi"
    summary = "standard MIDI file with one lyric event per syllable, for DAWs and notation software"
    suffixes = (".mid", ".midi")
    bounds = Bounds(bars=None, seconds=None)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return with_text(data, remark)

    def render(self, work: Score) -> bytes:
        import mido

        file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
        lead = lead_ticks(work)
        end = lead + bars(work)[-1].end_ticks
        file.tracks.append(chunk_of(conductor_events(work, lead), end))
        channels = channels_of(work.tracks)
        settled = settled_notes(work.tracks, channels)
        for track, channel, notes in zip(work.tracks, channels, settled, strict=True):
            file.tracks.append(chunk_of(part_events(track, channel, notes, lead), end))
        data = io.BytesIO()
        file.save(file=data)
        return data.getvalue()


def with_text(data: bytes, text: str) -> bytes:
    """A file of ours with a text event after the name of its first track, at tick 0."""
    start = data.index(b"MTrk") + 8
    after = start + 1 + _event_bytes(data[start + 1 :])  # the first event's delta is 0
    said = text.encode("ascii")
    event = b"\x00\xff\x01" + _variable(len(said)) + said
    size = int.from_bytes(data[start - 4 : start]) + len(event)
    return data[: start - 4] + size.to_bytes(4) + data[start:after] + event + data[after:]


def _event_bytes(data: bytes) -> int:
    """Of the meta event that data begins with, all its bytes."""
    assert data[0] == 0xFF, "a track of ours begins with its name"
    size, at = 0, 2
    while True:
        size, at = size << 7 | data[at] & 0x7F, at + 1
        if data[at - 1] < 0x80:
            return at + size


def _variable(number: int) -> bytes:
    """A number as MIDI files write lengths: seven bits a byte."""
    out = [number & 0x7F]
    while number := number >> 7:
        out.insert(0, 0x80 | number & 0x7F)
    return bytes(out)


def lyric_text(syllable: Syllable) -> str:
    """The text of a syllable's lyric event."""
    return encodable(joined(syllable)) + ("\r" if syllable.ends_line else " " if syllable.ends_word else "")


def chunk_of(events: Iterable[tuple], end_ticks: int):
    """A track of (tick, order within the tick, message)."""
    import mido

    track, at = mido.MidiTrack(), 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - at))
        at = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end_ticks - at)))
    return track


def conductor_events(score: Score, lead: int) -> Iterable[tuple]:
    """What holds for all tracks: tempi, metres, keys, sections."""
    from mido import MetaMessage, bpm2tempo

    def moved(tick: int) -> int:
        return tick + lead if tick else 0

    yield 0, 0, MetaMessage("track_name", name=encodable(score.title))
    for credit in score.credits:
        yield 0, 1, MetaMessage("text", text=encodable(credit))
    if score.pickup_ticks or score.language:
        mark = OWN_MARK + f"pickup={score.pickup_ticks};language={encodable(score.language)}".encode()
        yield 0, 2, MetaMessage("sequencer_specific", data=mark)
    for tempo in score.tempi:
        yield moved(tempo.onset_ticks), 3, MetaMessage("set_tempo", tempo=bpm2tempo(tempo.quarters_per_minute))
    for metre in score.metres:
        yield moved(metre.onset_ticks), 4, MetaMessage("time_signature", numerator=metre.beats, denominator=metre.unit)
    for key in score.keys:
        yield moved(key.onset_ticks), 5, MetaMessage("key_signature", key=_key_name(key.fifths, key.mode))
    for section in score.sections:
        yield lead + section.onset_ticks, 6, MetaMessage("marker", text=encodable(label_of(section)))


def _key_name(fifths: int, mode: str) -> str:
    place = fifths + (4 if mode == "minor" else 1)  # on the line of fifths, F = 0
    step, alter = "FCGDAEB"[place % 7], place // 7
    return step + ("#" * alter if alter > 0 else "b" * -alter) + ("m" if mode == "minor" else "")


def channels_of(tracks: Sequence[Track]) -> list[int]:
    """0-based; drums on 9; past fifteen parts, parts share."""
    free = [channel for channel in range(16) if channel != 9]
    pitched = [index for index, track in enumerate(tracks) if track.role != "drums"]
    return [free[pitched.index(index) % 15] if index in pitched else 9 for index in range(len(tracks))]


def settled_notes(tracks: Sequence[Track], channels: Sequence[int]) -> list[list[tuple[Note, int]]]:
    """Each track's notes with their ends, so that no pitch sounds twice at once on a channel."""
    rows = [
        (channel, note.pitch, note.struck_ticks, note.syllable is None, -note.length_ticks, index, note)
        for index, (track, channel) in enumerate(zip(tracks, channels, strict=True))
        for note in with_graces_played(track.notes)
    ]
    rows.sort(key=lambda row: row[:6])
    kept = [row for place, row in enumerate(rows) if not place or rows[place - 1][:3] != row[:3]]  # no note twice
    settled: list[list[tuple[Note, int]]] = [[] for _ in tracks]
    for row, later in zip(kept, [*kept[1:], None], strict=False):
        until = later[2] if later is not None and later[:2] == row[:2] else row[6].end_ticks
        settled[row[5]].append((row[6], min(row[6].end_ticks, until)))
    return settled


def pedal(notes: Sequence[Note]) -> Iterable[tuple[int, bool]]:
    """(tick, whether it goes down) of the pedal that lets notes ring: changed, as pianists do, just after the next note
    is struck."""
    ringing = [note for note in notes if note.ring_ticks]
    releases = sorted({note.released_ticks for note in ringing})
    onsets = sorted({note.onset_ticks for note in ringing})
    for start, release in zip([0, *releases], releases, strict=False):
        struck = next((onset for onset in onsets if start <= onset < release), None)
        if struck is not None:
            yield struck, True
            yield release - 1, False


def part_events(track: Track, channel: int, notes: Iterable[tuple[Note, int]], lead: int) -> Iterable[tuple]:
    """One part's notes, each syllable just before its note."""
    from mido import Message, MetaMessage

    yield 0, -3, MetaMessage("track_name", name=encodable(track.name))
    yield 0, -2, MetaMessage("instrument_name", name=encodable(track.role))
    yield 0, -1, Message("program_change", channel=channel, program=track.program)
    notes = list(notes)
    for tick, down in pedal([note for note, _ in notes]):
        yield lead + tick, _PEDAL, Message("control_change", channel=channel, control=64, value=127 if down else 0)
    for note, end in notes:
        onset, end = lead + note.struck_ticks, lead + end
        if note.syllable:
            yield onset, _WORD, MetaMessage("lyrics", text=lyric_text(note.syllable))
        yield onset, _ON, Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
        yield end, _OFF, Message("note_off", channel=channel, note=note.pitch, velocity=0)
