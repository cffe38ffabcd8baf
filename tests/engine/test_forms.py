"""Forms as people write them: read whole, or refused in one line that says where."""

import pytest

from carmina import BadInput, read_forms
from carmina.forms import parse

HEAD = 'language = "en"\n[metres]\ni2 = "-+-+"\n'
ENTRY = '[[forms]]\nname = "pair"\nsummary = "a pair"\n'


def test_a_form_is_read_with_all_that_it_says():
    (form,) = read_forms(HEAD + ENTRY + 'repeat = 3\naliases = ["two"]\nlines = "i2 a, -+|+- a =A, / i2 . =^A"')
    assert (form.name, form.language, form.repeat, form.aliases, form.teaching) == ("pair", "en", 3, ("two",), "pair")
    (first, second), (third,) = form.variants[""]
    assert (first.patterns, second.patterns, second.refrain, third.rhyme, third.refrain) == (
        ("-+-+",),
        ("-+", "+-"),
        "A",
        "",
        "^A",
    )


def test_variants_have_names_and_the_caller_may_know_the_language():
    (form,) = read_forms(ENTRY + 'variants = { "平起" = "平平仄 a", "仄起" = "仄仄平 a" }', "zh")
    assert form.language == "zh" and set(form.variants) == {"平起", "仄起"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("= 1", "no TOML"),
        (HEAD, "holds no"),
        (ENTRY + 'lines = "- a"', "say no language"),
        (HEAD + ENTRY, "'pair' needs lines"),
        (HEAD + "[[forms]]\nname = 'x'\nlines = '- a'", "needs summary"),
        (HEAD + ENTRY + 'lines = "i2 a, i3 b"', "'pair': no line can be read from 'i3 b'"),
        (HEAD + ENTRY + 'lines = "i2 a =A more"', "METRE RHYME REFRAIN"),
        (HEAD + ENTRY + 'lines = "i2 a, / , /"', "a stanza without a line"),
        (HEAD + ENTRY + 'lines = "i2 a"\nmeter = "x"', "no key called 'meter'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text, says):
    with pytest.raises(BadInput, match=says) as fault:
        read_forms(text)
    assert "\n" not in str(fault.value)


def test_a_line_of_patterns_alone_has_no_rhyme():
    assert parse("--")[0][0].rhyme == ""
