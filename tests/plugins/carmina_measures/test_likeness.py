import numpy as np
import pytest
from carmina_measures.copying import longest_shared
from carmina_measures.histograms import counts, folded, jensen_shannon, overlaps, shares
from carmina_measures.likeness import Likeness, against, copied
from carmina_measures.shuffles import shuffled_notes
from carmina_measures.view import view_of
from carmina_measures.warping import curve, melody_distances
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_songs import song, verse_song


def random_song(seed, size=40):
    rng = np.random.default_rng(seed)
    return song(rng.integers(57, 76, size).tolist(), rng.choice([0.5, 1, 1.5, 2], size).tolist())


def values(score, *reference):
    return {figure.name: figure.value for figure in Likeness().evaluate(score, reference)}


def test_a_song_is_at_no_distance_from_itself():
    score = random_song(0)
    got = values(score, score)
    assert got["pd"] == got["dd"] == pytest.approx(1)
    assert got["md"] == 0 and got["copied_steps"] == 39
    assert all(got[name] == pytest.approx(0) for name in got if name.startswith("js_"))


def test_shuffled_notes_keep_pitches_and_lengths_but_lose_the_tune():
    score = verse_song(8)
    got = values(shuffled_notes(score, np.random.default_rng(0)), score)
    assert got["pd"] == pytest.approx(1) and got["js_pitch_class"] == pytest.approx(0)
    assert got["md"] > 0 and got["js_interval"] > 0.01 and got["copied_steps"] < 20


def test_without_a_reference_nothing_is_defined():
    assert set(values(random_song(0)).values()) == {None}
    assert set(values(song([]), random_song(0)).values()) == {None}


def slow_warping(first, second):
    table = np.full((len(first) + 1, len(second) + 1), np.inf)
    table[0, 0] = 0
    for i, a in enumerate(first, 1):
        for j, b in enumerate(second, 1):
            table[i, j] = abs(a - b) + min(table[i - 1, j], table[i, j - 1], table[i - 1, j - 1])
    return table[-1, -1] / len(second)


curves = st.lists(st.integers(-12, 12), min_size=1, max_size=12).map(lambda c: np.array(c, float))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(curves, curves), min_size=1, max_size=5))
def test_many_warpings_at_once_equal_the_textbook_s(pairs):
    assert melody_distances(pairs) == pytest.approx([slow_warping(a, b) for a, b in pairs], rel=1e-4, abs=1e-4)


def test_a_curve_is_the_pitch_of_each_sixteenth_without_its_mean():
    assert curve(view_of(song([60, 64], [0.5, 0.5], gaps=[1, 0]))).tolist() == [-2, -2, 2, 2]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 127))
def test_folding_keeps_the_pitch_class_and_two_octaves(pitch):
    got = int(folded(np.array([pitch]))[0])
    assert 60 <= got < 84 and got % 12 == pitch % 12
    assert got == pitch or not 60 <= pitch < 84


def test_intervals_and_places_are_counted():
    view = view_of(song([60, 62, 60, 79]))
    assert counts(view, "interval")[[24, 14, 10]].tolist() == [1, 1, 1]
    assert np.flatnonzero(counts(view, "place")).tolist() == [0, 12, 24, 36]


histograms = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)


@settings(deadline=None, max_examples=40)
@given(histograms, histograms)
def test_overlap_and_divergence_are_symmetric_and_bounded(first, second):
    p, q = shares(np.array([first])), shares(np.array([second]))
    assert overlaps(p, q) == pytest.approx(overlaps(q, p))
    assert 0 <= overlaps(p, q)[0, 0] <= 1 + 1e-9
    assert -1e-9 <= jensen_shannon(p, q)[0] <= 1 + 1e-9
    assert jensen_shannon(p, p)[0] == 0


def slow_shared(first, second):
    def run(i, j):
        return next(
            (k for k, (a, b) in enumerate(zip(first[i:], second[j:], strict=False)) if a != b),
            min(len(first) - i, len(second) - j),
        )

    return max((run(i, j) for i in range(len(first)) for j in range(len(second))), default=0)


tunes = st.lists(st.integers(60, 62), min_size=0, max_size=9)


@settings(deadline=None, max_examples=40)
@given(st.lists(tunes, min_size=2, max_size=4))
def test_the_longest_shared_run_is_the_one_that_a_search_finds(pitches):
    views = [view_of(song(p)) for p in pitches]
    runs = longest_shared(views, range(len(views)))
    steps = [np.diff(p).tolist() for p in pitches]
    for i, run in enumerate(runs):
        others = [slow_shared(steps[i], s) for j, s in enumerate(steps) if j != i]
        assert run.steps == max(others)
        if run.steps:
            there = steps[run.other][run.other_note : run.other_note + run.steps]
            assert run.other != i and there == steps[i][run.note : run.note + run.steps]


def test_a_copied_melody_is_found_in_another_key_and_pace_and_named():
    source = random_song(1)
    pitches = [n.pitch for n in source.voice.notes][10:30]
    lengths = [n.length_ticks / 240 for n in source.voice.notes][10:30]
    thief = song([50, 71, *(p + 3 for p in pitches), 40], [1, 1, *lengths, 3])
    (run,) = copied([view_of(thief)], [view_of(random_song(s)) for s in (5, 1, 6)])
    assert (run.steps, run.note, run.other, run.other_note) == (19, 2, 1, 10)


def test_an_honest_melody_shares_little():
    (run,) = copied([view_of(random_song(7))], [view_of(random_song(s)) for s in range(5)])
    assert run.steps <= 2


def test_songs_of_one_group_are_not_compared():
    views = [view_of(random_song(s)) for s in (0, 0, 1)]
    assert [run.steps > 20 for run in longest_shared(views, "aab")] == [False] * 3
    assert [run.steps > 20 for run in longest_shared(views, "abc")] == [True, True, False]
    assert against(views, views, "aab")["pd"] < against(views, views, "abc")["pd"]
