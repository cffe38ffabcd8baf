"""Old verse knows its occasion and whom it is for."""

import numpy as np
from carmina_verse.chinese.characters import Characters
from carmina_verse.chinese.occasions import images, named, tables
from carmina_verse.chinese.tokenizer import ChineseVerse


def test_keywords_name_an_occasion_and_a_person():
    assert named(("中秋", "母亲")) == ("中秋", "母亲") and named(("明月",)) == ("", "")


def test_images_are_of_both_and_can_all_be_written():
    known = Characters(ChineseVerse()).ids
    for own in tables().values():
        assert all(word and set(word) <= set(known) for words in own.values() for word in words)
    drawn = images(("送别", "友人"), np.random.default_rng(2))
    assert {"杨柳", "知音"} <= set(drawn) and not images(("明月",), np.random.default_rng(2))


def test_the_certificate_says_so(write):
    notes = write("七绝", "送别", "友人", seed=3, candidates=1, options={"drafts": 4}).notes
    assert (notes["occasion"], notes["addressee"]) == ("送别", "友人")
