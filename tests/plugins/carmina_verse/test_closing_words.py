"""A form may say that lines close with one word: the end words of a sestina, a radif and the rhyme before it."""

import pytest
from carmina_verse.evaluators.form import FormKept
from carmina_verse.forms.slots import slots
from carmina_verse.scansion.faults import faults
from carmina_verse.writer import EnglishVerse

from carmina import BadInput, FormLine, NoSolution, Poem, VerseBrief, read_forms
from carmina.conductor import Conductor
from carmina.testing import check

FORMS = """
language = "en"

[metres]
i4 = "-+-+-+-+"

[[forms]]
name = "ghazal"
summary = "couplets: rhyme, then the same word"
lines = "i4 a =$R, i4 a =$R, / i4 ., i4 a =$R, / i4 ., i4 a =$R"

[[forms]]
name = "turned"
summary = "end words, turned round"
lines = "i4 . =$A, i4 . =$B, / i4 . =$B, i4 . =$A"
"""
GHAZAL, TURNED = read_forms(FORMS)


@pytest.fixture(scope="module")
def english():
    return Conductor().get("language", "en")()


def ghazal(*endings):
    """A ghazal whose rhyming lines end so."""
    lines = iter(endings)
    return (
        (f"And now the river {next(lines)}", f"And then the people {next(lines)}"),
        ("I heard it when the stars were out", f"I heard it by the {next(lines)}"),
        ("And who will know the road to town", f"And who will know the {next(lines)}"),
    )


def told(english, form, stanzas):
    return [fault for fault in faults(stanzas, form, "", english) if "does not keep" not in fault]


def test_the_forms_are_read_and_keep_their_contract():
    assert GHAZAL.variants[""][0][0] == FormLine(("-+-+-+-+",), "a", closing="R")
    check(GHAZAL), check(TURNED)


def test_a_rhyme_stands_in_the_word_before_the_one_that_comes_back(english):
    assert told(english, GHAZAL, ghazal("light again", "night again", "bright again", "sight again")) == []
    broken = told(english, GHAZAL, ghazal("light again", "night again", "moon again", "sight again"))
    assert any("night and moon do not rhyme" in fault for fault in broken)


def test_another_closing_word_is_a_fault(english):
    broken = told(english, GHAZAL, ghazal("light again", "night again", "bright alone", "sight again"))
    assert broken == ["line 4 does not close with 'again'"]


def test_end_words_may_be_turned_round(english):
    lines = (("She saw the boat upon the sea", "He heard the people sing of love"),)
    kept = (*lines, ("And all the sailors sing of love", "And all the birds upon the sea"))
    assert told(english, TURNED, kept) == []
    wrong = (*lines, ("And all the sailors sing of love", "And all the birds upon the hill"))
    assert told(english, TURNED, wrong) == ["line 4 does not close with 'sea'"]


def test_every_line_knows_which_earlier_one_it_closes_like():
    assert [slot.closes_like for slot in slots(GHAZAL.variants[""])] == [None, 0, None, 0, None, 0]
    assert [slot.closes_like for slot in slots(TURNED.variants[""])] == [None, None, 1, 0]
    assert all(slot.copies is None for slot in slots(TURNED.variants[""]))


def test_figures_tell_whether_closing_words_are_kept(english):
    class Workshop:
        def all(self, kind):
            return {"turned": TURNED} if kind == "form" else Conductor().all(kind)

        def get(self, kind, name):
            return Conductor().get(kind, name)

    kept = (("She saw the boat upon the sea", "He heard the people sing of love"),
            ("And all the sailors sing of love", "And all the birds upon the sea"))  # fmt: skip
    values = [
        FormKept(Workshop()).evaluate(Poem(stanzas, "turned", "en"))[0].value for stanzas in (kept, (kept[0], kept[0]))
    ]
    assert values == [1, 0]


def test_what_cannot_be_written_yet_is_said():
    class Workshop:
        def all(self, kind):
            return {"ghazal": GHAZAL}

    with pytest.raises(NoSolution, match="ghazal rhymes in the word before a closing refrain"):
        EnglishVerse().write(VerseBrief((), "ghazal"), Workshop())


@pytest.mark.parametrize("third", ["=$", "=", "=^"])
def test_a_label_must_be_said(third):
    with pytest.raises(BadInput, match="no line can be read"):
        read_forms(FORMS.replace("=$R", third))
