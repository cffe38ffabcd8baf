"""Lines against lines, and sections against sections."""

from __future__ import annotations

import numpy as np

from .figures import Measure, Spec, Values, mean
from .view import View


class Stanzas(Measure):
    name = "stanzas"
    summary = "lines alike where stanzas agree, and sections that contrast"
    specs = (
        Spec(
            "stanza_rhythm",
            "lines at one place of stanzas of one kind, with as many syllables: share of equal time steps",
        ),
        Spec("line_rhythm", "any two lines of the song with as many syllables: share of equal time steps"),
        Spec("chorus_lift", "mean pitch of choruses minus that of verses, semitones", low=-127, high=127),
    )

    def measure(self, view: View) -> Values:
        return {
            "stanza_rhythm": likeness(view, same_place_only=True),
            "line_rhythm": likeness(view, same_place_only=False),
            "chorus_lift": chorus_lift(view),
        }


def chorus_lift(view: View) -> float | None:
    """How much higher choruses lie than verses, weighted by time; ``None`` unless there are both."""
    marks = view.score.sections
    height = {}
    for kind in ("verse", "chorus"):
        inside = np.zeros(len(view.onset), bool)
        for mark in marks:
            if mark.kind == kind:
                inside |= (view.onset >= mark.onset_ticks) & (view.onset < mark.onset_ticks + mark.length_ticks)
        if inside.any():
            height[kind] = np.average(view.pitch[inside], weights=view.length[inside])
    return float(height["chorus"] - height["verse"]) if len(height) == 2 else None


def likeness(view: View, same_place_only: bool) -> float | None:
    """Mean share of equal time steps over pairs of lines of equal syllable count."""
    starts, counts = line_spans(view)
    stanza, place, kind = stanza_of_lines(view, starts)
    shares = []
    for count in np.unique(counts[counts > 1]):
        lines = np.flatnonzero(counts == count)
        steps = np.diff(view.onset[view.head[starts[lines][:, None] + np.arange(count)]], axis=1)
        equal = (steps[:, None] == steps).mean(2)
        pairs = np.triu(np.ones((len(lines), len(lines)), bool), 1)
        if same_place_only:
            pairs &= (place[lines][:, None] == place[lines]) & (kind[lines][:, None] == kind[lines])
            pairs &= (stanza[lines][:, None] != stanza[lines]) & (stanza[lines] >= 0)
        shares.append(equal[pairs])
    return mean(np.concatenate(shares)) if shares else None


def line_spans(view: View) -> tuple[np.ndarray, np.ndarray]:
    """First syllable and syllable count of every line."""
    _, starts, counts = np.unique(view.line, return_index=True, return_counts=True)
    return starts, counts


def stanza_of_lines(view: View, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every line: its stanza (section mark; -1 outside any), its place in it, and the kind of section."""
    marks = sorted(view.score.sections, key=lambda mark: mark.onset_ticks)
    onset = view.onset[view.head[starts]]
    stanza = np.searchsorted([mark.onset_ticks for mark in marks], onset, "right") - 1
    opens = np.flatnonzero(np.diff(stanza, prepend=-2))
    place = np.arange(len(starts)) - np.repeat(opens, np.diff(np.append(opens, len(starts))))
    kinds = np.array([mark.kind for mark in marks] + [""])
    return stanza, place, kinds[stanza]
