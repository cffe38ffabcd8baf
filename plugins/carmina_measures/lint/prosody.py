"""Stress and tone against beat, length and height."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from carmina import TICKS_PER_QUARTER

from ..stress import stressed
from ..tonality import in_scale, keys_at
from ..tones import transition_ranks
from . import mends
from .sheet import Mend, Problem, Sheet

LONG_BEATS = 1.5
LEAST_SECONDS = 0.9  # a long note is at least this long
HIGH_SHARE = 0.85  # a high note lies above this share of the singing
SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5)  # semitones tried against a clash of tone
UNACCEPTABLE = 3
NEUTRAL = 5  # the one Chinese tone that is always unstressed
PLACES = ("between the beats", "on a half beat", "on a beat", "in the middle of the bar", "on the downbeat")


def stress_weak(sheet: Sheet) -> Iterator[Problem]:
    """A stressed syllable on a weak place while its unstressed neighbour has the strong one."""
    view, kind = sheet.view, stressed(sheet.view)
    strength = view.head_strength
    mixed = view.same_line & (kind[:-1] + kind[1:] == 1) & (np.abs(kind[1:] - kind[:-1]) == 1)
    for at in np.flatnonzero(mixed).tolist():
        strong, weak = (at, at + 1) if kind[at] == 1 else (at + 1, at)
        if strength[weak] < 2 or strength[weak] - strength[strong] < (1 if strength[strong] < 2 else 2):
            continue
        if view.tone[strong] > 0 and view.tone[weak] != NEUTRAL:
            continue
        one_word = view.word_place[at] in (1, 2) and view.word_place[at + 1] in (2, 3)
        yield Problem(
            "weak-stress",
            "warning" if one_word else "hint",
            sheet.head(strong),
            f"stressed “{view.text[strong]}” {PLACES[strength[strong]]}, unstressed “{view.text[weak]}” "
            f"{PLACES[strength[weak]]}",
            f"give “{view.text[strong]}” the stronger place",
            _stress_mends(sheet, int(at), strong == at),
        )


def _stress_mends(sheet: Sheet, first: int, stressed_first: bool) -> tuple[Mend, ...]:
    if not (sheet.single(first) and sheet.single(first + 1)):
        return ()
    score, head = sheet.score, sheet.head(first)
    swap = partial(mends.swapped_lengths, score, head)
    if stressed_first:
        return (swap, partial(mends.delayed, score, head))
    own = int(sheet.view.length[head])
    ahead = dict.fromkeys((own, TICKS_PER_QUARTER // 2, TICKS_PER_QUARTER // 4))
    return (swap, *(partial(mends.advanced, score, head, ticks) for ticks in ahead))


def weak_height(sheet: Sheet) -> Iterator[Problem]:
    """An unstressed syllable inside a line on a note both long and high."""
    view, kind = sheet.view, stressed(sheet.view)
    if not view.syllables:
        return
    middle, high = np.quantile(np.repeat(view.pitch, np.maximum(view.length // 60, 1)), (0.5, HIGH_SHARE))
    long = (view.held_beats >= LONG_BEATS) & (view.held >= 2 * np.median(view.held))
    for at in np.flatnonzero(
        (kind == 0)
        & (view.tone % NEUTRAL == 0)
        & long
        & (view.head_pitch >= high)
        & (view.head_pitch > middle)
        & ~view.ends_line
    ).tolist():
        head = sheet.head(at)
        if sheet.ends[head + view.notes[at] - 1] - sheet.starts[head] < LEAST_SECONDS:
            continue
        others = [
            n
            for n in (at - 1, at + 1)
            if 0 <= n < view.syllables and kind[n] == 1 and sheet.single(n) and view.same_line[min(n, at)]
        ]
        mend = tuple(
            partial(mends.swapped_lengths, sheet.score, sheet.head(min(n, at))) for n in others if sheet.single(at)
        )
        yield Problem(
            "weak-height",
            "hint",
            head,
            f"unstressed “{view.text[at]}” is long and high",
            "exchange its length with its stressed neighbour's" if mend else "shorten or lower it",
            mend,
        )


def tone_clash(sheet: Sheet) -> Iterator[Problem]:
    """A Chinese tone that the tune turns into another (ReLyMe's table)."""
    view = sheet.view
    first = np.flatnonzero(view.same_line & (view.tone[:-1] > 0) & (view.tone[1:] > 0))
    for at in first[transition_ranks(view, first) == UNACCEPTABLE]:
        head = sheet.head(at + 1)
        step = int(view.head_pitch[at + 1] - view.tail_pitch[at])
        yield Problem(
            "tone-clash",
            "warning",
            head,
            f"“{view.text[at]}{view.text[at + 1]}” (tones {view.tone[at]}, {view.tone[at + 1]}) on an interval "
            f"of {step:+d} semitones",
            f"move “{view.text[at + 1]}” {'down' if step > 0 else 'up'}",
            _tone_mends(sheet, head, int(view.notes[at + 1])),
        )


def _tone_mends(sheet: Sheet, head: int, count: int) -> tuple[Mend, ...]:
    """Shifts of a syllable that stay in the scale if it was there, the nearest first."""
    view, which = sheet.view, slice(head, head + count)
    tonic, minor = keys_at(sheet.score, view.onset[which])
    return tuple(
        partial(mends.shifted, sheet.score, range(head, head + count), shift)
        for shift in SHIFTS
        if in_scale((view.pitch[which] + shift - tonic) % 12, minor).all()
    )


RULES = (stress_weak, weak_height, tone_clash)
