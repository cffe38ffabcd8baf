"""Notes of a MIDI file that sound over the next one of the sung line; readers cut them, so they are looked for here."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from carmina import TICKS_PER_QUARTER, Score

from .sheet import Problem

GRACE_TICKS = 12  # legato players overlap this much
SUFFIXES = (".mid", ".midi", ".kar")


def overlaps(data: bytes, suffix: str, score: Score) -> list[Problem]:
    """One problem for each sung note that its file holds beyond the next one's onset."""
    if suffix.lower() not in SUFFIXES or score.voice is None:
        return []
    onsets = {note.onset_ticks: at for at, note in enumerate(score.voice.notes)}
    lead = score.metres[0].bar_ticks - score.pickup_ticks if score.pickup_ticks else 0
    parts = [[(on - moved, end - moved) for on, end in part] for part in _parts(data) for moved in sorted({0, lead})]
    best = max(parts, key=lambda part: len(onsets.keys() & {on for on, _ in part}), default=[])
    return list(_problems(best, onsets))


def _problems(part: Sequence[tuple[int, int]], onsets: dict[int, int]) -> Iterator[Problem]:
    starts = sorted({on for on, _ in part})
    following = dict(zip(starts, starts[1:], strict=False))
    ends = dict(part)
    for on in starts:
        if on in onsets and ends[on] - following.get(on, ends[on]) > GRACE_TICKS:
            beats = (ends[on] - following[on]) / TICKS_PER_QUARTER
            yield Problem(
                "overlap",
                "error",
                onsets[on],
                f"sounds {beats:.2g} quarters into the next note",
                "end it where the next begins (reading the file does so)",
            )


def _parts(data: bytes) -> list[list[tuple[int, int]]]:
    """(onset, end) in ticks of 480 to the quarter, for each channel of each track."""
    import mido

    try:
        file = mido.MidiFile(file=io.BytesIO(data), clip=True)
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        mido.KeySignatureError,
    ):  # more damaged than mido bears; the reader bore it
        return []
    scale = TICKS_PER_QUARTER / (file.ticks_per_beat or TICKS_PER_QUARTER)
    return [part for track in file.tracks for part in _channels(track, scale)]


def _channels(track: Sequence, scale: float) -> list[list[tuple[int, int]]]:
    at = 0
    sounding: dict[tuple[int, int], int] = {}  # (channel, pitch) -> onset
    found: dict[int, list[tuple[int, int]]] = {}
    for message in track:
        at += message.time
        if message.type not in ("note_on", "note_off"):
            continue
        key = (message.channel, message.note)
        if key in sounding:
            found.setdefault(message.channel, []).append((round(sounding.pop(key) * scale), round(at * scale)))
        if message.type == "note_on" and message.velocity:
            sounding[key] = at
    return list(found.values())
