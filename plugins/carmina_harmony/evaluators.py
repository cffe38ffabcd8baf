"""Figures of chords, of part writing and of accompaniments, beside people's and chance (``data/human.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from carmina import Evaluator, Figure, Score, Track

from .lattice import key_at
from .measures import accompaniment, chord_figures
from .part_rules import RULES, chords, counts, rows

INFINITE = float("inf")
CHORDS = {
    "chord_tone_share": ("share of the voice's sounding time that is of the chord", "human", 1.0),
    "chord_changes_per_bar": ("changes of chord a bar", "human", INFINITE),
    "chord_entropy": ("entropy of the chords' degrees and qualities by time, bits", "human", INFINITE),
    "phrase_ends_at_rest": (
        "share of phrases whose last note has a chord on I, V or VI (in minor III too)",
        "human",
        1.0,
    ),
    "closes_with_cadence": ("1 when the last change is from V, vii or IV to I, else 0", "human", 1.0),
}
PLAYED = {
    "onsets_per_beat": ("different onsets of the accompaniment a beat", "human", INFINITE),
    "notes_per_onset": ("notes struck together", "human", INFINITE),
    "accompaniment_range": ("semitones from its lowest note to its highest", "human", 127.0),
    "accompaniment_chord_tones": ("share of its notes that are of the chord", "human", 1.0),
    "figure_goes_on": ("share of bars with the rhythm of the bar before", "human", 1.0),
    "hands_within_tenth": (
        "share of moments when each hand spans a tenth at most and has at most five notes",
        "higher",
        1.0,
    ),
}


@lru_cache(maxsize=1)
def known() -> Mapping[str, Any]:
    """Human and chance values: group -> {"figures": name -> [human, chance]} and "part writing" -> {"rules": ...}."""
    return json.loads((Path(__file__).with_name("data") / "human.json").read_text("utf-8"))


def _figures(
    specs: Mapping[str, tuple[str, str, float]], values: Mapping[str, float | None], group: str
) -> list[Figure]:
    rows_ = known().get(group, {}).get("figures", {})
    return [
        Figure(name, values.get(name), better, human, chance, 0.0, high, definition)
        for name, (definition, better, high) in specs.items()
        for human, chance in (rows_.get(name, (None, None)),)
    ]


class ChordFit(Evaluator):
    """A score without chords or voice has none of these figures."""

    name = "harmony"
    summary = "chords against the tune: fit, pace, variety, cadences"

    def evaluate(self, work: Score, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of the score's own chords."""
        return _figures(CHORDS, chord_figures(work), "chords")


class Accompaniment(Evaluator):
    """All tracks but voice and drums; a voice alone has none of these figures."""

    name = "accompaniment"
    summary = "texture of the parts beside the voice: density, range, chord tones, playability"

    def evaluate(self, work: Score, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of the score's accompaniment."""
        return _figures(PLAYED, accompaniment(work), "accompaniment")


class PartWriting(Evaluator):
    """For four single lines: the voice and three parts; of anything else the figures are undefined."""

    name = "part_writing"
    summary = "broken rules of part writing per 100 chords: parallels, crossings, doublings, spacing, ranges"

    def evaluate(self, work: Score, reference: Sequence[Any] = ()) -> list[Figure]:
        """One figure a rule."""
        voices = four_lines(work)
        found = rows([t.notes for t in voices], lambda tick: key_at(work, tick).tonic) if voices else None
        moments = chords(found) if found is not None else 0
        broken = counts(found) if found is not None and moments else {}
        rows_ = known().get("part writing", {}).get("rules", {})
        return [
            Figure(
                rule.replace(" ", "_") + "_per_100",
                100 * broken[rule] / moments if moments else None,
                "lower",
                human,
                chance,
                0.0,
                INFINITE,
                f"{rule} per 100 moments when four voices sound",
            )
            for rule in RULES
            for human, chance in (rows_.get(rule, (None, None)),)
        ]


def four_lines(score: Score) -> list[Track] | None:
    """The voice and the first three parts that sing one note at a time; None where there are not so many."""
    single = [
        t
        for t in score.tracks
        if t.notes
        and t.role not in ("voice", "drums", "piano", "bass", "guitar")
        and all(a.end_ticks <= b.onset_ticks for a, b in zip(t.notes, t.notes[1:], strict=False))
    ]
    return [score.voice, *single[:3]] if score.voice and score.voice.notes and len(single) >= 3 else None
