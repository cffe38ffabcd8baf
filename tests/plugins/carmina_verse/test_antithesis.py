"""对仗 is measured by word classes, and middle couplets are written in it; rhymes come from the subject, as spread as
people's."""

import re
from collections import Counter

import numpy as np
import pytest
from carmina_verse.chinese.antithesis import UNLIKE, Antithesis
from carmina_verse.chinese.characters import Characters
from carmina_verse.chinese.rhyme_words import MOST, drawn, people, shares
from carmina_verse.chinese.segmentation import parts
from carmina_verse.chinese.tokenizer import ChineseVerse

from carmina import VerseBrief

TABLE = Antithesis.shipped()


@pytest.mark.parametrize("pair", ["春秋", "山水", "红绿", "一千", "东北", "飞落", "不未", "花鸟"])
def test_characters_of_one_class_answer_one_another(pair):
    assert TABLE.answers(*pair) and TABLE.answers(*reversed(pair))


@pytest.mark.parametrize("pair", ["一红", "山来", "春春", "不月", "千不"])
def test_characters_of_unlike_classes_do_not(pair):
    assert not TABLE.answers(*pair)


def test_the_order_of_the_lines_does_not_matter():
    characters = list(TABLE.index)
    rng = np.random.default_rng(5)
    for _ in range(400):
        one, other = rng.choice(characters, 2)
        assert TABLE.answers(one, other) == TABLE.answers(other, one)


def test_partners_are_what_answers_says():
    for one in "春一红来不东":
        near = TABLE.partners(one)
        for other in list(TABLE.index)[::60]:
            if other != one:
                lost = 0 if TABLE.answers(one, other) else UNLIKE
                assert near[TABLE.index[other]] == pytest.approx(TABLE.nearness(one, other) - lost, abs=1e-5)


def test_a_doubled_character_must_be_doubled_in_both_lines():
    assert TABLE.score("山山水水", "花花草草") > TABLE.score("山山水水", "花月草木")


def test_middle_couplets_are_parallel_and_the_certificate_says_how_far(conductor):
    poem = conductor.get("writer", "verse")().write(
        VerseBrief(("秋江",), form="五律", seed=11, candidates=1), conductor
    )
    lines = ["".join(re.findall("[一-鿿]", line)) for line in poem.lines]
    said = poem.notes["antithesis"]
    assert said == [round(TABLE.score(lines[at], lines[at + 1]), 3) for at in (2, 4)]
    assert np.mean(said) >= 0.7


def class_shares(keywords):
    characters = Characters(ChineseVerse())
    often, rhymes = people(characters, "pingshui"), characters.rhymes("pingshui")
    allowed = characters.common & characters.levels("pingshui")["平"]
    names = sorted(name for name, mask in rhymes.items() if (mask & allowed).sum() >= 14)
    return names, shares(names, rhymes, allowed, often, keywords)


def test_no_rhyme_class_is_taken_oftener_than_people_take_their_commonest():
    rng = np.random.default_rng(1)
    for about in (None, rng.random(4608)):
        names, share = class_shares(about)
        assert share.sum() == pytest.approx(1) and share.max() <= MOST + 1e-9
        for first in (0, 977, 2**31):
            many = Counter(drawn(names, share, seed, "月", 0) for seed in range(first, first + 40))
            assert many.most_common(1)[0][1] <= 0.12 * 40 + 1
            assert len(many) >= 12


def test_other_keywords_take_other_rhymes_at_the_same_seed():
    names, share = class_shares(None)
    assert (
        len({drawn(names, share, 7, word, 0) for word in ("月", "雪", "酒", "送别", "江南", "母亲", "边塞", "梅花")})
        >= 4
    )


@pytest.mark.parametrize("word", ["洞庭湖", "人工智能", "白帝城", "电脑键盘", "月", "故人"])
def test_a_keyword_is_cut_whole_and_into_words_the_model_knows_the_length_of(word):
    assert "".join(parts(word)) == word and max(map(len, parts(word))) <= 2
