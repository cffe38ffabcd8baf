"""The public checks hold for every built-in offer, and fail on what they should."""

import pytest

from carmina import Decoder, Language, Reader, Renderer, Style, Syllable
from carmina.conductor import Conductor
from carmina.registry import CONTRACTS
from carmina.testing import check, check_places

OFFERS = [(kind, name) for kind in CONTRACTS for name in Conductor().all(kind)]


@pytest.mark.parametrize(("kind", "name"), OFFERS)
def test_every_built_in_offer_keeps_its_contract(kind, name):
    check(Conductor().get(kind, name))


class Wordless(Language):
    name, summary = "xx", "drops words"

    def claim(self, words):
        return 0.5

    def syllabify(self, words):
        return []


class Boaster(Wordless):
    summary = "claims too much"

    def claim(self, words):
        return 2.0

    def syllabify(self, words):
        return [() for _ in words]


class Changing(Renderer):
    name, summary, suffixes = "changing", "never twice the same", (".x",)
    count = 0

    def render(self, work):
        Changing.count += 1
        return b"%d" % Changing.count


class Loud(Changing):
    name, suffixes = "loud", (".X",)


class Brittle(Reader):
    name, summary, suffixes, gives = "brittle", "raises anything", (".b",), "Score"

    def read(self, data):
        return data[0]


class Lawless(Decoder):
    name, summary = "lawless", "takes what is forbidden"

    def choose(self, scores, totals, rngs, temperature):
        import numpy as np

        return np.arange(len(scores)), np.ones(len(scores), int)


@pytest.mark.parametrize(
    ("offer", "message"),
    [
        (Wordless, "15 words gave 0 tuples"),
        (Boaster, "outside 0..1"),
        (Changing, "different bytes"),
        (Loud, "suffix '.X'"),
        (Lawless, "forbidden"),
        (Style("a b", "c"), "no spaces"),
        (Style("a", ""), "says something"),
        (Style("a", "b", range=(60, 62)), "too narrow"),
        (Style("a", "b", mode="dorian"), "mode"),
        (Style("a", "b", scale=(12,)), "pitch classes"),
        (Style("a", "b", metres=()), "metre"),
        (Style("a", "b", tempo_bpm=(90, 20)), "tempo"),
        (Style("a", "b", program=200), "program"),
        (Style("a", "b\nc"), "one line"),
    ],
)
def test_a_broken_contract_is_told(offer, message):
    with pytest.raises(AssertionError, match=message):
        check(offer)


def test_a_reader_that_lets_other_errors_out_fails_its_check():
    with pytest.raises(IndexError):
        check(Brittle)


@pytest.mark.parametrize("places", [["begin"], ["middle"], ["begin", "single"], ["end"]])
def test_places_that_do_not_make_words_are_told(places):
    with pytest.raises(AssertionError, match="places|does not end"):
        check_places("xx", "w", tuple(Syllable("a", place) for place in places))
