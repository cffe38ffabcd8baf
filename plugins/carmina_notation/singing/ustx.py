"""Score -> a project of OpenUtau (.ustx). Source: OpenUtau's own format, version 0.6 (YAML).

Every sung line is a track with one part; who sings, and by which phonemizer, is chosen in OpenUtau. Instruments, chords
and verses printed below one another have no place there; repeats are sung as often as the score has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from carmina import TICKS_PER_QUARTER, Bounds, Renderer, Score, Track

from ..common.bars import bars, lead_ticks
from ..common.words import encodable
from .words import sung_notes

_GLIDE = {"data": [{"x": -40, "y": 0, "shape": "io"}, {"x": 40, "y": 0, "shape": "io"}], "snap_first": True}
_VIBRATO = {"length": 0, "period": 175, "depth": 25, "in": 10, "out": 10, "shift": 0, "drift": 0, "vol_link": 0}


class UstxRenderer(Renderer):
    """The sung lines; a word stands on its first syllable, ``+`` on the next ones, ``+~`` on what holds a syllable."""

    name = "ustx"
    summary = "project of the singing synthesizer OpenUtau: the sung lines with their words"
    suffixes: ClassVar[tuple[str, ...]] = (".ustx",)
    comment = ("# ", "")
    bounds = Bounds(bars=None, seconds=None)

    def render(self, work: Score) -> bytes:
        return ("\n".join(_yaml(_project(work), 0)) + "\n").encode("utf-8")


def singers(score: Score) -> list[Track]:
    """The tracks that sing; the first part with notes where none does."""
    found = [track for track in score.tracks if track.role == "voice" and track.notes]
    return found or [track for track in score.tracks if track.notes and track.role != "drums"][:1]


def _project(score: Score) -> dict[str, Any]:
    lead, tracks = lead_ticks(score), singers(score)
    metre, tempo = score.metres[0], score.tempi[0]
    return {
        "name": encodable(score.title) or "Song",
        "comment": encodable("; ".join(score.credits)),
        "output_dir": "Vocal",
        "cache_dir": "UCache",
        "ustx_version": "0.6",
        "resolution": TICKS_PER_QUARTER,
        "bpm": tempo.quarters_per_minute,
        "beat_per_bar": metre.beats,
        "beat_unit": metre.unit,
        "time_signatures": list(_metres(score)),
        "tempos": [
            {"position": t.onset_ticks + lead if t.onset_ticks else 0, "bpm": t.quarters_per_minute}
            for t in score.tempi
        ],
        "tracks": [
            {"track_name": encodable(track.name), "phonemizer": _PHONEMIZERS.get(score.language, _ANY)}
            | {"mute": False, "solo": False, "volume": 0.0, "pan": 0.0}
            for track in tracks
        ],
        "voice_parts": [_part(track, number, score, lead) for number, track in enumerate(tracks)],
        "wave_parts": [],
    }


_ANY = "OpenUtau.Core.DefaultPhonemizer"
_PHONEMIZERS = {
    "en": "OpenUtau.Core.DiffSinger.DiffSingerEnglishPhonemizer",
    "zh": "OpenUtau.Core.DiffSinger.DiffSingerChinesePhonemizer",
}


def _metres(score: Score) -> Iterator[dict[str, int]]:
    numbers = {bar.onset_ticks: index for index, bar in enumerate(bars(score))}
    for metre in score.metres:
        if metre.onset_ticks in numbers:
            at = numbers[metre.onset_ticks]
            yield {"bar_position": at, "beat_per_bar": metre.beats, "beat_unit": metre.unit}


def _part(track: Track, number: int, score: Score, lead: int) -> dict[str, Any]:
    notes = list(sung_notes(track))
    end = max((note.onset_ticks + note.length_ticks for note in notes), default=0)
    return {
        "name": encodable(track.name),
        "comment": "",
        "track_no": number,
        "position": 0,
        "duration": max(lead + end, TICKS_PER_QUARTER),
        "notes": [
            {
                "position": lead + note.onset_ticks,
                "duration": note.length_ticks,
                "tone": note.pitch,
                "lyric": note.lyric,
                "pitch": _GLIDE,
                "vibrato": _VIBRATO,
                "phoneme_expressions": [],
                "phoneme_overrides": [],
            }
            for note in notes
        ],
        "curves": [],
    }


def _yaml(value: Any, depth: int) -> Iterator[str]:
    """Block style down to the notes, whose own values are written in a line: JSON is YAML."""
    pad = "  " * depth
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, (Mapping, list)) and inner and depth < 2 and key not in ("pitch", "vibrato"):
                yield f"{pad}{key}:"
                yield from _yaml(inner, depth + (isinstance(inner, Mapping)))
            else:
                yield f"{pad}{key}: {json.dumps(inner, ensure_ascii=False)}"
    elif isinstance(value, Sequence):
        for item in value:
            lines = list(_yaml(item, depth + 1)) if isinstance(item, Mapping) else [f"{pad}  {json.dumps(item)}"]
            yield f"{pad}- {lines[0].strip()}"
            yield from lines[1:]
