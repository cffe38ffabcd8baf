"""A tune, or a set of tunes, against a reference set: PD, DD, MD, Jensen-Shannon, and copied runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import Figure, Score

from .copying import Run, longest_shared
from .figures import Measure, Spec, Values, figures
from .histograms import KINDS, counts, jensen_shannon, overlaps, shares
from .same_notes import note_f1
from .view import View, view_of
from .warping import curve, melody_distances

PARTNERS = 8  # references that each song's curve is warped against

SPECS = (
    Spec("pd", "overlap of pitch histograms (two octaves) with a reference song, mean over songs (SongMASS's PD)"),
    Spec("dd", "overlap of duration histograms with a reference song, mean over songs (SongMASS's DD)"),
    Spec("md", f"warping distance of pitch curves to {PARTNERS} reference songs, semitones a frame (MD)", high=127),
    Spec("js_pitch_class", "Jensen-Shannon divergence from all references: pitch class above the tonic, bits"),
    Spec("js_interval", "Jensen-Shannon divergence from all references: intervals, bits"),
    Spec("js_length", "Jensen-Shannon divergence from all references: note lengths, bits"),
    Spec("js_place", "Jensen-Shannon divergence from all references: places in the bar, bits"),
    Spec(
        "same_notes",
        f"largest F1 of notes of equal pitch and onset (within 50 ms) with one of the {PARTNERS} references that share "
        "most pitches (as mir_eval.transcription, without offsets)",
    ),
    Spec("copied_steps", "longest run of (interval, length ratio) steps shared with a reference song", high=1e6),
)


class Likeness(Measure):
    name = "likeness"
    summary = "distances to a reference set, and the longest run shared with it"
    shuffle = ""
    specs = SPECS

    def measure(self, view: View) -> Values:
        return {}

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """Against the scores of ``reference``; without any, undefined."""
        others = [view_of(score) for score in reference if isinstance(score, Score)]
        return figures(SPECS, against([view_of(work)], others), work.language)


def against(ours: Sequence[View], theirs: Sequence[View], own: Sequence[Any] | None = None) -> Values:
    """Every distance of a set of tunes to a reference set, averaged over the set.

    ``own``: where tune i of both sets comes from one source, a group for each; tunes of one group are not compared,
    and copied runs are left out.
    """
    ours_kept = [view for view in ours if len(view.pitch)]
    if not ours_kept or not any(len(view.pitch) for view in theirs):
        return {}
    found = {**_overlaps(ours, theirs, own), **_divergences(ours, theirs, own)}
    found["same_notes"] = _same_notes(ours, theirs, _apart(ours, theirs, own))
    if own is None:
        found["copied_steps"] = float(np.mean([run.steps for run in copied(ours, theirs)]))
    return found


def _same_notes(ours: Sequence[View], theirs: Sequence[View], apart: np.ndarray) -> float | None:
    """Mean over tunes of the best F1."""
    a, b = (np.array([np.bincount(view.pitch, minlength=128) for view in views]) for views in (ours, theirs))
    best = []
    for i, row in enumerate(apart):
        bound = np.minimum(a[i], b).sum(1) * 2 / np.maximum(a[i].sum() + b.sum(1), 1)  # no F1 is above it
        nearest = [int(j) for j in np.argsort(-bound, kind="stable") if row[j]][:PARTNERS]
        if nearest:
            best.append(max(note_f1(ours[i], theirs[j]) for j in nearest))
    return float(np.mean(best)) if best else None


def copied(ours: Sequence[View], theirs: Sequence[View]) -> list[Run]:
    """The longest run that each tune of ours shares with the reference set; ``Run.other`` is an index of ``theirs``."""
    runs = longest_shared([*ours, *theirs], [0] * len(ours) + [1] * len(theirs))[: len(ours)]
    return [Run(run.steps, run.note, max(run.other - len(ours), -1), run.other_note) for run in runs]


def _apart(ours: Sequence[View], theirs: Sequence[View], own: Sequence[Any] | None) -> np.ndarray:
    """(A, B) bool: which pairs are compared: tunes with notes, of different groups."""
    held = np.array([len(v.pitch) > 0 for v in ours])[:, None] & np.array([len(v.pitch) > 0 for v in theirs])
    if own is None:
        return held
    _, group = np.unique([str(g) for g in own], return_inverse=True)
    return held & (group[:, None] != group)


def _overlaps(ours: Sequence[View], theirs: Sequence[View], own: Sequence[Any] | None) -> Values:
    apart = _apart(ours, theirs, own)
    if not apart.any():
        return {}
    found: Values = {}
    for name, kind in (("pd", "pitch"), ("dd", "duration")):
        a, b = (shares(np.array([counts(view, kind) for view in views])) for views in (ours, theirs))
        found[name] = float(overlaps(a, b)[apart].mean())
    curves, others = [curve(view) for view in ours], [curve(view) for view in theirs]
    found["md"] = float(melody_distances([(others[j], curves[i]) for i, j in _partners(apart)]).mean())
    return found


def _partners(apart: np.ndarray) -> list[tuple[int, int]]:
    """Up to PARTNERS references for each tune, spread evenly over the set so that the choice is the same every time."""
    pairs = []
    for i, row in enumerate(apart):
        free = np.flatnonzero(row)
        count = min(PARTNERS, len(free))
        pairs += [(i, int(free[(k * len(free) // count + i) % len(free)])) for k in range(count)]
    return pairs


def _divergences(ours: Sequence[View], theirs: Sequence[View], own: Sequence[Any] | None) -> Values:
    apart = _apart(ours, theirs, own)
    found: Values = {}
    for kind in KINDS[2:]:
        a, b = (np.array([counts(view, kind) for view in views], float) for views in (ours, theirs))
        pooled = apart @ shares(b)
        held = (a.sum(1) > 0) & (pooled.sum(1) > 0)
        pooled /= np.maximum(pooled.sum(1, keepdims=True), 1e-12)
        found[f"js_{kind}"] = float(jensen_shannon(shares(a)[held], pooled[held]).mean()) if held.any() else None
    return found
