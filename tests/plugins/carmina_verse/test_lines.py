"""Lines hold by construction: whoever chooses, at random even, ends with the form kept."""

import numpy as np
import pytest
from carmina_verse.chinese.stretch import ChineseStretch, StretchPlan, foresight
from carmina_verse.chinese.tokenizer import SIZE
from carmina_verse.cli.desk import revise, rhymes, scan
from carmina_verse.cli.verse import verse
from carmina_verse.english.automaton import Automaton, EnglishLine, LinePlan
from carmina_verse.english.lexicon import Sounds, resaid
from carmina_verse.english.rhymes import Rhymes
from carmina_verse.english.tokenizer import EnglishVerse
from carmina_verse.scansion.english import exceptions_of
from hypothesis import given, settings
from hypothesis import strategies as st

TOKENS = EnglishVerse()
SOUNDS = Sounds(TOKENS)
PATTERNS = st.sampled_from(["-+-+-+-+-+", "-+-+-+", "-+--+--+", "--+--+", "~~~~~", "~~~~~~~"])


def plan(pattern, letter="", pins=None, strict=False):
    return LinePlan(pattern, (1, 5, 1, 1), SOUNDS.common, SOUNDS.common, (",", "/"), letter, pins or {}, strict)


def walked(automaton, rng):
    """A line of ids that are drawn evenly from what is allowed."""
    line = EnglishLine(automaton, np.zeros(TOKENS.field_sizes[0], np.float32))
    while not line.done:
        line.take(int(rng.choice(np.flatnonzero(np.isfinite(line.logit_bias())))))
    return line


@settings(max_examples=25, deadline=None)
@given(PATTERNS, st.sampled_from(["", "m", "x", "z"]), st.booleans(), st.integers(0, 2**32 - 1))
def test_any_allowed_path_ends_with_the_metre_kept_and_the_letter_in_place(pattern, letter, strict, seed):
    automaton = Automaton(SOUNDS, plan(pattern, letter, strict=strict))
    if not automaton.possible:
        assert letter in "xz"
        return
    line = walked(automaton, np.random.default_rng(seed))
    stresses = [SOUNDS.words[word].stresses for word in reversed(line.words)]
    assert sum(map(len, stresses)) == len(pattern)
    assert "~" in pattern or exceptions_of(stresses, pattern) in ((), *([] if strict else [("inverted first foot",)]))
    assert not letter or SOUNDS.words[line.words[-1]].text.lstrip("'").startswith(letter)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["river", "moon", "golden", "farewell"]), st.integers(0, 2**32 - 1))
def test_a_pinned_word_stands_where_it_was_put(word, seed):
    number, rng = SOUNDS.index[word], np.random.default_rng(seed)
    places = np.flatnonzero(Automaton(SOUNDS, plan("-+-+-+-+-+")).fit[:, number])
    automaton = Automaton(SOUNDS, plan("-+-+-+-+-+", pins={int(rng.choice(places)): number}))
    assert number in walked(automaton, rng).words


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tokens_of_a_line_come_back_from_its_ids(seed):
    line = walked(Automaton(SOUNDS, plan("-+-+-+-+")), np.random.default_rng(seed))
    assert TOKENS.decode(TOKENS.encode(line.text)) == line.text


def test_a_rhyme_is_no_echo_and_its_class_has_partners_enough():
    rhymes = Rhymes(SOUNDS, SOUNDS.common, "classic")
    found = {
        SOUNDS.words[n].text for n in np.flatnonzero(rhymes.joining([SOUNDS.index["light"]], [SOUNDS.index["night"]]))
    }
    assert {"bright", "delight"} & found == {"bright"} and "night" not in found and "light" not in found
    opening = rhymes.opening(3, "-+-+-+-+", [])
    for word in np.flatnonzero(opening)[::50]:
        assert rhymes.partners(SOUNDS.rhyme_of[word]) >= 3


def test_no_small_word_ends_a_line():
    mask = Rhymes(SOUNDS, SOUNDS.common, "classic").unrhymed([])
    assert not any(mask[SOUNDS.index[word]] for word in ("the", "of", "and", "my"))


@pytest.mark.parametrize("seed", range(5))
def test_a_stretch_keeps_to_its_places_and_never_repeats_a_rhyme(seed):
    rng, masks = np.random.default_rng(seed), []
    for place in range(6):
        mask = np.zeros(SIZE, bool)
        mask[np.arange(3) + 10 * (place % 3)] = True
        masks.append(mask)
    hypothesis = ChineseStretch(
        StretchPlan(masks, np.ones((6, 5), int), frozenset((0, 3)), frozenset((2, 5))), np.zeros(SIZE, np.float32)
    )
    while not hypothesis.done:
        hypothesis.take(int(rng.choice(np.flatnonzero(np.isfinite(hypothesis.logit_bias())))))
    assert (
        all(mask[number] for mask, number in zip(masks, hypothesis.ids, strict=True))
        and hypothesis.ids[2] != hypothesis.ids[5]
    )


def test_only_places_before_a_narrow_one_are_looked_ahead_for():
    wide, narrow = np.ones(SIZE, bool), np.arange(SIZE) < 5
    assert list(foresight([wide, narrow, wide], lambda mask: np.zeros(SIZE))) == [0]


@pytest.mark.parametrize(
    ("setting", "text", "pair"),
    [("CARMINA_ACCENT", "british", ("door", "saw")), ("CARMINA_LEXICON", "door = saw\n", ("door", "saw"))],
)
def test_the_words_that_are_written_sound_as_the_settings_say(setting, text, pair, monkeypatch, tmp_path, conductor):
    english = conductor.get("language", "en")
    assert resaid(english(), TOKENS) == ()
    one, other = (SOUNDS.index[word] for word in pair)
    assert SOUNDS.rhyme_of[one] != SOUNDS.rhyme_of[other]
    if setting == "CARMINA_LEXICON":
        (tmp_path / "own.txt").write_text(text, "utf-8")
    monkeypatch.setenv(setting, text if setting == "CARMINA_ACCENT" else str(tmp_path / "own.txt"))
    sounds = Sounds(TOKENS, (), resaid(english(), TOKENS))
    one, other = (sounds.index[word] for word in pair)
    assert sounds.rhyme_of[one] == sounds.rhyme_of[other]
    assert len(sounds.words) == len(SOUNDS.words)


def test_every_command_that_makes_or_reads_verse_takes_the_settings_of_languages():
    assert all(command.speaks for command in (verse, scan, rhymes, revise))
