"""The writer's promises, with a network that knows nothing: only the rules can keep them."""

import re
from dataclasses import replace

import pytest
from carmina_melody.harmony_marks import spread
from carmina_melody.passes.vocabulary import TICKS_PER_UNIT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadOption, Brief, Line, Lyrics, Section, Syllable

TEXT = """[Verse 1]
The morning opens like a door,
And all the fields are white,
The road I never walked before
Is waiting in the light.

[Chorus]
Go on, go on, my heart,
Go on and do not turn.

[Verse 2]
The evening closes like a hand,
And lays the wind to rest,
And I have come into the land
That I have loved the best.

[Chorus]
"""


@pytest.fixture(scope="module")
def lyrics(conductor):
    return conductor.lyrics(TEXT)


@pytest.fixture(scope="module")
def compose(conductor, tiny_model):
    def run(lyrics, **asked):
        return conductor.compose(Brief(lyrics, model=tiny_model, **{"candidates": 2, "seed": 1, **asked}))

    return run


def sung(score):
    return [note.syllable for note in score.voice.notes if note.syllable]


def holds(score, lyrics):
    """Every promise that no choice may break."""
    words = [(s.text, s.place, s.ends_line) for s in lyrics.syllables]
    assert [(s.text, s.place, s.ends_line) for s in sung(score)] == words
    notes = score.voice.notes
    assert all(a.end_ticks <= b.onset_ticks for a, b in zip(notes, notes[1:], strict=False))
    assert all(n.onset_ticks % TICKS_PER_UNIT == 0 == n.length_ticks % TICKS_PER_UNIT for n in notes)
    assert score.sections[-1].onset_ticks + score.sections[-1].length_ticks >= score.end_ticks
    bar = score.metres[0].bar_ticks
    total = score.sections[-1].onset_ticks + score.sections[-1].length_ticks
    assert (total - score.pickup_ticks) % bar == 0


@pytest.mark.parametrize("metre", ["4/4", "3/4", "2/4", "6/8", "2/2", "9/8", "3/2", "5/4"])
def test_every_syllable_is_sung_once_in_order_in_every_metre(compose, lyrics, metre):
    score = compose(lyrics, metre=metre)
    holds(score, lyrics)
    assert str(score.metres[0]) == metre


def test_the_same_brief_gives_the_same_score_and_another_seed_another(compose, lyrics):
    assert compose(lyrics, seed=5) == compose(lyrics, seed=5)
    assert compose(lyrics, seed=5).voice.notes != compose(lyrics, seed=6).voice.notes


def test_the_voice_stays_in_its_range_and_a_hymn_closes_on_the_tonic(compose, lyrics):
    for seed in range(4):
        score = compose(lyrics, range=(57, 69), seed=seed, style="hymn")
        assert all(57 <= note.pitch <= 69 for note in score.voice.notes)
        assert score.voice.notes[-1].pitch % 12 == score.keys[0].tonic


def test_no_leap_is_wider_than_an_octave_inside_a_tune(compose, lyrics):
    notes = compose(lyrics, strophic=False).voice.notes
    ends = {n.onset_ticks for n in notes if n.syllable and n.syllable.ends_line}
    assert all(
        abs(a.pitch - b.pitch) <= 12 for a, b in zip(notes, notes[1:], strict=False) if a.onset_ticks not in ends
    )


def pitches_in(score, index):
    mark = score.sections[index]
    return [
        (n.pitch, n.onset_ticks - mark.onset_ticks, n.length_ticks)
        for n in score.voice.notes
        if mark.onset_ticks <= n.onset_ticks < mark.onset_ticks + mark.length_ticks
    ]


def test_a_repeated_chorus_is_the_same_music(compose, lyrics):
    for strophic in (True, False):
        score = compose(lyrics, strophic=strophic)
        assert pitches_in(score, 1) == pitches_in(score, 3)


def test_verses_of_equal_shape_share_a_tune_unless_through_composed(compose, lyrics):
    score = compose(lyrics)
    assert [m.melody for m in score.sections] == ["A", "B", "A", "B"] and [m.verse for m in score.sections] == [
        1,
        1,
        2,
        2,
    ]
    assert pitches_in(score, 0) == pitches_in(score, 2)
    apart = compose(lyrics, strophic=False)
    assert [m.melody for m in apart.sections] == ["A", "B", "C", "B"]


def test_given_key_mode_tempo_and_chords_are_kept(compose, lyrics):
    score = compose(lyrics, key="F# minor", mode="minor", tempo_bpm=72.0, chords=("F#m", "D", "A", "E"), metre="4/4")
    assert (score.keys[0].fifths, score.keys[0].mode) == (3, "minor")
    assert score.tempi[0].quarters_per_minute == 72
    assert {chord.symbol for chord in score.chords} <= {"F#m", "D", "A", "E"}
    bars = [(c.onset_ticks - score.pickup_ticks) % 1920 for c in score.chords]
    assert bars == [0] * len(bars) and score.chords[0].symbol == "F#m"


def test_chords_over_the_words_are_kept(compose, conductor):
    score = compose(conductor.lyrics("[C]Over the [G7]hills I [C]go,\n[F]Over the [C]hills and [G]home"))
    assert {chord.symbol for chord in score.chords} <= {"C", "G7", "F", "G"} and len(score.chords) > 1


CHORDED = (
    "[C]Row [G]me [F]home [C/E] [Dm]row me [G7]home, [C]love [F] [C]",
    "[Am]beau[Dm]ti[G]ful [N.C.]rain is [E7]fall[E7b9]ing [Am]down [G] [F]\n[Dm]all a[C]round the [G]sleeping [C]town",
    "[Em7]月[A7]亮[D]代[G]表我的[Am]心[D7]\n[Bm]你问我[Em]爱[Am7]你[D7] [G]有多深",
)


@pytest.mark.parametrize("text", CHORDED)
@pytest.mark.parametrize("metre", ["3/4", "4/4", "6/8"])
def test_every_chord_of_the_author_sounds_with_its_syllable_those_after_it_before_the_next(
    compose, conductor, text, metre
):
    score = compose(conductor.lyrics(text), metre=metre)
    assert [chord.symbol for chord in score.chords] == re.findall(r"\[([^\]]*)\]", text)
    sung = [note for note in score.sung_notes if note.syllable]
    for note, after in zip(sung, [*sung[1:], None], strict=True):
        until = after.onset_ticks if after else 10**9
        here = [chord for chord in score.chords if note.onset_ticks <= chord.onset_ticks < until]
        own = note.syllable.chord
        assert [c.symbol for c in here] == [*([own] if own else []), *note.syllable.more_chords]
        assert not own or here[0].onset_ticks == note.onset_ticks


@given(st.integers(0, 5000), st.integers(1, 4000), st.integers(1, 9), st.sampled_from([240, 480, 720, 960]))
def test_things_are_spread_in_order_within_their_time(start, length, many, beat):
    length = max(length, many)
    ticks = spread(start, start + length, many, beat, origin=240)
    assert ticks[0] == start and ticks == sorted(set(ticks)) and ticks[-1] < start + length and len(ticks) == many


def test_asked_for_melismas_are_sung(compose, conductor):
    lyrics = conductor.lyrics("Glo__-ri-a in ex-cel-sis De_-o", "la")
    score = compose(lyrics, candidates=3)
    holds(score, lyrics)
    runs, notes = {}, score.voice.notes
    for note in notes:
        key = len(runs) if note.syllable else len(runs) - 1
        runs[key] = runs.get(key, 0) + 1
    for count, syllable in zip(runs.values(), lyrics.syllables, strict=True):
        assert count >= 1 + syllable.extra_notes


@pytest.mark.parametrize(
    "text",
    [
        "Oh",
        "la la la la",
        "明月几时有\n把酒问青天",
        "strength " * 60,
        "a\n\nb\n\nc",
        "Ich ging im Walde so für mich hin",
        "one\n" * 30,
    ],
)
@pytest.mark.filterwarnings("ignore::carmina.errors.LanguageWarning")  # a, b and c speak for no language
def test_odd_words_are_sung_whole(compose, conductor, text):
    lyrics = conductor.lyrics(text)
    holds(compose(lyrics), lyrics)


WORD = st.lists(st.integers(0, 1), min_size=1, max_size=4)


@st.composite
def random_lyrics(draw):
    """Sections of lines of words of random stress; any shape a person may paste."""
    sections = []
    for _section in range(draw(st.integers(1, 3))):
        lines = []
        for _line in range(draw(st.integers(1, 3))):
            words = draw(st.lists(WORD, min_size=1, max_size=6))
            lines.append(Line(tuple(_syllables(words, draw(st.booleans())))))
        sections.append(Section(tuple(lines), draw(st.sampled_from(["verse", "chorus"]))))
    return Lyrics(tuple(sections), "en")


def _syllables(words, stop):
    flat = []
    for word in words:
        places = ["single"] if len(word) == 1 else ["begin", *["middle"] * (len(word) - 2), "end"]
        flat += [Syllable("la", place, stress) for place, stress in zip(places, word, strict=True)]
    flat[-1] = replace(flat[-1], ends_line=True, after="." if stop else "")
    return flat


@given(random_lyrics(), st.integers(0, 2**32 - 1), st.sampled_from(["4/4", "3/4", "6/8"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lyrics_are_sung_whole(compose, lyrics, seed, metre):
    holds(compose(lyrics, seed=seed, metre=metre), lyrics)


def test_a_range_too_narrow_for_a_tune_is_refused(compose, lyrics):
    with pytest.raises(BadOption, match="3 semitones.*at least 7"):
        compose(lyrics, range=(60, 63))


@pytest.mark.parametrize("decoder", ["greedy", "nucleus", "top-k", "min-p", "beam"])
def test_every_decoder_keeps_the_promises(compose, lyrics, decoder):
    holds(compose(lyrics, decoder=decoder), lyrics)


def test_more_candidates_never_lose_a_syllable_and_one_is_enough(compose, lyrics):
    for candidates in (1, 5):
        holds(compose(lyrics, candidates=candidates), lyrics)


def test_four_hundred_lines_are_sung_whole(compose):
    line = Line(tuple(Syllable(f"la{n}", "single", n % 2, ends_line=n == 3) for n in range(4)))
    lyrics = Lyrics(tuple(Section((line,) * 4) for _ in range(100)), "en")
    assert len(sung(compose(lyrics))) == 1600
