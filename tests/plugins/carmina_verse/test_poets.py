"""A poet's manner: what was counted of one poet is drawn for that poet, and for nobody else."""

import numpy as np
import pytest
from carmina_verse.chinese.manners import favour, period_of
from carmina_verse.english.manners import FINAL, WORN_OPENERS, Manners, poets
from carmina_verse.writer import ChineseVerse, EnglishVerse

from carmina import UnknownEntry, VerseBrief
from carmina.conductor import Conductor


def test_who_was_not_counted_has_the_manner_of_people_at_large():
    assert Manners.of("victorian") is Manners.of("nobody") is Manners.shipped()
    assert favour("唐", {}, 5) is None and period_of("唐") == "唐" and period_of("李清照") == "宋"


@pytest.mark.parametrize("name", ["dickinson", "whitman"])
def test_a_poets_marks_and_openers_are_drawn_as_often_as_the_poet_has_them(name):
    manners, rng = Manners.of(name), np.random.default_rng(1)
    drawn = [manners.marks(4, rng, False) for _ in range(600)]
    assert all(len(marks) == 4 for marks in drawn) and manners.marks(4, rng, True)[-1] in FINAL
    rows = poets()[name]["closes"]["4"]
    usual = max(rows, key=rows.get)
    whole = sum(many for row, many in rows.items() if row[-1] != "/")
    assert abs(sum("".join(marks) == usual for marks in drawn) / 600 - rows[usual] / whole) < 0.06
    begun = [word for _ in range(300) for word in manners.begun([",", ",", ",", "."], rng)]
    assert not {word for word in begun if word in WORN_OPENERS}


def test_whitman_begins_lines_alike_and_dickinson_hardly_does():
    def again(name):
        rng = np.random.default_rng(2)
        begun = [Manners.of(name).begun([","] * 8, rng) for _ in range(200)]
        return sum(a == b not in ("", "^") for row in begun for a, b in zip(row, row[1:], strict=False)) / 1400

    assert again("whitman") > 0.2 > 0.1 > again("dickinson") + 0.01


def test_a_poets_words_are_welcome():
    nats = Manners.of("dickinson").favour(["bee", "democracy", "no-word"])
    assert nats[0] > 1 and nats[2] == 0 and Manners.of("whitman").favour(["myself"])[0] > 1
    found = favour("李清照", {"薄": 3, "山": 1}, 5)
    assert found[3] > 1 and found[1] < 0 and found[0] == 0


def test_poets_are_named_among_the_manners():
    assert {"dickinson", "whitman"} <= set(EnglishVerse.manners())
    assert {"李清照", "徐志摩", "宋"} <= set(ChineseVerse.manners())
    with pytest.raises(UnknownEntry, match="李清照"):
        Conductor().get("writer", "verse")().write(VerseBrief(("秋",), "五绝", "李清昭"), Conductor())
