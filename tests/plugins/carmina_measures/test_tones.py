import numpy as np
import pytest
from carmina_measures.shuffles import shuffled_words
from carmina_measures.tones import TRANSITIONS, Tones, heights
from carmina_measures.view import view_of
from measured_songs import song

from carmina import Syllable


def sung(tones, pitches, **more):
    words = [Syllable("啊", tone=t, ends_line=i == len(tones) - 1) if t else None for i, t in enumerate(tones)]
    return view_of(song(pitches, syllables=words, language="zh", **more))


def tones(*args):
    return Tones().measure(sung(*args))


def test_every_range_of_the_table_holds_the_narrower_one():
    low, high = TRANSITIONS[..., 0], TRANSITIONS[..., 1]
    assert (low <= high).all()
    reach = high[..., 2] - low[..., 2]
    assert (reach >= high[..., 0] - low[..., 0]).all()


@pytest.mark.parametrize(
    "interval, good, acceptable, unacceptable", [(1, 1, 1, 0), (-1, 0, 1, 0), (-3, 0, 0, 0), (7, 0, 0, 1)]
)
def test_two_high_tones_like_to_stay(interval, good, acceptable, unacceptable):
    got = tones([1, 1], [60, 60 + interval])
    assert (got["tone_good"], got["tone_acceptable"], got["tone_unacceptable"]) == (good, acceptable, unacceptable)


def test_a_tune_that_follows_the_tones_agrees_and_its_mirror_does_not():
    pattern, tune = [1, 3, 1, 4, 3, 2], [67, 60, 67, 65, 60, 62]
    assert tones(pattern, tune)["tone_direction"] == 1
    assert tones(pattern, [120 - p for p in tune])["tone_direction"] == 0


def test_a_melisma_leaves_from_its_last_note_and_has_the_tone_s_shape():
    rising = tones([2, None, 1], [60, 64, 64])
    assert rising["tone_shape"] == 1
    assert tones([4, None, 1], [60, 64, 64])["tone_shape"] == 0
    assert tones([1, None, 1], [52, 64, 64])["tone_good"] == 1


def test_pairs_do_not_reach_over_a_line_end_or_into_other_languages():
    words = [Syllable("月", tone=4, ends_line=True), Syllable("亮", tone=4), Syllable("oh")]
    view = view_of(song([60, 62, 64], syllables=words, language="zh"))
    assert set(Tones().measure(view).values()) == {None}


def test_a_neutral_tone_takes_its_height_from_the_tone_before():
    assert heights(sung([3, 5, 4, 5], [60] * 4)).tolist() == [1.5, 4, 3, 1]


def test_tones_dealt_anew_agree_by_chance():
    rng = np.random.default_rng(0)
    view = sung(rng.integers(1, 5, 200).tolist(), rng.integers(55, 75, 200).tolist())
    got = [Tones().measure(shuffled_words(view, rng))["tone_direction"] for _ in range(10)]
    assert np.mean(got) == pytest.approx(0.5, abs=0.04)
