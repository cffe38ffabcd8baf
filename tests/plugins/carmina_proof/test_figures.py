"""Slips are planted as told, and the score counts them."""

import numpy as np
import pytest
from carmina_proof.figures.planting import ENGLISH, Planted, planted
from carmina_proof.figures.planting_zh import MODERN
from carmina_proof.figures.scoring import Score
from carmina_proof.findings import Finding

ENGLISH_LINES = [
    "She sings of the river and the hill, of an apple in their hands,",
    "they know a garden where I hear the water to the end,",
    "he goes to the weather and the night, for which it is not here.",
]
CHINESE_LINES = ["你跑得很快，我在这里等你的消息，已经等了很久。", "慢慢地走过那条街，他在那里做着自己的梦。"]


@pytest.mark.parametrize("kind", ENGLISH)
def test_each_kind_changes_one_line_where_it_says(kind):
    _check(ENGLISH_LINES, {kind: ENGLISH[kind]})


@pytest.mark.parametrize("kind", MODERN)
def test_each_kind_of_chinese_changes_one_line_where_it_says(kind):
    _check(CHINESE_LINES, {kind: MODERN[kind]})


def _check(lines, kinds):
    done = 0
    for seed in range(12):
        marred, slips = planted(lines, kinds, np.random.default_rng(seed), every=len(lines))
        for slip in slips:
            done += 1
            line = marred[slip.line]
            assert line[: slip.start] + slip.was + line[slip.end :] == lines[slip.line] != line
    assert done


def test_the_score_counts_what_is_met_and_what_is_not():
    score = Score()
    slip = Planted(0, 4, 8, "spelling", "moon")
    right = Finding(1, 4, 8, "mono", "spelling", "", ("moon",))
    wrong = Finding(2, 0, 3, "the", "spelling", "")
    score.add(["the mono", "the sea", "the sky"], [slip], [right, wrong])
    assert score.recall() == 1 and score.precision == 0.5 and score.alarms == 1 and score.clean_lines == 2
    assert score.mended["spelling"] == 1
