"""What a set of songs shows of its style: metres, mode, pace, range, how strophic it is. Fields of
``carmina.Style``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from .songs import Song

RARE = 0.1  # a metre that fewer of the songs have is left out
SURE = 0.85  # share of one mode from which the style asks for it
MIDDLE = (20, 80)  # percentiles of the songs' tempi
NARROWEST, WIDEST = 12, 21  # semitones of range
UNSAID = 96.0  # quarters a minute that a song has whose source says nothing
WRITTEN = ("2/2", "2/4", "3/4", "4/4", "3/2", "3/8", "6/8", "6/4", "9/8", "12/8")  # metres that the writer knows


def style_of(settings: Sequence[Song]) -> dict[str, Any]:
    """Fields of a style from songs, each verse a song of its own; a field that they say nothing of is left out."""
    songs = [song for song in settings if song.verses == 1]
    if not songs:
        return {}
    strophic = len({song.id for song in settings if song.verses > 1}) * 2 >= len(songs)
    found: dict[str, Any] = {"genre": Counter(song.genre for song in songs).most_common(1)[0][0]}
    metres = Counter(str(song.score.metres[0]) for song in songs)
    usual = tuple(
        metre for metre, many in metres.most_common() if metre in WRITTEN and many >= max(1, RARE * len(songs))
    )
    if usual:
        found["metres"] = usual
    mode, many = Counter(song.score.keys[0].mode for song in songs).most_common(1)[0]
    if many >= SURE * len(songs):
        found["mode"] = mode
    told = [song for song in songs if song.score.tempi[0].quarters_per_minute != UNSAID]
    if 2 * len(told) >= len(songs):
        found["tempo_bpm"] = _tempi(told)
    return {**found, "range": _range(songs), "strophic": strophic}


def _tempi(songs: Sequence[Song]) -> tuple[float, float]:
    """Beats a minute of the middle of the songs."""
    beats = [song.score.tempi[0].quarters_per_minute / _beat_quarters(str(song.score.metres[0])) for song in songs]
    low, high = np.clip(np.percentile(beats, MIDDLE), 40, 200)
    return float(round(low)), float(round(high))


def _beat_quarters(metre: str) -> float:
    beats, unit = map(int, metre.split("/"))
    return 1.5 if unit == 8 and beats % 3 == 0 else 4 / unit


def _range(songs: Sequence[Song]) -> tuple[int, int]:
    """From the usual lowest to the usual highest pitch, brought to a voice's middle octaves, an octave wide at
    least."""
    lows = [min(note.pitch for note in song.score.sung_notes) for song in songs]
    highs = [max(note.pitch for note in song.score.sung_notes) for song in songs]
    low, high = int(np.median(lows)), int(np.median(highs))
    wide = min(WIDEST, max(NARROWEST, high - low))
    middle = (low + high) // 2
    while middle < 60:
        middle += 12
    while middle > 76:
        middle -= 12
    return middle - wide // 2, middle - wide // 2 + wide
