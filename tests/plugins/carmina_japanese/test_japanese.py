"""Japanese: a note for each mora, kanji by their readings where they stand."""

import pytest
from carmina_japanese.language import Japanese
from carmina_japanese.morae import morae, rhyme_of

from carmina import BadInput
from carmina.conductor import Conductor
from carmina.testing import check

CONDUCTOR = Conductor()


def sung(text, language="auto"):
    return [syllable.text for syllable in CONDUCTOR.lyrics(text, language).syllables]


def test_it_keeps_the_contract():
    check(Japanese)


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("さくら さくら", "さ く ら さ く ら"),
        ("桜の花が散る", "さ く ら の は な が ち る"),
        ("君と歩いた道", "き み と あ る い た み ち"),
        ("東京のコーヒー", "と う きょ う の コ ー ヒ ー"),
        ("ちょっと待って", "ちょ っ と ま っ て"),
        ("今日は雨", "きょ う は あ め"),
        ("3時", "さ ん じ"),
    ],
)  # lines of our own
def test_each_mora_is_a_note(text, kana):
    assert sung(text, "ja") == kana.split()


@pytest.mark.parametrize("text", ["雨の夜に 君を想う", "さくら", "カラオケ 夢の中", "I love you さくらの花が咲くまで"])
def test_kana_make_a_text_japanese(text):
    assert CONDUCTOR.lyrics(text).language == "ja"


def test_characters_alone_are_chinese():
    assert CONDUCTOR.lyrics("明月几时有，把酒问青天").language == "zh"


def test_no_kana_is_lost():
    text = "きゃりーぱみゅぱみゅ"
    assert "".join(morae(text)) == text and len(morae(text)) == 8 - 1 + 0


@pytest.mark.parametrize(("word", "rhyme"), [("さくら", "a"), ("ほん", "on"), ("コーヒー", "i:"), ("まって", "e")])
def test_rhymes_are_by_the_last_vowel(word, rhyme):
    assert rhyme_of(morae(word)) == rhyme


def test_a_character_without_a_reading_is_named():
    with pytest.raises(BadInput, match="Write the word in kana"):
        CONDUCTOR.lyrics("𠮟𡈽の", "ja")
