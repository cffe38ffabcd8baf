"""What is planted in verse is a fault by rules that know nothing of the reader; what is legal is let be."""

import numpy as np
import pytest
from carmina_verse.making import verse_faults_zh as zh
from carmina_verse.making.verse_faults import KINDS, Rules, legal_beats, planted

STANZAS = [
    ["The lantern burns beside the door,", "The rain has gone to sleep,",
     "And no one walks along the shore", "Where all the waves are deep."],
    ["I hear the clock upon the stair,", "The kettle and the flame;",
     "I thought I heard her footstep there,", "I thought I heard my name."],
    ["I put the bread upon the board,", "The butter and the cheese,",
     "And thought of what we can't afford", "And birds among the trees."],
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(conductor):
    return Rules(conductor.get("language", "en")())


@pytest.mark.parametrize(
    ("row", "beats"),
    [("mcmcmcmc", {4}), ("cmmcmcmc", {4}), ("cpwcc", set()), ("wp", {1}), ("mpwmc", {2})],
)
def test_beats_stand_one_or_two_offbeats_apart(row, beats):
    found = legal_beats(row)
    assert beats <= found if beats else not found & {3, 4, 5}


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_fault_is_one_and_the_rest_is_as_it_was(kind, rules):
    tried = (planted(STANZAS, kind, np.random.default_rng(seed), rules) for seed in range(9))
    found = next(fault for fault in tried if fault is not None)
    assert found.kind == kind
    flat, now = [t for s in STANZAS for t in s], [t for s in found.stanzas for t in s]
    changed = len(flat) - len(now) or sum(a != b for a, b in zip(flat, now, strict=True))
    assert changed == (2 if kind == "two lines changed" else 1)


def test_lines_without_a_number_of_beats_in_common_are_let_be(rules):
    prose = [["I went to the shop"], ["because we had run out of milk and of bread and of tea"]] * 4
    assert planted(prose, "a stress", np.random.default_rng(1), rules) is None


LÜSHI = ["远寺钟初定", "空江月正明", "风来知夜冷", "雁去觉秋清", "旧梦随流水", "新愁入晓程", "故园千里外", "谁共听潮声"]
LEVEL = "钟初空江来知秋随流新愁园千谁听潮声明清程风"


@pytest.mark.parametrize("kind", zh.KINDS)
def test_a_fault_of_regulated_verse_is_one_by_another_table(kind):
    tones = zh.Tones({c: "P" if c in LEVEL else "Z" for line in LÜSHI for c in line}, lambda c: "ing")
    assert tones.regular(LÜSHI)
    tried = (zh.planted(LÜSHI, kind, np.random.default_rng(seed), tones) for seed in range(9))
    found = next(fault for fault in tried if fault is not None)
    assert found.kind == kind and (kind in ("出韵", "句数") or not tones.regular(found.lines))
