"""Slips of English are told, what poets and songs write is not."""

import pytest

SONG = """\
[Verse 1]
The kettle hums a borrowed tune,
The curtains lift and fall,
I left my boots beside the door,
My shadow on the wall.

[Chorus]
[G]So carry me over the [D]bridge tonight,
I'm gonna be fine by morning,
'Cause you been lovin' me all the while,
Ain't nobody gave us warning.
"""

OLD = """\
Thou hast a lantern in thy hand,
And o'er the moor thy footsteps go;
'Tis said that he who walketh there
Shall ne'er be warm, nor fear the snow.
"""

SLIPS = {  # a line with a slip -> the word that is told, and what stands first among the mends
    "The kettle hums a borowed tune,": ("borowed", "borrowed"),
    "The curtians lift and fall,": ("curtians", "curtains"),
    "I left my boots beside teh door,": ("teh", "the"),
    "I will recieve the letter soon,": ("recieve", "receive"),
    "They left there coats upon the chair,": ("there", "their"),
    "I think your going to be late,": ("your", "you're"),
    "The rain is colder then the snow,": ("then", "than"),
    "I should of told you long ago,": ("of", "have"),
    "It is to late to call you now,": ("to", "too"),
    "I walked into the the garden wall,": ("the", ""),
    "She sing in the kitchen every night,": ("sing", "sings"),
    "A apple fell upon the roof,": ("A", "An"),
    "I wrote it down in an book for you,": ("an", "a"),
    "We will meet again tonite,": ("tonite", "tonight"),
    "The lamp was low,, the night was long,": (",,", ","),
    "I waited by the gate , alone,": ("", ""),
    "And some body told me that you were gone,": ("some body", "somebody"),
    "You know your gonna miss the train,": ("your", "you're"),
    "I wonder whose gonna call me now,": ("whose", "who's"),
    "Its a long way down the road from here,": ("Its", "It's"),
    "She could of been a dancer then,": ("of", "have"),
    "I seen the harbor lights go out,": ("seen", "saw"),
    "They was waiting by the garden gate,": ("was", "were"),
    "The nighht was long, the road was cold,": ("nighht", "night"),
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_is_told_with_what_was_meant(found, line):
    findings = found("The house was quiet in the dark,\n" + line + "\n")
    word, meant = SLIPS[line]
    told = {f.word.strip(): (f.mends or ("",))[0].strip() for f in findings if f.line == 2}
    assert word in told and told[word] == meant, findings


def test_columns_point_at_the_word_as_it_stands(found):
    text = "[Am]I left my [C]boots beside teh door,\nand went to sleep.\n"
    (finding,) = [f for f in found(text) if f.kind == "spelling"]
    assert text.splitlines()[finding.line - 1][finding.start : finding.end] == "teh"


@pytest.mark.parametrize("text", [SONG, OLD], ids=["a song of today", "old verse"])
def test_what_poets_and_songs_write_is_no_slip(found, text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "line",
    ["Oh oh oh, na na na", "No no no, my baby baby", "Run run run away, hey hey", "Comin home, callin your name"],
)
def test_what_singers_double_and_clip_is_no_slip(found, line):
    assert not [f for f in found(f"The house was quiet in the dark,\n{line}\n") if f.line == 2]


def test_letters_for_words_are_told_and_letters_of_hidden_names_are_not(found):
    slips = found("I know u are the one for me,\nand Captain F—r—r was at sea.\n")
    assert [(f.line, f.word, f.mends[0]) for f in slips if f.kind == "spelling"] == [(1, "u", "you")]


def test_names_are_no_slips(found):
    assert not found("I met with Zorvath on the hill,\nAnd Zorvath asked about the mill.\n")


def test_labels_and_chords_are_no_words_and_a_title_is_read(found):
    text = (
        "# Teh Titel\n\n[Vesre 1]\n[Amaj7]The house was [C#m]quiet in the dark,\n[Chorsu]\nAnd no one heard the dog.\n"
    )
    assert not [f for f in found(text) if f.line in (3, 5)]
    assert [f.word for f in found(text) if f.line == 1] == ["Teh", "Titel"]


def test_words_of_the_users_own_are_right(found):
    text = "The snorfle sat upon the lawn,\nand snorfles danced till early dawn.\n"
    assert not found(text, "auto", frozenset({"snorfle", "snorfles"}))


def test_what_is_told_of_a_line_does_not_hang_on_its_capitals(found):
    low, high = (
        found(f"the house was quiet in the dark,\n{word} will recieve the letter soon,\n") for word in ("we", "We")
    )
    assert [(f.line, f.start, f.mends[:1]) for f in low] == [(f.line, f.start, f.mends[:1]) for f in high]


def test_a_line_of_another_language_is_not_spelt_as_english(found):
    text = "The boat was ready in the bay,\nLe facteur marche sous la pluie avec mettre,\nAnd evrybody sang along.\n"
    assert {f.line for f in found(text) if f.kind == "spelling"} == {3}
