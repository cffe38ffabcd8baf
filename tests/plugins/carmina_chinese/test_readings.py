from importlib.resources import files
from pathlib import Path

import pytest
from carmina_chinese.finals import final_of, rhyme_of, tone_of
from carmina_chinese.making.words import LEAST_COUNT, common_words
from carmina_chinese.readings import all_readings, is_classical, readings
from carmina_chinese.words import segment

DATA = Path(__file__).parent / "data"


def accuracy(chinese, name):
    """Share of the hand-checked polyphones of a file that are read rightly."""
    rows = [line.split() for line in (DATA / name).read_text("utf-8").splitlines() if line[0] != "#"]
    right = [chinese.pinyin(clause)[clause.index(character)] == reading for clause, character, reading in rows]
    return sum(right) / len(right)


def test_polyphones_are_read_rightly_in_context(chinese):
    assert accuracy(chinese, "polyphones.txt") == 1.0


def test_polyphones_of_known_poems_and_songs_are_read_rightly(chinese):
    assert accuracy(chinese, "polyphones_of_songs.txt") >= 0.97


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("月亮", "yue4 liang5"),
        ("孩子们", "hai2 zi5 men5"),
        ("天子", "tian1 zi3"),
        ("石头", "shi2 tou5"),
        ("妈妈", "ma1 ma5"),
    ],
)
def test_light_syllables_are_light(clause, wanted):
    assert readings(segment(clause)) == wanted.split()


def test_a_context_does_not_begin_inside_another_word():
    assert readings(segment("曾经沧海难为水"))[4] == "nan2"


def test_every_correction_names_a_character_of_its_context_and_a_reading():
    lines = (files("carmina_chinese") / "data" / "readings.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        character, reading, *contexts = line.split()
        assert tone_of(reading) and rhyme_of(reading), line
        assert contexts and all(c == "=" or character in c for c in contexts), line


def test_classical_lines_are_told_from_modern_ones():
    assert is_classical("床前明月光") and not is_classical("你是我的眼") and not is_classical("明月光")


def test_a_clause_is_the_sum_of_its_words():
    assert "".join(segment("我们·都有𠀀一个家")) == "我们·都有𠀀一个家"
    assert segment("") == []


@pytest.mark.parametrize(
    ("pinyin", "final", "rhyme"),
    [
        ("zhi1", "-i", "zhi"),
        ("yi1", "i", "i"),
        ("yu3", "v", "i"),
        ("yuan2", "van", "an"),
        ("wo3", "uo", "o"),
        ("wei4", "ui", "ei"),
        ("you3", "iu", "ou"),
        ("jun1", "vn", "en"),
        ("xue2", "ve", "ie"),
        ("lv4", "v", "i"),
        ("lve4", "ve", "ie"),
        ("er2", "er", "i"),
        ("xiong2", "iong", "eng"),
        ("weng1", "ueng", "eng"),
        ("ye4", "ie", "ie"),
        ("yin1", "in", "en"),
        ("ying2", "ing", "eng"),
        ("yong3", "iong", "eng"),
        ("gui4", "ui", "ei"),
        ("ri4", "-i", "zhi"),
        ("hello", None, None),
        ("", None, None),
    ],
)
def test_finals_and_rhyme_classes(pinyin, final, rhyme):
    assert (final_of(pinyin), rhyme_of(pinyin)) == (final, rhyme)


def test_every_reading_of_every_common_character_has_a_rhyme_class():
    for code in range(0x4E00, 0x9FA6):
        for reading in all_readings(chr(code)):
            assert rhyme_of(reading), (chr(code), reading)


def test_the_word_list_is_what_its_script_makes():
    kept = common_words(f"明月 {LEAST_COUNT} n\n少见 {LEAST_COUNT - 1} n\n一二三四五 999 i\n")
    assert kept == [("明月", LEAST_COUNT)]
    shipped = (files("carmina_chinese") / "data" / "words.txt").read_text("utf-8").splitlines()
    source = (files("jieba") / "dict.txt").read_text("utf-8")
    assert shipped == [f"{word} {count}" for word, count in common_words(source)]
