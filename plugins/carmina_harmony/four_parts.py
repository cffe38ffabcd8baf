"""Four-part setting with the soprano given: alto, tenor and bass found together by dynamic programming.

Every moment has all the ways to lay its chord under the soprano; the path through them is the cheapest by what hymns do
(moves, gaps, places, basses, doublings, learnt in ``making.voices``) and by the rules of part writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import ArrangeBrief, Note, Option, Score, Track, Workshop
from carmina.theory import beat_ticks

from .harmonising import analysed
from .players import Player, track
from .setting import Setting, Span
from .symbols import letter, parse
from .timing import strength
from .voice_leading import best_path
from .voicings import Moment, laid

NAMES = ("Alto", "Tenor", "Bass")


class FourParts(Player):
    """Alto, tenor and bass under the voice; the chords' symbols tell the basses that were found."""

    name = "four_parts"
    summary = "alto, tenor and bass under the voice, by the rules of part writing and the habits of hymns"
    options = (Option("program", "General MIDI program", int, 52, 0, 127),)

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Score:
        """As every player, but inversions that the setting chose are told in the chords."""
        score = super().write(brief, workshop)
        lowest = score.tracks[-1]
        if len(score.tracks) == len(brief.score.tracks) or not lowest.notes:
            return score
        return replace(
            score, chords=tuple(analysed([_with_sung_bass(chord, lowest, score) for chord in score.chords], score))
        )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """Three tracks."""
        found = moments(setting)
        program = int(options.get("program", 52))
        lines: tuple[list[Note], ...] = ([], [], [])
        for run in _runs(found):
            ways = [laid(moment) for moment in run]
            for moment, way in zip(run, best_path(run, ways), strict=True):
                for line, pitch in zip(lines, way[1:].tolist(), strict=True):
                    _sing(line, pitch, moment, setting)
        return [track(line, name, "ensemble", program) for line, name in zip(lines, NAMES, strict=True)]


def _with_sung_bass(chord, lowest: Track, score: Score):
    """The chord with the bass that is sung under it."""
    tones = parse(chord.symbol)
    sung = next((n.pitch for n in lowest.notes if n.onset_ticks <= chord.onset_ticks < n.end_ticks), None)
    if tones is None or sung is None or tones.bass != tones.root or sung % 12 not in tones.classes:
        return chord
    key = [key for key in score.keys if key.onset_ticks <= chord.onset_ticks][-1]
    low = "" if sung % 12 == tones.root else "/" + letter(sung % 12, key, sharp=True)
    return replace(chord, symbol=chord.symbol + low)


def moments(setting: Setting) -> list[Moment]:
    """The voice's notes on beats, and each new chord under a held one."""
    voice = setting.score.voice.notes if setting.score.voice else ()
    closes = {p.close_ticks for p in setting.phrases}
    found: list[Moment] = []
    for span in setting.spans:
        if span.tones is None:
            continue
        for note in voice:
            start = max(note.onset_ticks, span.onset_ticks)
            end = min(note.end_ticks, span.end_ticks)
            if start < end and (
                start == span.onset_ticks or _weighty(setting, note, span, start, end) or _alone(found, start)
            ):
                found.append(
                    Moment(
                        start,
                        end,
                        note.pitch,
                        span.tones,
                        span.key.tonic,
                        note.onset_ticks in closes,
                        span.tones.bass != span.tones.root,
                    )
                )
            elif start < end and found:
                found[-1] = replace(found[-1], end_ticks=end, leaves=note.pitch)
    return found


def _alone(found: list[Moment], start: int) -> bool:
    return not found or found[-1].end_ticks != start


def _weighty(setting: Setting, note: Note, span: Span, start: int, end: int) -> bool:
    """Whether the lower voices move with a note: on a beat, or long; not with one that only passes."""
    return strength(span.bar, start) >= 2 or end - start >= beat_ticks(span.bar.metre)


def _runs(found: Sequence[Moment]) -> list[list[Moment]]:
    """Stretches without a rest."""
    runs: list[list[Moment]] = []
    for moment in found:
        if runs and runs[-1][-1].end_ticks == moment.onset_ticks:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs


def _sing(line: list[Note], pitch: int, moment: Moment, setting: Setting) -> None:
    line.append(
        Note(
            pitch,
            moment.onset_ticks,
            moment.end_ticks - moment.onset_ticks,
            velocity=setting.velocity(moment.onset_ticks, 2),
        )
    )
