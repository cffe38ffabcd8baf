"""Poems become songs: the sections that a style has, the stanzas that they need, one budget of syllables."""

from dataclasses import replace

import pytest
from carmina_songs.plan import plan_of, shorter
from carmina_songs.poem import SongPoemWriter
from carmina_songs.words import SongWordsWriter

from carmina import BadInput, BadOption, NoSolution, Poem, SongBrief, UnknownEntry

POPULAR = ("verse", "chorus", "verse", "chorus", "bridge", "chorus")


def poem_of(workshop, **asked):
    return SongPoemWriter().write(SongBrief(("moon",), **{"form": "ballad", "style": "popular", **asked}), workshop)


def words_of(workshop, poem, **asked):
    return SongWordsWriter().write(SongBrief(("moon",), poem=poem, **{"style": "popular", **asked}), workshop)


def texts(section):
    return [line.text for line in section.lines]


def test_a_song_has_the_sections_of_its_style_and_every_stanza_is_sung(workshop):
    poem = poem_of(workshop)
    sheet = words_of(workshop, poem)
    assert tuple(section.kind for section in sheet.sections) == POPULAR
    assert [s.label for s in sheet.sections] == ["Verse 1", "Chorus", "Verse 2", "Chorus", "Bridge", "Chorus"]
    assert len(poem.stanzas) == 4
    assert {tuple(texts(section)) for section in sheet.sections} == set(poem.stanzas)


def test_the_chorus_is_one_text_and_the_stanza_that_says_most_of_the_keywords(workshop):
    stanzas = (("one la la",), ("the moon is here",), ("two la la",), ("three la la",))
    sheet = words_of(workshop, Poem(tuple(s * 4 for s in stanzas), "ballad", "en"))
    choruses = [texts(section) for section in sheet.sections if section.kind == "chorus"]
    assert choruses == [["the moon is here"] * 4] * 3


def test_a_style_may_say_its_sections_and_a_person_before_it(workshop):
    assert [s.kind for s in words_of(workshop, poem_of(workshop, style="odd"), style="odd").sections] == [
        "bridge",
        "verse",
    ]
    asked = {"style": "odd", "sections": ("verse", "outro")}
    assert [s.kind for s in words_of(workshop, poem_of(workshop, **asked), **asked).sections] == ["verse", "outro"]


def test_short_stanzas_are_joined_to_sections_of_some_length(workshop):
    poem = poem_of(workshop, form="couplets", sections=("verse", "verse"))
    assert len(poem.stanzas) == 4
    assert [len(s.lines) for s in words_of(workshop, poem, sections=("verse", "verse")).sections] == [4, 4]


def test_a_form_of_one_stanza_gives_a_poem_for_each_section_from_one_seed(workshop, asked):
    poem = poem_of(workshop, form="limerick", sections=("verse", "chorus", "verse", "chorus"), seed=2**32 - 1)
    assert len(poem.stanzas) == 3 == len(set(poem.stanzas))
    assert all(0 <= brief.seed < 2**32 for brief in asked) and asked[0].stanzas is None


def test_a_last_stanza_of_its_own_shape_is_the_chorus_or_closes_the_song(workshop):
    poem = poem_of(workshop, form="sonnet")
    assert [s.kind for s in words_of(workshop, poem).sections] == ["verse", "chorus"] * 3
    assert [s.kind for s in words_of(workshop, poem, style="hymn").sections] == ["verse", "verse", "verse", "outro"]


def test_chinese_keywords_give_a_chinese_song_with_chinese_labels(workshop):
    poem = SongPoemWriter().write(SongBrief(("月",), style="popular"), workshop)
    assert poem.form == "七绝"
    assert [s.label for s in words_of(workshop, replace(poem, stanzas=(("月光光照地堂",),) * 4)).sections][:2] == [
        "主歌 1",
        "副歌",
    ]


@pytest.mark.parametrize("budget", [14, 28, 42, 60, 84, 1000])
def test_no_more_syllables_are_sung_than_the_budget_allows(workshop, budget):
    sheet = words_of(workshop, poem_of(workshop, syllables=budget), syllables=budget)
    sung = sum(len(line.words) for section in sheet.sections for line in section.lines)
    assert sung <= budget and (sung == min(84, budget // 14 * 14))


def test_a_budget_that_holds_no_section_is_refused(workshop):
    with pytest.raises(NoSolution, match="a section of ballad has 14 syllables, and --syllables allows 13"):
        poem_of(workshop, syllables=13)


def test_a_plan_loses_its_bridge_first_and_never_its_opening():
    assert shorter(POPULAR) == ("verse", "chorus", "verse", "chorus", "chorus")
    assert shorter(shorter(POPULAR)) == ("verse", "chorus", "verse", "chorus")
    kinds = POPULAR
    while len(kinds) > 1:
        assert kinds[0] == "verse"
        kinds = shorter(kinds)


def test_words_with_labels_of_their_own_are_taken_as_they_are(workshop):
    sheet = workshop.sheet(b"[Chorus]\nla la\n\n[Verse 1]\nlo lo")
    assert SongWordsWriter().write(SongBrief(words=sheet), workshop) is sheet


def test_words_without_labels_get_the_sections_where_the_stanzas_are_enough(workshop):
    sheet = workshop.sheet("\n\n".join(f"la la {w}" for w in ("one", "two", "three", "four")).encode())
    made = SongWordsWriter().write(SongBrief(words=sheet, style="popular"), workshop)
    assert tuple(s.kind for s in made.sections) == POPULAR
    made = SongWordsWriter().write(SongBrief(words=workshop.sheet(b"la la"), style="popular"), workshop)
    assert [s.kind for s in made.sections] == ["verse"]


def test_other_names_of_a_form_do_and_unknown_ones_are_refused_by_name(workshop):
    assert plan_of(SongBrief(style="popular"), workshop.styles["popular"], workshop.all("form")["ballad"]).stanzas == 4
    assert poem_of(workshop, form="Common").form == "ballad"
    with pytest.raises(UnknownEntry, match="no form called 'balad'. Did you mean 'ballad'"):
        poem_of(workshop, form="balad")
    with pytest.raises(UnknownEntry, match="no language of verse called 'de'"):
        poem_of(workshop, form=None, language="de")
    with pytest.raises(BadInput, match="no keywords"):
        SongPoemWriter().write(SongBrief(), workshop)
    with pytest.raises(BadOption, match="--sections: got 25"):
        poem_of(workshop, sections=("verse",) * 25)
