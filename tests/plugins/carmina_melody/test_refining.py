"""Weak lines are found and written again, and the rest of the tune stands."""

import numpy as np
import pytest
from carmina_melody import refining
from carmina_melody.assembly import copied
from carmina_melody.passes.piece import Frame, FrameSyllable, Grid, Piece, Sung
from carmina_melody.planning.following import guide_of
from carmina_melody.planning.idioms import idioms

from carmina import Brief, LinePlan, Motif, SectionPlan

GOOD = [0, 4, 2, 5, 4, 2, 0, 0]
LINES = (
    LinePlan(2, motif="stated", end=1, contour="ududddr"),
    LinePlan(2, motif="exact", end=1, develops=1, how="exact"),
)


def piece(*lines, register=0, climax=0):
    frames = []
    for number, pitches in enumerate(lines):
        frame = Frame([FrameSyllable(2, 2, 0, 3, 0, 0)] * len(pitches), number, 1, anchor=96 * number)
        frame.start, frame.stop, frame.next_anchor = 96 * number, 96 * (number + 1), 96 * (number + 1)
        frame.notes = [Sung(96 * number + 12 * i, 12, i, False, pitch) for i, pitch in enumerate(pitches)]
        frames.append(frame)
    if len(frames) > 1:
        frames[1].reference = 0
    made = Piece(frames, Grid.uniform("4/4"), "major", low=-5, high=14, chords=dict.fromkeys(range(0, 192, 24), 0))
    motif = Motif((1.0, 2.0, 3.0), (2, 1, 3))
    section = SectionPlan("A", LINES[: len(lines)], register=register, climax=climax, motif=motif)
    made.guide = guide_of(section, idioms()["song"], "major", 0.75, 0, len(lines))
    return made


WEAK = {
    "leaps": [0, 7, 14, 5, 4, 2, 0, 0],
    "still": [0, 4, 4, 4, 4, 4, 4, 0],
    "motif": [0, 2, 4, 0, 4, 2, 0, 0],
    "contour": [0, 4, 2, 5, 7, 9, 7, 0],
    "end": [0, 4, 2, 5, 4, 2, 0, 2],
}


@pytest.mark.parametrize("fault", sorted(WEAK))
def test_a_weak_line_has_its_fault_and_a_sound_one_has_not(fault):
    assert refining.faults(piece(WEAK[fault]), 0)[fault] > refining.faults(piece(GOOD), 0)[fault] == 0


def test_an_answer_that_is_none_a_wrong_register_and_a_line_above_the_climax_are_faults():
    assert refining.faults(piece(GOOD, GOOD), 1)["answers"] == 0
    assert refining.faults(piece(GOOD, [7, 9, 7, 5, 4, 2, 4, 0]), 1)["answers"] > 0
    assert refining.faults(piece(GOOD, register=7), 0)["register"] > refining.faults(piece(GOOD), 0)["register"] == 0
    high = [12, 11, 9, 7, 5, 4, 2, 0]
    assert refining.faults(piece(high, GOOD, climax=2), 0)["climax"] > 0
    assert refining.faults(piece(high, GOOD, climax=1), 1)["climax"] == 0


def test_a_better_proposal_takes_the_place_and_a_worse_one_does_not():
    good, bad = piece(GOOD, GOOD), piece(GOOD, [0, 9, -3, 12, 0, 11, 1, 6])
    assert refining._best(bad, [copied(bad), good]) is good
    assert refining._best(good, [bad, copied(bad)]) is good


def test_the_other_lines_stand_and_nothing_gets_worse(conductor, tiny_model, monkeypatch):
    seen = []

    def spied(studio, parts, refine=refining.refine):
        before = [copied(part.piece) for part in parts]
        refine(studio, parts)
        seen.extend((old, part.piece) for old, part in zip(before, parts, strict=True))

    monkeypatch.setattr("carmina_melody.writer.refine", spied)
    lyrics = conductor.lyrics("The river runs to town\nThe river runs away\nAnd I will follow down\nBefore the day")
    for seed in range(3):
        conductor.compose(Brief(lyrics, model=tiny_model, candidates=6, seed=seed))
    changed = []
    for old, new in seen:
        assert refining.burden(new) <= refining.burden(old)
        assert not any(note.fixed for frame in new.frames for note in frame.notes)
        lines = [
            [n.pitch for n in a.notes] != [n.pitch for n in b.notes]
            for a, b in zip(old.frames, new.frames, strict=True)
        ]
        assert [n.onset for f in old.frames for n in f.notes] == [n.onset for f in new.frames for n in f.notes]
        changed.append(sum(lines))
    assert max(changed) <= refining.ROUNDS and np.sum(changed) > 0
