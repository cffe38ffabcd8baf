"""All rules of singability, and the loop that mends what they find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import Lyrics, Score

from ..aligning import align
from ..hearing import Heard, notes_of
from . import prosody, time, tune, words
from .sheet import WEIGHT, Problem, Rule, Severity, Sheet

RULES: tuple[Rule, ...] = (*words.RULES, *prosody.RULES, *tune.RULES, *time.RULES)
KINDS = {
    "missing-words": "given words are not sung",
    "extra-words": "sung words were not given",
    "other-words": "a syllable differs from the given one",
    "crammed": "several syllables on one note",
    "weak-melisma": f"{words.LONG_MELISMA} notes or more on a function word",
    "weak-stress": "a stressed syllable on a weaker place than its unstressed neighbour, which has a beat",
    "weak-height": "an unstressed syllable inside a line that is both long and high",
    "tone-clash": "an interval outside even the poor range of ReLyMe's table for two Chinese tones",
    "out-of-range": "beyond E2-C6, or beyond the range given",
    "wide-leap": "more than an octave within a phrase",
    "open-leap": "a leap of a sixth or more after which the tune goes on the same way",
    "tessitura": f"more than {tune.TIRING_SECONDS:g} s at the edge of the range given, or of the nearest voice",
    "no-breath": f"more than {time.BREATH_SECONDS:g} s with neither a rest of a sixteenth nor the end of a note of two "
    "quarters",
    "too-short": f"a syllable under {1000 * time.SHORT_SECONDS:g} ms",
    "overlap": "a note of the file sounds into the next one",
}
MOST_TRIALS = 1500  # mends tried on one song
LEAST_TRIALS = 50  # of however long a song
MOST_HEARD = 500_000  # notes that all trials together listen to: each hears the whole song


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """A problem at its place."""

    kind: str
    severity: Severity
    bar: int  # from 1; 0: a pickup
    beat: float  # from 1
    syllable: str
    reason: str
    fix: str
    mends: bool  # whether --fix can try


def lint(sheet: Sheet, kinds: Sequence[str] = ()) -> list[Problem]:
    """Every problem of a song in order of time, of the kinds asked for (all, where none is)."""
    found = [problem for rule in RULES for problem in rule(sheet) if not kinds or problem.kind in kinds]
    return sorted(found, key=lambda problem: (problem.note, -WEIGHT[problem.severity], problem.kind))


def placed(sheet: Sheet, problem: Problem) -> LocatedProblem:
    """A problem with its bar, beat and syllable."""
    bar, beat = sheet.where(problem.note) if problem.note >= 0 else (0, 0.0)
    text = sheet.text(problem.note) if problem.note >= 0 else ""
    return LocatedProblem(
        problem.kind, problem.severity, bar, beat, text, problem.reason, problem.fix, bool(problem.mends)
    )


def mended(
    sheet: Sheet,
    kinds: Sequence[str] = (),
    progress: Callable[[float, str], Any] = lambda *_: None,
) -> tuple[Sheet, list[LocatedProblem]]:
    """The song after every mend that leaves fewer or lighter problems and every letter of the words, and what was
    mended.

    A mend is kept only if the song as a whole then has a smaller weight of problems (of all kinds), so none trades one
    fault for another.
    """
    done: list[LocatedProblem] = []
    tried: set[tuple] = set()
    trials, most = 0, min(MOST_TRIALS, max(LEAST_TRIALS, MOST_HEARD // max(1, len(sheet.notes))))
    while trials < most:
        problem = next((p for p in lint(sheet, kinds) if p.mends and _key(sheet, p) not in tried), None)
        if problem is None:
            break
        tried.add(_key(sheet, problem))
        progress(trials / most, "mending")
        trials += len(problem.mends)
        better = _better(sheet, problem)
        if better is not None:
            done.append(placed(sheet, problem))
            sheet = better
    return sheet, done


def _key(sheet: Sheet, problem: Problem) -> tuple:
    return problem.kind, sheet.notes[problem.note].onset_ticks, problem.reason


def _better(sheet: Sheet, problem: Problem) -> Sheet | None:
    """The song with the first mend that helps."""
    before = weight(sheet)
    for mend in problem.mends:
        score = mend()
        if score is not None and letters(score) == letters(sheet.score):
            after = rewritten(sheet, score)
            if weight(after) < before:
                return after
    return None


def weight(sheet: Sheet) -> int:
    """The problems of a song, the graver the heavier."""
    return sum(WEIGHT[problem.severity] for problem in lint(sheet))


def rewritten(sheet: Sheet, score: Score) -> Sheet:
    """The same song with other notes: its words against the known ones anew."""
    lyrics: Lyrics | None = sheet.heard.lyrics
    texts = [note.syllable.text for note in notes_of(score) if note.syllable]
    alignment = None if lyrics is None else align(texts, [syllable.text for syllable in lyrics.syllables])
    heard: Heard = replace(sheet.heard, score=score, alignment=alignment)
    return Sheet(heard, sheet.compass)


def letters(score: Score) -> str:
    """All that is sung, as one string: what no mend may change."""
    said = (note.syllable for note in notes_of(score) if note.syllable)
    return "".join(
        c
        for syllable in said
        for c in (syllable.text + syllable.after).casefold()
        if not c.isspace() and c not in "-\u203f"
    )
