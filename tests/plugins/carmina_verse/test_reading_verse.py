"""Verse is read as its poets wrote it: elisions, rhymes of their time, odes, sizes that stand out; texts as they are
pasted."""

import pytest
from carmina_verse.formats.pasted import pasted
from carmina_verse.scansion.inference import diagnosed, read_line
from carmina_verse.scansion.inference.rhyme import RhymeReader
from carmina_verse.scansion.regulated import regulated
from carmina_verse.scansion.report import scan

from carmina import Poem

SHORT_FOURTH = [
    "The lantern burns beside the door,",
    "The rain has gone away to sleep,",
    "And no one walks along the shore",
    "Where waves are deep.",
    "I hear the clock upon the stair,",
    "The kettle and the little flame;",
    "I thought I heard her footstep there,",
    "I heard my name.",
    "I set a candle on the sill",
    "And left the window open wide;",
    "The garden and the road were still",
    "On every side.",
]
SIX_AMONG_FOURS = [
    SHORT[:]
    for SHORT in (
        ["The lantern burns beside the door,", "The rain has gone to sleep,"] * 2,
        ["I hear the clock upon the stair,", "The kettle and the flame;"] * 3,
        ["I set a candle on the sill", "And left the window wide;"] * 2,
    )
]
GALLOP = [
    "At the edge of the wood where the river runs wide",
    "There's a house with a lamp and a dog at its side,",
    "And the man of the house has a boat and a net,",
    "And he hasn't come home from the marketplace yet.",
    "He went down in the morning with barrels of fish,",
    "With a list from his wife and a coin for a wish,",
    "And the dog at the gate has been watching the track",
    "For the sound of the wheels that would carry him back.",
]


@pytest.fixture(scope="module")
def english(conductor):
    return conductor.get("language", "en")()


@pytest.mark.parametrize("word", ["seeing", "ruin", "quiet", "fallen", "stolen"])
def test_a_word_that_verse_makes_shorter_is_read_so_and_sung_whole(word, english):
    assert [len(way) for way in english.elided(word)] == [1]
    assert len(english.pronunciations(word)[0]) == 2
    line = read_line(english, f"The night, the {word}, the lantern and the rain")[("iambic", 5)]
    assert not line.licences and len(line.places) == 10


@pytest.mark.parametrize(
    ("one", "other"),
    [("appear", "there"), ("joined", "mind"), ("eyes", "paradise"), ("influence", "whence"), ("haste", "past")],
)
def test_rhymes_of_older_poets_are_licences(one, other, english):
    rhymes = RhymeReader(english)
    assert rhymes.kind(one, other) == rhymes.kind(other, one) in ("historical", "eye")


@pytest.mark.parametrize("one", ["window", "garden", "silver", "month", "angel", "purple", "chimney"])
@pytest.mark.parametrize("other", ["night", "love", "sea", "hand", "name", "river", "shadow", "eternity", "water"])
def test_what_never_rhymed_does_not(one, other, english):
    assert RhymeReader(english).kind(one, other) is None


def test_a_form_of_other_feet_is_not_named(conductor, english):
    found = diagnosed([SHORT_FOURTH[at : at + 4] for at in (0, 4, 8)], english, conductor.all("form"))
    assert found.shape.feet == (4, 4, 4, 2) and found.faults == ()
    assert found.form.partition(" ")[0] not in ("ballad", "common-metre")


def test_a_stanza_of_six_lines_among_those_of_four_keeps_the_pattern(conductor, english):
    found = diagnosed(SIX_AMONG_FOURS, english, conductor.all("form"))
    assert found.shape.name == "iambic 4.3" and not [d for d in found.deviations if d.kind == "metre"]


@pytest.mark.parametrize("at", range(len(GALLOP)))
def test_a_line_of_a_triple_metre_that_lost_two_syllables_is_told(at, conductor, english):
    assert diagnosed([GALLOP], english, conductor.all("form")).faults == ()
    words = GALLOP[at].split()
    lines = [*GALLOP[:at], " ".join([*words[:1], *words[3:]]), *GALLOP[at + 1 :]]
    found = diagnosed([lines], english, conductor.all("form"))
    assert any(d.line == at + 1 and d.kind == "metre" and not d.licence for d in found.deviations)


# ---- as people paste it


def test_a_poem_is_cleaned_as_a_lyric_sheet(conductor):
    text = "Verse 1:\n[G]The lantern [C]burns beside the door,\n  G   C\n**The** rain has gone to sleep,\nhttps://a.example/x\n"
    poem = conductor.read(text.encode(), ".txt", "Poem")
    assert poem.lines == ("The lantern burns beside the door,", "The rain has gone to sleep,")


def test_without_a_reader_of_lyric_sheets_a_poem_is_read_all_the_same(conductor):
    data = b"The lantern burns beside the door,\nThe rain has gone to sleep,\n"
    assert conductor.reader(".txt", "Poem")().read(data).lines == conductor.read(data, ".txt", "Poem").lines


@pytest.mark.parametrize(
    ("text", "title", "author", "lines"),
    [
        ("山行\n某甲\n云深不见路 石冷欲生烟\n独坐听松雨 归来又一年", "山行", "某甲", 4),
        ("山行\n云深不见路\n石冷欲生烟\n独坐听松雨\n归来又一年", "山行", "", 4),
        ("云深不见路\n石冷欲生烟\n独坐听松雨\n归来又一年", "", "", 4),
    ],
)
def test_verse_without_marks_is_cut_at_its_gaps(text, title, author, lines):
    found = pasted(text)
    assert (found.title, found.author, sum(map(len, found.stanzas))) == (title, author, lines)


def test_old_verse_that_rhymes_on_oblique_characters_is_no_faulty_regulated_verse(conductor):
    chinese = conductor.get("language", "zh")()
    found = regulated(["山深云不晓", "处处闻啼鸟", "一夜雨和风", "落花知几少"], chinese)
    assert found is not None and found.name == "五言古绝（仄韵）" and not found.deviations


def test_modern_speech_in_lines_of_five_is_not_held_against_old_rules(conductor):
    poem = Poem((("我在路上走", "走过了冬天", "你还在这里", "等着一个人"),), language="zh")
    report = scan(poem, conductor.all("form"), conductor.get("language", "zh")())
    assert "绝" not in report.form and not any("失" in remark for remark in report.remarks)
