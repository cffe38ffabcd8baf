"""A plan is shown, edited and followed; the seed draws it, the words shape it."""

from dataclasses import replace

import pytest
from carmina_melody.passes.piece import bar_units
from carmina_melody.planning.cells import built, cells_of
from carmina_melody.planning.following import guide_of
from carmina_melody.planning.idioms import idioms
from carmina_melody.planning.mood import minor_chance
from carmina_melody.planning.numerals import read
from carmina_melody.planning.progressions import BEFORE, ENDS, chords_of
from numpy.random import default_rng

from carmina import BadInput, Brief, Key, LinePlan
from carmina.theory import read_chord

WORDS = """[Verse]
The morning opens like a door,
And all the fields are white,

[Chorus]
Go on, go on, my heart,
Go on and do not turn.
"""
METRES = ("4/4", "3/4", "6/8", "2/4", "5/4", "9/8", "2/2", "3/8")


@pytest.fixture(scope="module")
def brief(conductor, tiny_model):
    return Brief(conductor.lyrics(WORDS), model=tiny_model, candidates=2, seed=3, style="pop")


@pytest.fixture(scope="module")
def plan(conductor, brief):
    return conductor.plan(brief)


def test_a_song_to_its_own_plan_is_the_song_that_would_have_been_written(conductor, brief, plan):
    assert conductor.compose(replace(brief, plan=plan)) == conductor.compose(brief)


def test_the_song_keeps_the_plan_that_it_was_written_to(conductor, brief, plan):
    assert conductor.compose(brief).plan == plan


def test_seeds_draw_other_plans_and_a_seed_draws_the_same(conductor, brief):
    plans = [conductor.plan(replace(brief, seed=seed)) for seed in (1, 2, 3, 3)]
    assert plans[2] == plans[3] and len({str(one) for one in plans}) == 3


def test_an_edited_plan_is_followed(conductor, brief, plan):
    lines = tuple(replace(line, bars=4, start=0.0) for line in plan.sections[0].lines)
    verse = replace(plan.sections[0], lines=lines, chords=("I", "bVII", "IV V", "iv"))
    score = conductor.compose(replace(brief, key="C", plan=replace(plan, sections=(verse, plan.sections[1]))))
    bar = score.metres[0].bar_ticks
    onsets = [n.onset_ticks - score.pickup_ticks for n in score.voice.notes if n.syllable]
    starts = [0, *(i + 1 for i, n in enumerate(x for x in score.voice.notes if x.syllable) if n.syllable.ends_line)]
    assert [onsets[at] for at in starts[:2]] == [0, 4 * bar]
    first = [(c.onset_ticks - score.pickup_ticks, c.symbol) for c in score.chords][:5]
    assert first == [(0, "C"), (bar, "Bb"), (2 * bar, "F"), (2 * bar + bar // 2, "G"), (3 * bar, "Fm")]


def test_a_plan_for_other_words_is_refused(conductor, brief, plan):
    other = conductor.lyrics("one two three\nfour five six\nseven eight nine")
    with pytest.raises(BadInput, match=r"tunes of \[2, 2\] lines, and these words need tunes of \[3\]"):
        conductor.compose(replace(brief, lyrics=other, plan=plan))


def test_a_plan_without_room_for_a_line_is_refused(conductor, brief, plan):
    crowded = replace(
        plan, metre="3/8", sections=tuple(replace(s, lines=tuple(LinePlan(1) for _ in s.lines)) for s in plan.sections)
    )
    lyrics = conductor.lyrics(WORDS.replace("morning", "extraordinarily unimaginable morning"))
    with pytest.raises(BadInput, match="too little time for"):
        conductor.compose(replace(brief, lyrics=lyrics, plan=crowded))


def test_a_pickup_for_which_the_line_before_has_no_room_is_refused(conductor, brief, plan):
    short = replace(plan.sections[0], lines=tuple(LinePlan(1) for _ in plan.sections[0].lines))
    early = replace(plan.sections[1], lines=(LinePlan(2, start=-4.0), LinePlan(2)))
    with pytest.raises(BadInput, match="too little time for"):
        conductor.compose(replace(brief, plan=replace(plan, metre="4/4", sections=(short, early))))


def test_a_numeral_that_is_none_is_refused(conductor, brief, plan):
    wrong = replace(plan, sections=(replace(plan.sections[0], chords=("I", "H7")), plan.sections[1]))
    with pytest.raises(BadInput, match="'H7' is no Roman numeral"):
        conductor.compose(replace(brief, plan=wrong))


def test_dark_words_are_set_in_minor_more_often_than_bright_ones(conductor):
    dark, bright = (
        conductor.lyrics("cold tears alone\nin the dark grave"),
        conductor.lyrics("joy and light\nin the merry morning"),
    )
    assert minor_chance(dark) > 2 * minor_chance(bright)


@pytest.mark.parametrize("mode", ["major", "minor"])
@pytest.mark.parametrize("idiom", idioms().values(), ids=lambda idiom: idiom.name)
def test_every_chord_of_an_idiom_is_a_chord_in_every_key(idiom, mode):
    texts = {chord for loop in idiom.loops.get(mode, ()) for chord in loop.replace("|", " ").split()}
    for seed in range(6):
        lines = tuple(LinePlan(2, cadence=cadence) for cadence in ("open", "deceptive", "open", "closed"))
        bars = chords_of(lines, idiom, mode, "4/4", default_rng(seed))
        assert len(bars) == 8
        texts |= {chord for bar in bars for chord in bar.split()}
    for text in texts:
        for fifths in range(-6, 7):
            chord, symbol = read(text, mode), read(text, mode).symbol(Key(fifths, mode))
            known = read_chord(symbol)
            assert known is not None, (text, symbol)
            assert (known.root.pitch_class - Key(fifths, mode).tonic) % 12 == chord.root


def test_every_step_of_the_phrases_leads_somewhere():
    for mode, table in BEFORE.items():
        for name in {n for steps in table.values() for n in steps} | {n for ends in ENDS[mode].values() for n in ends}:
            read(name, mode)


@pytest.mark.parametrize("metre", METRES)
@pytest.mark.parametrize("idiom", idioms().values(), ids=lambda idiom: idiom.name)
def test_a_cell_fills_a_bar(idiom, metre):
    for seed in range(3):
        assert len(built(idiom, metre, default_rng(seed))) == bar_units(metre) // 3
        for cell in cells_of(idiom, metre, 4.0, default_rng(seed), default_rng(seed + 9)):
            assert set(cell) <= set("x.") and "x" in cell


def test_a_guide_gives_each_stretch_its_own_bars(plan):
    section = replace(plan.sections[0], chords=("I", "IV", "V"), lines=tuple(LinePlan(2) for _ in range(4)))
    whole = guide_of(section, idioms()["pop"], "major", 0.6, 0, 4)
    parts = [guide_of(section, idioms()["pop"], "major", 0.6, first, first + 2) for first in (0, 2)]
    assert whole.chords == parts[0].chords + parts[1].chords and len(whole.chords) == 8
