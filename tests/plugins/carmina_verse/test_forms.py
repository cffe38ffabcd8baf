"""Forms are data: read whole, found by any name, repeated with fresh rhymes."""

import pytest
from carmina_verse.forms.shipped import find, shipped, unrolled
from carmina_verse.forms.slots import poem_stanzas, slots

from carmina import BadInput, BadOption, UnknownEntry

FORMS = {form.name: form for form in shipped()}


def characters(name):
    return {
        sum(len(line.patterns[0]) for stanza in stanzas for line in stanza) for stanzas in FORMS[name].variants.values()
    }


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("五绝", 20),
        ("七绝", 28),
        ("五律", 40),
        ("七律", 56),
        ("如梦令", 33),
        ("忆江南", 27),
        ("浣溪沙", 42),
        ("菩萨蛮", 44),
        ("卜算子", 44),
        ("清平乐", 46),
        ("西江月", 50),
        ("鹧鸪天", 55),
        ("水调歌头", 95),
        ("满江红", 93),
    ],
)
def test_a_tune_or_regulated_form_has_the_characters_that_tradition_gives_it(name, size):
    assert characters(name) == {size}


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("sonnet", "ababcdcdefefgg"),
        ("petrarchan", "abbaabbacdecde"),
        ("limerick", "aabba"),
        ("villanelle", "abaabaabaabaabaabaa"[:18] + "a"),
        ("triolet", "abaaabab"),
        ("quatrain-abba", "abba"),
    ],
)
def test_an_english_form_has_its_rhyme_scheme(name, scheme):
    assert "".join(line.rhyme for stanza in FORMS[name].variants[""] for line in stanza) == scheme


@pytest.mark.parametrize("name", ["五绝", "七绝", "五律", "七律"])
def test_neighbouring_lines_of_regulated_verse_answer_in_tone_and_couplets_adhere(name):
    for stanzas in FORMS[name].variants.values():
        second = [line.patterns[0][1] for line in stanzas[0]]
        assert all(a != b for a, b in zip(second[::2], second[1::2], strict=True))
        assert all(a == b for a, b in zip(second[1:-1:2], second[2::2], strict=True))


@pytest.mark.parametrize("spelling", ["Shakespearean Sonnet", "sonnet", "SONNET", "english_sonnet"])
def test_a_form_is_found_however_its_name_is_written(spelling):
    assert find(FORMS, spelling).name == "sonnet"


def test_an_unknown_form_names_the_nearest():
    with pytest.raises(UnknownEntry, match="'sonet'.*'sonnet'"):
        find(FORMS, "sonet")


def test_each_repetition_of_a_stanza_has_rhymes_of_its_own():
    stanzas = unrolled(FORMS["ballad"], "", 3)
    assert len({line.rhyme for stanza in stanzas for line in stanza if line.rhyme}) == 3


def test_a_fixed_form_refuses_another_number_of_stanzas_and_none_grows_without_end():
    with pytest.raises(BadOption, match="which sonnet always has"):
        unrolled(FORMS["sonnet"], "", 3)
    for many in (0, -1, 13, 99):
        with pytest.raises(BadOption, match=f"--stanzas: got {many}; allowed: 1 to 12"):
            unrolled(FORMS["ballad"], "", many)


def test_an_acrostic_form_has_a_line_for_each_letter_and_leaves_no_rhyme_without_partner():
    stanzas = poem_stanzas(FORMS["acrostic"], "", None, "moons")
    assert sum(map(len, stanzas)) == 5 and stanzas[-1][-1].rhyme == ""


def test_an_acrostic_longer_than_the_form_is_refused():
    with pytest.raises(BadInput, match="has 6 letters, and limerick has 5 lines"):
        poem_stanzas(FORMS["limerick"], "", None, "monkey")


def test_refrains_copy_their_first_line_and_are_no_partners_of_themselves():
    planned = slots(FORMS["villanelle"].variants[""])
    assert [slot.copies for slot in planned].count(None) == 13
    assert planned[5].copies == 0 and planned[8].copies == 2 and not planned[0].rhymes_before


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("七绝-仄起", {"仄起"}),
        ("七绝·平起入韵", {"平起入韵"}),
        ("qijue-入韵", {"平起入韵", "仄起入韵"}),
        ("七绝", set(FORMS["七绝"].variants)),
    ],
)
def test_a_variant_may_follow_the_form(name, variants):
    assert set(find(FORMS, name).variants) == variants


def test_an_unknown_variant_names_those_that_are():
    with pytest.raises(UnknownEntry, match="no variant of 七绝 called '反起'.*仄起"):
        find(FORMS, "七绝-反起")
