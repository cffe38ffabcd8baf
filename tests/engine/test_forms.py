"""Forms as people write them: read whole, or refused in one line that says where."""

import pytest

from carmina import CarminaError, read_forms
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
        ("= 1", "not valid TOML"),
        ("a = " + "[" * 5000, "too many brackets"),
        ("a = " + "9" * 5000, "a number of thousands of digits"),
        (HEAD + "[[forms]]\nname = 5\nsummary = 'x'", "forms.1.name: got 5; allowed: one line of text"),
        (HEAD + ENTRY + "lines = nan", "a number that is not finite"),
        (HEAD + ENTRY + "lines = 1979-05-27", "holds a date"),
        (
            HEAD + ENTRY + "lines = ''\nrepeat = 1000000000",
            "repeat: got 1000000000; allowed: a whole number from 0 to 100",
        ),
        (HEAD + ENTRY + "lines = ''\naliases = 'x'", "aliases: got 'x'; allowed: a list"),
        (HEAD + ENTRY + "variants = {}", "variants: got {}"),
        ("forms = 3", "forms: got 3"),
        ("a.b.c.d.e.f.g.h.i.j.k.l.m.n = 1", "more than 12 levels"),
        (HEAD, "holds no"),
        (ENTRY + 'lines = "- a"', "say no language"),
        (HEAD + ENTRY, "'pair' needs lines"),
        (
            HEAD + "[[forms]]\nname = 'x'\nlines = '- a'",
            "forms.1.summary: got None; allowed: one line of text, which must be given",
        ),
        (HEAD + ENTRY + 'lines = "i2 a, i3 b"', "'pair': no line can be read from 'i3 b'"),
        (HEAD + ENTRY + 'lines = "i2 a =A more"', "METRE RHYME REFRAIN"),
        (HEAD + ENTRY + 'lines = "i2 a, / , /"', "a stanza without a line"),
        (HEAD + ENTRY + 'lines = "i2 a"\nmeter = "x"', "forms.1: got 'meter'; allowed: name, summary, lines"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text, says):
    with pytest.raises(CarminaError, match=says) as fault:
        read_forms(text)
    assert "\n" not in str(fault.value)


def test_a_line_of_patterns_alone_has_no_rhyme():
    assert parse("--")[0][0].rhyme == ""
