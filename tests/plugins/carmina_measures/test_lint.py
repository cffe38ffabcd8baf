"""Every planted fault of singability is found, and its mend takes it away and keeps the words."""

import random
from dataclasses import replace

import pytest
from carmina_measures.lint.rules import KINDS, lint, mended, placed, weight
from faulty_songs import FAULTS, SUNG, notes_of, sheet, sound, tessitura, wide_leap, words
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_songs import song

from carmina import Line, Lyrics, Section, Syllable

GIVEN = {
    "crammed": Lyrics(
        (
            Section(
                (
                    Line(
                        (
                            Syllable("la"),
                            Syllable("mer", "begin", stress=1),
                            Syllable("ry", "end", stress=0),
                            Syllable("la"),
                        )
                    ),
                )
            ),
        ),
        "en",
    )
}


def faulty(kind):
    return sheet(FAULTS[kind](), lyrics=GIVEN.get(kind))


def sung(one):
    return "".join(n.syllable.text + n.syllable.after for n in one.notes if n.syllable)


def test_a_sound_song_has_nothing_to_stumble_over():
    assert lint(sheet(sound())) == []


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_found_and_says_where_and_what_to_do(kind):
    one = faulty(kind)
    found = [placed(one, p) for p in lint(one) if p.kind == kind]
    assert found, [p.kind for p in lint(one)]
    assert found[0].bar >= 1 and found[0].beat >= 1 and found[0].syllable and found[0].reason and found[0].fix


@pytest.mark.parametrize("kind", FAULTS)
def test_the_mend_takes_the_fault_away_and_keeps_every_word(kind):
    one = faulty(kind)
    after, done = mended(one)
    assert kind in [found.kind for found in done]
    assert kind not in [p.kind for p in lint(after)]
    assert weight(after) < weight(one) and sung(after) == sung(one)


@pytest.mark.parametrize("kind", sorted(set(FAULTS) - {"crammed"}))
def test_only_crammed_syllables_are_cut_others_stay_as_they_were(kind):
    one = faulty(kind)
    after, _ = mended(one)
    assert [n.syllable for n in after.notes if n.syllable] == [n.syllable for n in one.notes if n.syllable]


def test_a_crammed_note_becomes_one_note_a_syllable():
    after, _ = mended(faulty("crammed"))
    assert [(n.syllable.text, n.syllable.place) for n in after.notes[1:3]] == [("mer", "begin"), ("ry", "end")]
    assert after.notes[2].end_ticks == faulty("crammed").notes[1].end_ticks


def test_a_song_at_the_edge_of_the_voice_is_told_to_be_transposed():
    found = [p for p in lint(sheet(tessitura())) if p.kind == "tessitura"]
    assert len(found) == 1 and "transpose the song down" in found[0].fix and not found[0].mends


def test_a_range_given_is_the_singers():
    kinds = {p.kind for p in lint(sheet(sound(), compass=(62, 64)))}
    assert "out-of-range" in kinds and "out-of-range" not in {p.kind for p in lint(sheet(sound()))}


def given_words(*texts):
    return Lyrics((Section((Line(tuple(words(*texts))),)),), "en")


def test_missing_extra_and_other_words_are_told_apart():
    asked = given_words(*SUNG[:2], "'glad", *SUNG[2:4], "'tune", "of")
    found = {p.kind: p.reason for p in lint(sheet(sound(), lyrics=asked))}
    assert "glad" in found["missing-words"] and "tune" in found["other-words"] and "day" in found["extra-words"]


def test_words_as_given_are_no_problem():
    assert lint(sheet(sound(), lyrics=given_words(*SUNG))) == []


def test_only_the_kinds_asked_for_are_told_and_mended():
    one = faulty("wide-leap")
    assert {p.kind for p in lint(one, ["open-leap"])} <= {"open-leap"}
    assert mended(one, ["too-short"])[1] == []


def test_every_kind_that_is_found_is_described():
    assert set(FAULTS) | {"tessitura", "missing-words", "extra-words", "other-words", "overlap"} == set(KINDS)


def test_neither_silence_nor_one_note_is_a_problem():
    assert lint(sheet(song([]))) == [] and lint(sheet(song([60]))) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_the_song_mending_never_loses_a_letter_nor_makes_it_worse(seed):
    rng = random.Random(seed)
    size = rng.randrange(1, 24)
    syllables = [
        replace(rng.choice(words(*SUNG)), ends_line=rng.random() < 0.2, after=rng.choice(["", "", ","]))
        if at == 0 or rng.random() < 0.8
        else None
        for at in range(size)
    ]
    one = sheet(
        song(
            [rng.randrange(36, 92) for _ in range(size)],
            [rng.choice((0.1, 0.25, 0.5, 1, 1.5, 3)) for _ in range(size)],
            syllables,
            gaps=[rng.choice((0, 0, 0.5)) for _ in range(size)],
        )
    )
    after, done = mended(one)
    assert sung(after) == sung(one) and len(after.notes) == len(one.notes)
    assert weight(after) < weight(one) if done else after == one


def test_a_key_signature_that_no_key_has_hides_no_overlap_and_is_no_fault_of_ours():
    from carmina_measures.lint.overlaps import overlaps

    from carmina.conductor import Conductor

    score = sound()
    data = Conductor().render(score, ".mid")
    at = data.index(b"\xff\x59\x02")
    assert (
        overlaps(data, ".mid", score) == []
        and overlaps(data[: at + 3] + b"\x00\x90" + data[at + 5 :], ".mid", score) == []
    )


def test_a_long_song_is_tried_less_often_so_that_mending_ends(monkeypatch):
    from carmina_measures.lint import rules

    monkeypatch.setattr(rules, "MOST_HEARD", 1)
    monkeypatch.setattr(rules, "LEAST_TRIALS", 0)
    song, done = rules.mended(sheet(wide_leap()))
    assert done == [] and song.notes == notes_of(wide_leap())
