"""Lyric sheets become syllables: every word sung once, in order, by a language that reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina import BadInput, Language, LyricSheet, SheetLine, SheetSection, SheetWord, Syllable, UnknownEntry
from carmina.errors import LanguageWarning
from carmina.lyrics import MAX_EXTRA_NOTES, MAX_LETTERS, MAX_LINES, MAX_SYLLABLES, sung
from carmina.text import script_of


def sheet(*lines):
    """One stanza; a line is a string of words or a list of SheetWords."""
    made = (tuple(map(SheetWord, line.split())) if isinstance(line, str) else tuple(line) for line in lines)
    return LyricSheet((SheetSection(tuple(SheetLine(words) for words in made)),))


def texts(lyrics):
    return [syllable.text for syllable in lyrics.syllables]


def codes(lyrics):
    return [syllable.language for syllable in lyrics.syllables]


def test_every_word_is_sung_once_in_order(languages):
    assert texts(sung(sheet("the quick brown", "fox jumps"), languages)) == ["the", "quick", "brown", "fox", "jumps"]


def test_the_language_with_the_highest_claim_is_the_main_one(languages):
    assert sung(sheet("der mond liebe dich"), languages).language == "de"
    assert sung(sheet("the moon love you"), languages).language == "en"


def test_english_is_the_main_language_when_no_claim_decides(languages):
    with pytest.warns(LanguageWarning, match="little speaks for"):
        assert sung(sheet("xyzzy plugh"), languages).language == "en"


def test_the_script_of_most_words_decides_before_any_claim(languages):
    assert sung(sheet("我爱你 baby"), languages).language == "zh"
    assert sung(sheet("I say 我 to you"), languages).language == "en"


def test_a_language_that_is_asked_for_is_the_main_one(languages):
    assert sung(sheet("the moon"), languages, "de").language == "de"


def test_an_unknown_language_names_those_there_are(languages):
    with pytest.raises(UnknownEntry, match="no language called 'xx'.*Installed: auto, de, en, zh"):
        sung(sheet("the moon"), languages, "xx")


def test_latin_words_in_a_chinese_song_go_to_the_language_that_claims_them(languages):
    assert codes(sung(sheet("我 爱 你 liebe dich"), languages, "zh")) == ["zh"] * 3 + ["de"] * 2
    assert codes(sung(sheet("我 爱 你 baby"), languages, "zh")) == ["zh"] * 3 + ["en"]


def test_chinese_words_in_an_english_song_go_to_chinese(languages):
    assert codes(sung(sheet("the love 我爱你 you"), languages, "en")) == ["en", "en", "zh", "zh", "zh", "en"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("我 2 你", "zh zh zh"),
        ("love 2 you", "en en en"),
        ("我爱 2 baby 我爱", "zh zh zh en zh zh"),
        ("我爱你们 baby 2 you", "zh zh zh zh en en en"),
        ("2 you 我爱你", "en en zh zh zh"),
        ("我爱你 you 2", "zh zh zh en en"),
        ("我爱你们 baby 2 我", "zh zh zh zh en zh zh"),
        ("2 2", "en en"),
    ],
)
def test_digits_follow_the_words_beside_them_and_the_main_language_where_these_disagree(languages, line, expected):
    assert codes(sung(sheet(line), languages)) == expected.split()


def test_a_word_that_mixes_scripts_is_cut_where_the_script_changes(languages):
    lyrics = sung(sheet([SheetWord("我爱baby", after="!", chord="Am", extra_notes=(2,))]), languages)
    assert texts(lyrics) == ["我", "爱", "baby"]
    assert [s.chord for s in lyrics.syllables] == ["Am", None, None]
    assert lyrics.syllables[-1].after == "!" and lyrics.syllables[-1].extra_notes == 2


def test_words_of_one_language_are_read_together_in_context(languages):
    sung(sheet("the love 我爱 你们 and you"), languages, "en")
    assert languages["en"].calls == [["the", "love"], ["and", "you"]]
    assert languages["zh"].calls == [["我爱", "你们"]]


def test_punctuation_and_chords_stand_on_the_words_edges(languages):
    line = [SheetWord("beau-ti-ful", after=",", chord="C"), SheetWord("day", after=".")]
    syllables = sung(sheet(line), languages).syllables
    assert [s.after for s in syllables] == ["", "", ",", "."]
    assert [s.chord for s in syllables] == ["C", None, None, None]


def test_only_the_last_syllable_ends_the_line(languages):
    lyrics = sung(sheet("the moon", "love you"), languages)
    assert [s.ends_line for s in lyrics.syllables] == [False, True, False, True]


def test_a_further_note_stands_on_its_own_hyphen_part(languages):
    syllables = sung(sheet([SheetWord("beau-ti-ful", extra_notes=(1, 0, 3))]), languages).syllables
    assert [s.extra_notes for s in syllables] == [1, 0, 3]


def test_the_last_parts_notes_stand_on_the_last_syllable_when_the_counts_differ(languages):
    syllables = sung(sheet([SheetWord("beau-ti-ful", extra_notes=(2,))]), languages).syllables
    assert [s.extra_notes for s in syllables] == [0, 0, 2]


@given(parts=st.integers(1, 5), notes=st.lists(st.integers(0, 5), max_size=8))
def test_no_further_note_is_lost_or_added(parts, notes):
    class Plain(Language):
        name, summary = "en", "fake"

        def claim(self, words):
            return 1.0

        def syllabify(self, words):
            return [tuple(Syllable(p) for p in word.split("-")) for word in words]

    word = SheetWord("-".join(["la"] * parts), extra_notes=tuple(notes))
    lyrics = sung(sheet([word]), {"en": Plain})
    assert sum(s.extra_notes for s in lyrics.syllables) == sum(notes)


def test_a_word_that_cannot_be_sung_leaves_its_marks_to_its_neighbours(languages):
    line = [SheetWord("love"), SheetWord("❤", after="!", chord="G"), SheetWord("you")]
    syllables = sung(sheet(line), languages).syllables
    assert [(s.text, s.after, s.chord) for s in syllables] == [("love", "!", None), ("you", "", "G")]


def test_a_line_or_a_stanza_without_a_sung_word_is_left_out(languages):
    stanzas = LyricSheet((*sheet("❤ ❤").sections, *sheet("love", "❤", "you").sections))
    lyrics = sung(stanzas, languages)
    assert len(lyrics.sections) == 1 and len(lyrics.lines) == 2


@pytest.mark.parametrize("empty", [LyricSheet(()), sheet("❤ ❤")])
def test_no_words_to_sing_is_said(languages, empty):
    with pytest.raises(BadInput, match="no words to sing"):
        sung(empty, languages)


def test_a_script_that_no_language_reads_is_named_with_the_word(languages):
    with pytest.raises(BadInput, match="no installed language reads Cyrillic letters such as 'Привет'"):
        sung(sheet("the Привет"), languages)


def test_no_installed_language_is_said():
    with pytest.raises(BadInput, match="no language is installed"):
        sung(sheet("love"), {})


def test_the_bounds_are_named(languages):
    sung(sheet(*["love"] * MAX_LINES), languages)
    with pytest.raises(BadInput, match=f"at most {MAX_LINES} can be set"):
        sung(sheet(*["love"] * (MAX_LINES + 1)), languages)
    sung(sheet("love " * MAX_SYLLABLES), languages)
    with pytest.raises(BadInput, match=f"at most {MAX_SYLLABLES} syllables"):
        sung(sheet("love " * (MAX_SYLLABLES + 1)), languages)
    with pytest.raises(BadInput, match=f"at most {MAX_SYLLABLES} syllables"):
        sung(sheet("我" * (MAX_SYLLABLES + 1)), languages)


def test_a_word_too_long_to_sing_is_refused(languages):
    with pytest.raises(BadInput, match="a word of 101 letters"):
        sung(sheet("a" * (MAX_LETTERS + 1)), languages)


def test_too_many_further_notes_are_refused(languages):
    with pytest.raises(BadInput, match="65 further notes asked for"):
        sung(sheet([SheetWord("a", extra_notes=(MAX_EXTRA_NOTES + 1,))]), languages)


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("a", "Latin"),
        ("É", "Latin"),
        ("ａ", "Latin"),
        ("𝓪", "Latin"),
        ("ﬁ", "Latin"),
        ("字", "Han"),
        ("豈", "Han"),
        ("я", "Cyrillic"),
        ("か", "Kana"),
        ("7", None),
        ("&", None),
        ("❤", None),
        ("́", None),
        ("々", None),
    ],
)
def test_scripts_are_told_apart(character, script):
    assert script_of(character) == script


@given(st.lists(st.text("abc我爱1-'", min_size=1, max_size=6), min_size=1, max_size=8))
def test_cutting_words_by_script_keeps_every_letter_in_order(line):
    words = [word.strip("-") for word in line if word.strip("-'")]
    if not words:
        return

    class Whole(Language):
        name, summary = "xx", "one syllable a word"

        def claim(self, words):
            return 1.0

        def syllabify(self, words):
            return [(Syllable(word),) for word in words]

    han = type("Han", (Whole,), {"script": "Han"})
    lyrics = sung(sheet([SheetWord(word) for word in words]), {"en": Whole, "zh": han})
    assert "".join(texts(lyrics)).replace("-", "") == "".join(words).replace("-", "")


class Running(Language):
    """Latin letters, a word a syllable; vowels that meet run together."""

    name, summary = "rr", "runs together"

    def claim(self, words):
        return 1.0

    def syllabify(self, words):
        return [tuple(Syllable(part, place, stress=1) for part, place in _placed(word)) for word in words]

    def synalepha(self, word, following):
        return word[-1] in "aeiou" and following[0] in "aeiou"


def _placed(word):
    parts = word.split("-")
    return zip(parts, ["single"] if len(parts) == 1 else ["begin", *["middle"] * (len(parts) - 2), "end"], strict=True)


def run_together(words):
    return sung(sheet(words), {"rr": Running}).syllables


@pytest.mark.parametrize(
    ("words", "expected", "places"),
    [
        ("o-ve o-lez", "o ve‿o lez", "begin middle end"),
        ("ma o", "ma‿o", "single"),
        ("te-de e mol", "te de‿e mol", "begin end single"),
        ("ma e o", "ma‿e‿o", "single"),
        ("ma al-to", "ma‿al to", "begin end"),
        ("mar o", "mar o", "single single"),
    ],
)
def test_vowels_that_meet_between_words_are_one_syllable_where_the_language_says_so(words, expected, places):
    found = run_together(words)
    assert " ".join(s.text for s in found) == expected and " ".join(s.place for s in found) == places
    assert sum(s.ends_line for s in found) == 1 and found[-1].ends_line


@pytest.mark.parametrize(
    "first", [SheetWord("ma", after=","), SheetWord("ma", extra_notes=(1,)), SheetWord("ma", chord="C")]
)
def test_a_mark_of_the_author_keeps_vowels_apart(first):
    swapped = [first, SheetWord("o")] if first.chord is None else [SheetWord("o"), first]
    joined = "‿" in "".join(texts(sung(sheet(swapped), {"rr": Running})))
    assert not joined
