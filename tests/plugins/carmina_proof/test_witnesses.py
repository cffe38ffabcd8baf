"""Two networks are two witnesses, and a dictionary a third: what only one of them believes is not told."""

from types import SimpleNamespace

import numpy as np
import pytest
from carmina_proof.chinese import dictionary
from carmina_proof.weighing import Edit
from carmina_proof.weighing.weighing import SURE, Bar, Weighed, _heard_again

BARS = {"confusable": Bar(-1.0, 6.0, again=3.0), "spelling": Bar(0.0, 1.0)}
DOCUMENT = SimpleNamespace(
    tokens=[SimpleNamespace(line=0)], before=lambda line: (), line_with=lambda line, edit=None: ("b" if edit else "a",)
)


class Stub:
    """A network that prefers the edited line by so many nats."""

    def __init__(self, nats):
        self.gain, self.asked = nats, 0

    def nats(self, rows):
        self.asked += len(rows)
        return np.array([self.gain if row[-1] == ("b",) else 0.0 for row in rows])


def one(heard, why="confusable"):
    return Weighed(Edit(0, 1, ("b",), 0.0, why), 0.0, heard, BARS[why].both)


@pytest.mark.parametrize(
    ("heard", "again", "told"), [(5.0, 4.0, True), (5.0, 1.0, False), (5.0, 50.0, True), (2.0, 9.0, False)]
)
def test_of_two_networks_the_one_that_gains_less_is_believed(heard, again, told):
    stub = Stub(again)
    (found,) = _heard_again(DOCUMENT, [one(heard)], BARS, lambda: stub)
    assert (found.over > 0) == told


@pytest.mark.parametrize("found", [one(6.0 + SURE + 1), one(1.0, "spelling"), one(2.0)])
def test_the_second_network_is_asked_in_doubt_alone(found):
    stub = Stub(0.0)
    assert _heard_again(DOCUMENT, [found], BARS, lambda: stub) == [found] and not stub.asked


def test_without_its_weights_the_first_one_decides():
    assert _heard_again(DOCUMENT, [one(7.0)], BARS, lambda: None) == [one(7.0)]


def test_a_dictionary_speaks_for_the_character_that_makes_a_word():
    assert dictionary.uses("我把信贴在床头", 5) > 0 == dictionary.uses("我把信铁在床投", 6)
    assert dictionary.cost("坐在床投", 3, "头") < dictionary.cost("坐在床头", 3, "投")
