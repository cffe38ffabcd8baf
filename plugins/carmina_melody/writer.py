"""Writes melodies to words: a plan of the song, then rhythm, chords and pitches to it, each over many candidates,
ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from carmina import BadOption, Brief, Score, SongPlan, Workshop, Writer

from .assembly import assemble
from .composing import joined, parts_of, set_chords, set_pitches, set_rhythms
from .editing.choosing import MOST_ALTERNATIVES, Setting, different
from .editing.distance import distance
from .given_key import key_of_chords
from .harmony import marks_by_tune, set_given
from .harmony_marks import chords_over
from .passes.lines import check_lines
from .passes.piece import Piece
from .passes.seen import CONSTRAINT_TASKS
from .passes.vocabulary import TICKS_PER_UNIT, Mode
from .planning.mood import minor_chance
from .planning.planner import planned
from .refining import refine
from .settings import Placement, in_language, placement, tempo
from .studio import Studio, rules_for
from .tunes import tunes_of

SPARE = 1  # songs written beyond the alternatives asked for, that the most alike may be left out


class MelodyWriter(Writer):
    """Lyrics -> a sung melody with chords."""

    name = "melody"
    summary = "sets lyrics to a singable melody with chords"
    takes = "Lyrics"
    gives = "Score"
    tasks = tuple(CONSTRAINT_TASKS.values())

    def write(self, brief: Brief, workshop: Workshop) -> Score:
        """The best of ``brief.candidates`` settings. The same brief and model give the same score."""
        studio, placed = _opened(brief, workshop)
        plan = brief.plan or planned(studio)
        workshop.progress(0.2, "plan")
        return _written(studio, plan, placed)

    def alternatives(self, brief: Brief, workshop: Workshop, many: int) -> list[Score]:
        """So many songs to the same words, the seed's own first, the others as far from each other as can be found."""
        if not 1 <= many <= MOST_ALTERNATIVES:
            raise BadOption("--alternatives", many, f"1 to {MOST_ALTERNATIVES}")
        tried = super().alternatives(brief, workshop, many + (SPARE if many > 1 else 0))
        settings = [Setting(-float(i), score, heard(score)) for i, score in enumerate(tried)]
        return [setting.piece for setting in different(settings, [], many)]

    def apart(self, works: Sequence[Score]) -> list[float]:
        """By the mean of two shares: sixteenths in which another degree sounds, and attacks that two songs do not
        share."""
        notes = [heard(score) for score in works]
        return [min((distance(a, b) for j, b in enumerate(notes) if j != i), default=1.0) for i, a in enumerate(notes)]

    def remark(self, work: Score) -> str:
        """How near the tune comes to those that the models learnt from."""
        from .copies import remark

        return remark(work)


class PlanWriter(Writer):
    """Lyrics -> the plan of a song, which the melody writer then follows."""

    name = "plan"
    summary = "draws the plan of a song above its notes: lines, cells, chords, hooks, cadences"
    takes = "Lyrics"
    gives = "SongPlan"

    def write(self, brief: Brief, workshop: Workshop) -> SongPlan:
        """What ``melody`` would follow for this brief."""
        return brief.plan or planned(_opened(brief, workshop)[0])


def heard(score: Score) -> list[tuple[int, int, int]]:
    """(onset in units, length in units, degree in semitones) of a score's voice, whatever its key."""
    notes, tonic = score.sung_notes, score.keys[0].tonic
    return [(n.onset_ticks // TICKS_PER_UNIT, n.length_ticks // TICKS_PER_UNIT, (n.pitch - tonic) % 12) for n in notes]


def _opened(brief: Brief, workshop: Workshop) -> tuple[Studio, Placement]:
    """What is decided before a plan: mode, style, key and range, which stanzas share a tune."""
    check_lines(brief.lyrics)
    asked = workshop.get("style", brief.style)
    rng = np.random.default_rng([brief.seed, 0])
    dark = rng.random() < minor_chance(brief.lyrics)
    wanted = brief.mode or (brief.plan.mode if brief.plan else None)
    chords = brief.chords or [name for s in brief.lyrics.syllables for name in chords_over(s) if name]
    given = None if brief.key else key_of_chords(chords, wanted)
    mode: Mode = wanted or (given.mode if given else None) or asked.mode or ("minor" if dark else "major")
    style = in_language(asked, brief.lyrics.language, mode)
    strophic = style.strophic if brief.strophic is None else brief.strophic
    tunes = tunes_of(brief.lyrics, strophic)
    studio = Studio(brief, style, workshop, brief.lyrics, tunes, rules_for(brief, style, workshop), mode)
    return studio, placement(brief, style, mode, rng, given)


def _written(studio: Studio, plan: SongPlan, placed: Placement) -> Score:
    parts = parts_of(studio, plan, placed)
    set_rhythms(studio, parts)
    studio.workshop.progress(0.5, "rhythm")
    for part in parts:
        if studio.given_chords:
            set_given(studio, part, placed.key)
        else:
            set_chords(part)
    set_pitches(studio, parts)
    studio.workshop.progress(0.85, "melody")
    refine(studio, parts)
    studio.workshop.progress(1.0, "melody")
    piece = joined(parts, studio.tunes, plan.metre)
    speed = tempo(studio.brief, studio.style, _units_a_syllable(piece), plan.metre)
    chords = marks_by_tune(studio, parts, placed.key)
    score = assemble(studio.lyrics, piece, studio.tunes, placed, studio.style, plan.metre, speed, chords)
    return replace(score, chords_found=not studio.given_chords, plan=plan)


def _units_a_syllable(piece: Piece) -> float:
    """Usual distance between syllables inside lines, in units."""
    steps = [b.onset - a.onset for frame in piece.frames for a, b in zip(frame.notes, frame.notes[1:], strict=False)]
    return float(np.mean(steps)) if steps else 12.0
