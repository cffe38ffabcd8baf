"""Checked words: how they are cut, and where they are stressed."""

import pytest
from carmina_english.english import English

from carmina import BadInput, BadOption

# word as written -> syllables joined by hyphens (several words by spaces), stress digits in the same order
CHECKED = """
beautiful beau-ti-ful 100
heaven heav-en 10
heavenly heav-en-ly 100
every ev-ery 10
flower flow-er 10
fire fire 1
hour hour 1
prayer prayer 1
desire de-sire 01
iron i-ron 10
little lit-tle 10
table ta-ble 10
people peo-ple 10
happy hap-py 10
pretty pret-ty 10
open o-pen 10
over o-ver 10
never nev-er 10
ever ev-er 10
river riv-er 10
father fa-ther 10
mother moth-er 10
singing sing-ing 10
falling fall-ing 10
running run-ning 10
dancing danc-ing 10
loving lov-ing 10
mighty might-y 10
glory glo-ry 10
glorious glo-rious 10
nation na-tion 10
question ques-tion 10
evening eve-ning 10
woman wo-man 10
children chil-dren 10
around a-round 01
away a-way 01
begin be-gin 01
reply re-ply 01
between be-tween 01
rejoice re-joice 01
hallelujah hal-le-lu-jah 2010
alleluia al-le-lu-ia 2010
Hosanna Ho-san-na 010
being be-ing 10
someone some-one 12
lovely love-ly 10
piano pi-an-o 010
amazing a-maz-ing 010
wonderful won-der-ful 100
wandering wan-der-ing 100
trembling trem-bling 10
rhythm rhyth-m 10
didn't did-n't 10
BEAUTIFUL BEAU-TI-FUL 100
London Lon-don 10
colour col-our 10
saviour sav-iour 10
giveth giv-eth 10
lovest lov-est 10
heav'n heav'n 1
pow'r pow'r 1
ev'ry ev-'ry 10
wand'ring wan-d'ring 10
singin' sing-in' 10
o'er o'er 0
ne'er ne'er 0
'tis 'tis 0
th' th' 0
I'm I'm 0
lov'd lov'd 1
king's king's 1
mother's moth-er's 10
thee thee 0
thou thou 0
doth doth 0
hast hast 0
blessèd bless-èd 10
Noël No-ël 01
moonbeam moon-beam 12
whereon where-on 11
looove looove 1
well-known well_known 11
to-day to-day 01
beau-ti-ful beau-ti-ful 100
ev-er-y ev-er-y 100
fi-re fi-re 10
crown-ed crown-ed 10
T-shirt T_shirt 11
TV T-V 11
U.S.A. U_S_A 111
W dou-ble_u 101
Mr mis-ter 10
42 for-ty_two 101
1999 nine-teen_nine-ty_nine 11101
3rd third 1
$5 five_dol-lars 110
7:30 sev-en_thir-ty 1010
3.5 three_point_five 111
100% one_hun-dred_per-cent 11001
& and 0
""".split("\n")[1:-1]


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: row.split()[0])
def test_a_word_is_cut_as_printed_and_stressed_as_spoken(english, row):
    word, printed, stress = row.split()
    [syllables] = english.syllabify([word])
    got = "".join(s.text + ("_" if s.ends_word else "-") for s in syllables)[:-1]
    assert (got, "".join(str(s.stress) for s in syllables)) == (printed, stress)


@pytest.mark.parametrize(
    ("word", "rhymes"),
    [("read", ("bed", "seed")), ("lead", ("bed", "seed")), ("wind", ("kind", "sinned")), ("tear", ("bear", "fear")),
     ("bow", ("cow", "snow")), ("live", ("give", "five")), ("close", ("dose", "rose"))],
)  # fmt: skip
def test_a_word_of_two_sounds_rhymes_in_each_and_says_what_each_means(word, rhymes, english):
    assert all(english.rhymes_with(word, other) == "perfect" for other in rhymes)
    assert len({phones for phones, meaning in english.sounds(word) if meaning}) == 2


@pytest.mark.parametrize(("one", "other"), [("know it", "poet"), ("hit her", "glitter"), ("find her", "reminder")])
def test_words_that_lean_on_one_another_rhyme_with_one_word(one, other, english):
    assert english.rhymes_with(one, other) == "perfect" == english.rhymes_with(other, one)


@pytest.mark.parametrize("word", ["bed", "need", "freed", "red", "am", "us"])
def test_a_word_of_one_syllable_has_no_second_one(word, english):
    assert {len(way) for way in english.pronunciations(word)} == {1}


@pytest.mark.parametrize(("word", "least"), [("liberal", 2), ("mutual", 2), ("heavenly", 2), ("shadowy", 2)])
def test_weak_vowels_may_be_left_out(word, least, english):
    assert min(len(way) for way in english.pronunciations(word)) == least


def test_ones_own_pronunciations_come_first(monkeypatch, tmp_path):
    (tmp_path / "own.txt").write_text("# mine\ngif JH IH1 F\nAeryn = erin\nfire F AY1 ER0\n", "utf-8")
    monkeypatch.setenv("CARMINA_LEXICON", str(tmp_path / "own.txt"))
    english = English()
    assert english.phonemes("gif") == ("JH", "IH1", "F") and english.rhymes_with("gif", "stiff") == "perfect"
    assert english.phonemes("aeryn") == english.phonemes("erin") and english.knows("aeryn")
    assert [len(way) for way in english.pronunciations("fire")] == [2]


@pytest.mark.parametrize("line", ["gif", "gif JH", "gif JIF", "gif = zzzqqx = y", "= erin"])
def test_a_line_of_the_lexicon_that_says_nothing_is_refused_with_its_number(line, monkeypatch, tmp_path):
    (tmp_path / "own.txt").write_text(f"# mine\n{line}\n", "utf-8")
    monkeypatch.setenv("CARMINA_LEXICON", str(tmp_path / "own.txt"))
    with pytest.raises(BadInput, match="line 2 of the lexicon"):
        English()


def test_british_english_rhymes_without_its_r(monkeypatch):
    assert English().rhymes_with("pawn", "corn") is None
    monkeypatch.setenv("CARMINA_ACCENT", "british")
    british = English()
    assert british.rhymes_with("pawn", "corn") == "perfect" == british.rhymes_with("grass", "farce")
    monkeypatch.setenv("CARMINA_ACCENT", "martian")
    with pytest.raises(BadOption, match="american, british"):
        English()


def test_gone_rhymes_with_upon_and_with_dawn_to_british_ears_alone(english, monkeypatch):
    assert (english.rhymes_with("gone", "upon"), english.rhymes_with("gone", "dawn")) == ("perfect", "slant")
    monkeypatch.setenv("CARMINA_ACCENT", "british")
    assert type(english)().rhymes_with("gone", "dawn") == "perfect"


@pytest.mark.parametrize(
    ("word", "phones"),
    [("belov'd", "B IH0 L AH1 V D"), ("bless'd", "B L EH1 S T"), ("wanderèd", "W AA1 N D ER0 EH2 D")],
)
def test_what_poets_mark_is_said(word, phones, english):
    assert " ".join(english.phonemes(word)) == phones


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("carry us", "various", "perfect"),
        ("carry us", "aquarius", "perfect"),
        ("carry us", "marry us", "perfect"),
        ("follow it", "hollow it", "perfect"),
        ("tell us", "jealous", "perfect"),
        ("gave her", "favour", "perfect"),
        ("before us", "chorus", "perfect"),
        ("lose it", "lucid", None),
        ("catch her", "pitcher", None),
        ("carry us", "carry us", "identical"),
    ],
)
def test_ends_of_several_words_rhyme_in_any_of_their_readings(one, other, kind, english):
    assert english.rhymes_with(one, other) == english.rhymes_with(other, one) == kind
