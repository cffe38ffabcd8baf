"""What the English plugin promises for any word, and for words in a line."""

import unicodedata

import pytest
from carmina_english.lexicon import CODES, Lexicon
from carmina_english.pronounce import fold
from hypothesis import given, settings
from hypothesis import strategies as st

import carmina
from carmina.registry import Registry

LATIN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'’éèüñ", min_size=1, max_size=14)
HYPHENATED = st.lists(LATIN, min_size=1, max_size=4).map("-".join)


def letters(text):
    return "".join(written for written, _ in fold(text))


def places(syllables):
    return "".join(syllable.place[0] for syllable in syllables)


def reads_letter_by_letter(word):
    return word.isupper() and "W" in word  # whose name is spelt out: double u


@settings(max_examples=60, deadline=None)
@given(HYPHENATED)
def test_letters_are_kept_as_written(english, word):
    [syllables] = english.syllabify([word])
    if any(sign.isalpha() for sign in word) and not reads_letter_by_letter(word.replace("-", "")):
        spoken = "".join(syllable.text for syllable in syllables)
        assert spoken.replace("'", "").replace("’", "") == letters(word).replace("'", "").replace("’", "") or (
            word.strip("'’-").lower() in ("mr", "ms", "dr", "jr", "sr", "mt", "vs", "mrs", "etc")
        )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_read_without_complaint(english, word):
    [syllables] = english.syllabify([word])
    assert all(syllable.language == "en" and syllable.stress in (0, 1, 2) for syllable in syllables)
    if any(sign.isalpha() and not unicodedata.combining(sign) for sign in word):
        assert syllables


@settings(max_examples=40, deadline=None)
@given(LATIN)
def test_places_and_rhymes_fit_together(english, word):
    for syllables in english.pronunciations(word):
        assert not places(syllables).replace("s", "").replace("m", "").replace("be", "")
        assert all((syllable.rhyme is not None) == syllable.ends_word for syllable in syllables)


@settings(max_examples=25, deadline=None)
@given(st.lists(LATIN, max_size=6))
def test_every_word_of_a_line_has_its_own_entry(english, line):
    assert len(english.syllabify(line)) == len(line)


@pytest.mark.parametrize("word", ["—", "...", "🎵", "'", "-", "", "|"])
def test_what_cannot_be_sung_gives_nothing(english, word):
    assert english.syllabify([word]) == [()]


def test_other_scripts_are_one_syllable(english):
    assert [[s.text for s in word] for word in english.syllabify(["你好", "привет"])] == [["你好"], ["привет"]]


def test_function_words_are_weak_and_not_content(english):
    for word in english.syllabify("the of and a to my thy hath upon".split()):
        assert not word[0].content
    assert [word[0].stress for word in english.syllabify("the of and love my star".split())] == [0, 0, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("line", "place", "stress"),
    [
        ("the record", 1, [1, 0]),
        ("I record", 1, [0, 1]),
        ("to present", 1, [0, 1]),
        ("a present", 1, [1, 0]),
        ("the desert", 1, [1, 0]),
        ("will desert", 1, [0, 1]),
        ("the blessed Lord", 1, [1, 0]),
        ("he blessed them", 1, [1]),
    ],
)
def test_neighbours_choose_between_noun_and_verb(english, line, place, stress):
    assert [syllable.stress for syllable in english.syllabify(line.split())[place]] == stress


@pytest.mark.parametrize(("line", "rhyme"), [("the apple", "IY"), ("the tree", "AH")])
def test_the_rhymes_by_the_sound_after_it(english, line, rhyme):
    assert english.syllabify(line.split())[0][-1].rhyme == rhyme


@pytest.mark.parametrize(
    ("word", "rhyme"),
    [("night", "AY T"), ("delight", "AY T"), ("flying", "AY IH NG"), ("memory", "IY"), ("sky-high", "AY")],
)
def test_rhyme_class_runs_from_the_last_stress_to_the_end(english, word, rhyme):
    assert english.syllabify([word])[0][-1].rhyme == rhyme


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("night", "light", "perfect"),
        ("light", "delight", "identical"),
        ("time", "mine", "slant"),
        ("flying", "dying", "perfect"),
        ("orange", "banana", None),
        ("their", "there", "identical"),
        ("desire", "fire", "perfect"),
        ("...", "fire", None),
    ],
)
def test_rhymes_have_their_kinds(english, one, other, kind):
    assert english.rhymes_with(one, other) == english.rhymes_with(other, one) == kind


def test_pronunciations_offer_every_count(english):
    counts = {
        word: {len(way) for way in english.pronunciations(word)} for word in ("fire", "every", "blessed", "heaven")
    }
    assert counts == {"fire": {1, 2}, "every": {2, 3}, "blessed": {1, 2}, "heaven": {1, 2}}


def test_phonemes_carry_stress_digits(english):
    assert english.phonemes("beautiful") == ("B", "Y", "UW1", "T", "AH0", "F", "AH0", "L")
    assert english.phonemes("...") == ()


CLAIMS = {
    "en": "and in the morning when we rise the light upon the hills is gold",
    "de": "am Brunnen vor dem Tore da steht ein Lindenbaum und ich träumt in seinem Schatten",
    "fr": "au clair de la lune mon ami prête moi ta plume pour écrire un mot",
    "it": "nel cor più non mi sento brillar la gioventù cagion del mio tormento amor sei colpa tu",
    "la": "adeste fideles laeti triumphantes venite in Bethlehem natum videte regem angelorum",
    "zh": "月亮 代表 我的 心",
}


def test_only_english_is_claimed_with_confidence(english):
    claims = {language: english.claim(text.split()) for language, text in CLAIMS.items()}
    assert claims["en"] > 0.6 and max(claims[other] for other in claims if other != "en") < 0.25
    assert claims["zh"] == 0 == english.claim([])


def test_the_registry_offers_english_as_en():
    assert issubclass(Registry().get("language", "en"), carmina.Language)


def test_the_lexicon_finds_every_word_it_lists_and_no_other():
    words = ["a", "ab", "abbey", "b", "zoo"]
    lexicon = Lexicon("\n".join(f"{word} {CODES['AH0']}" for word in words).encode())
    assert list(lexicon.words()) == words and all(lexicon.get(word) == (("AH0",),) for word in words)
    assert not any(word in lexicon for word in ["", "aa", "abb", "c", "zz", "a b", "é"])
