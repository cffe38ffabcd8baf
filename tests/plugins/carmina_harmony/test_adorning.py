"""Turns lead to the next phrase while the voice rests; basses walk over thirds."""

from dataclasses import replace

import numpy as np
from carmina_harmony.adorning import scale, turned, walking
from carmina_harmony.setting import setting_of

from carmina import Chord, Key, Note

Q = 480


def resting(plain):
    """The tune with its second line's last note held for a bar, as lines of verse end."""
    notes = plain.voice.notes
    held = tuple(replace(n, length_ticks=Q) if i != 15 else n for i, n in enumerate(notes[:16]))
    later = tuple(replace(n, onset_ticks=n.onset_ticks + 4 * Q) for n in notes[16:])
    return replace(plain, tracks=(replace(plain.voice, notes=held + later),), chords=(Chord(0, "C"),))


class Always:
    def random(self):
        return 0.0


def test_a_turn_fills_the_rest_and_ends_a_step_from_the_next_phrase(plain):
    setting = setting_of(resting(plain))
    chords = [Note(60, at * Q, Q) for at in range(36)]
    made = turned(setting, chords, Always())
    fresh = sorted((n for n in made if n not in chords and n.length_ticks == Q // 2), key=lambda n: n.onset_ticks)
    next_phrase = next(p for p in setting.phrases if p.onset_ticks >= 20 * Q)
    assert 3 <= len(fresh) <= 8 and fresh[-1].end_ticks == next_phrase.onset_ticks
    target = setting.score.voice.notes[next_phrase.first].pitch
    line = [n.pitch for n in fresh if n.onset_ticks % (Q // 2) == 0]
    assert 1 <= abs(line[-1] - target) % 12 <= 2 or abs(line[-1] - target) % 12 >= 10
    assert all(1 <= abs(a - b) <= 2 for a, b in zip(line, line[1:], strict=False)) and all(
        p % 12 in (0, 2, 4, 5, 7, 9, 11) for p in line
    )


def test_without_rests_nothing_is_added(plain):
    setting = setting_of(replace(plain, chords=(Chord(0, "C"),)))
    notes = [Note(60, 0, Q)]
    assert turned(setting, notes, np.random.default_rng(0)) == notes


def test_a_bass_that_goes_a_third_walks_over_the_note_between(plain):
    setting = setting_of(replace(plain, chords=(Chord(0, "C"), Chord(4 * Q, "Am"), Chord(8 * Q, "E"))))
    made = walking(setting, [Note(48, 0, 4 * Q), Note(45, 4 * Q, 4 * Q), Note(40, 8 * Q, 4 * Q)])
    added = [n for n in made if n.onset_ticks % (4 * Q)]
    assert [(n.pitch, n.onset_ticks) for n in added] == [(47, 3 * Q)]
    assert next(n for n in made if n.pitch == 48).end_ticks == 3 * Q


def test_a_scale_is_the_keys():
    assert scale(Key(0, "minor"), 57, 69) == [57, 59, 60, 62, 64, 65, 67, 69]
