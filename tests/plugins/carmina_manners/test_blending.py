"""Between two tunes: the ends are the tunes, what lies between is a tune in the metre of the nearer one."""

import numpy as np
import pytest
from carmina_manners.blending.blend import Blender, on_the_sphere
from carmina_manners.blending.phrases import GridPhrase, grid_phrases
from carmina_manners.blending.tokenizer import END, SIZE, PhraseTokenizer, ids_of, phrase_of, rows_of
from carmina_manners.blending.turning import between
from carmina_manners.blending.walking import PhraseHypothesis

from carmina import BadInput, Note, Score, Track
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.testing import check_tokenizer

ONE = "X:1\nM:4/4\nL:1/4\nQ:1/4=90\nK:C\nC D E F | G2 E2 | F E D C | D4 | C D E F | G2 E2 | F E D B, | C4 |]\n"
OTHER = "X:1\nM:3/4\nL:1/4\nQ:1/4=120\nK:Am\nA2 B | c2 B | A2 G | E3 | E2 A | B2 c | B2 ^G | A3 |]\n"
PHRASES = [
    GridPhrase(0, ((0, 4), (2, 4), (4, 8))),
    GridPhrase(12, ((7, 2), (-5, 2), (24, 1), (0, 32)), "6/8", "minor"),
    GridPhrase(23, ((-12, 1), (-12, 1)), "7/8"),
]


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture(scope="module")
def sides(conductor):
    blender = Blender(conductor)
    return blender, *(blender.side(conductor.read(t.encode(), ".abc", "Score"), "x.abc") for t in (ONE, OTHER))


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_comes_back_from_its_ids(phrase):
    rows, chosen = rows_of(phrase)
    assert len(rows) == len(chosen) and chosen[-1] == END and max(chosen) < SIZE
    assert phrase_of(chosen[:-1], phrase.metre, phrase.mode) == phrase
    sizes = PhraseTokenizer.field_sizes
    assert all(0 <= value < size for row in rows for value, size in zip(row, sizes, strict=True))


def test_the_tokenizer_is_as_the_contract_says():
    check_tokenizer(PhraseTokenizer, PHRASES[0])


def test_what_is_fed_while_writing_is_what_was_learnt():
    walked = PhraseHypothesis("6/8", "minor", 64, 4)
    rows, chosen = rows_of(PHRASES[1])
    for row, one in zip(rows, chosen, strict=True):
        assert row[1:] == walked.context() and np.isfinite(walked.logit_bias()[one])
        walked.take(one)
    assert walked.done and walked.phrase == PHRASES[1] and ids_of(walked.phrase) == chosen


def test_the_ends_are_the_tunes_and_the_middle_is_another(sides):
    blender, one, other = sides
    assert blender.between(one, other, 0, 1) is one.score and blender.between(one, other, 1, 1) is other.score
    near, far = (blender.between(one, other, at, 1) for at in (0.25, 0.75))
    assert str(near.metres[0]) == "4/4" and str(far.metres[0]) == "3/4" and far.keys[0].mode == "minor"
    assert 90 < near.tempi[0].quarters_per_minute < far.tempi[0].quarters_per_minute < 120
    assert blender.between(one, other, 0.25, 1) == near and grid_phrases(near, "x")


@pytest.mark.parametrize("sizes", [(8, 8), (5, 12), (12, 3), (1, 4)])
def test_every_note_turns_once_on_the_way(sizes):
    one, other = (
        tuple((height, number + 1) for number in range(size)) for size, height in zip(sizes, (0, 7), strict=True)
    )
    path = [between(one, other, n / 20) for n in range(21)]
    assert path[0] == one and path[-1] == other
    kept, come = [[note for note in notes if note[0] == 0] for notes in path], [set(notes) - set(one) for notes in path]
    assert all(set(later) <= set(before) for before, later in zip(kept, kept[1:], strict=False))
    assert all(before <= later for before, later in zip(come, come[1:], strict=False))
    assert max(len(set(a) ^ set(b)) for a, b in zip(path, path[1:], strict=False)) <= max(4, sum(sizes) / 3)


def test_what_lies_between_two_draws_is_as_long_as_they_are():
    rng = np.random.default_rng(3)
    one, other = rng.normal(size=(2, 24)).astype(np.float32)
    lengths = [np.linalg.norm(on_the_sphere(one, other, at)) for at in (0, 0.25, 0.5, 0.75, 1)]
    least, most = sorted(map(np.linalg.norm, (one, other)))
    assert all(0.95 * least <= length <= 1.05 * most for length in lengths)
    assert np.allclose(on_the_sphere(one, other, 0), one) and np.allclose(on_the_sphere(one, one, 0.3), one)
    assert np.allclose(on_the_sphere(0 * one, other, 0.5), other / 2)


ASKED = [
    (["one.abc", "one.abc"], "one tune"),
    (["one.abc", "short.abc"], "notes to sing"),
    (["one.abc", "other.abc", "--at", "0.5", "--steps", "3"], "Leave one of them out"),
    (["one.abc", "other.abc", "--steps", "1"], "2 to 20"),
    (["one.abc", "other.abc", "-o", "one.abc"], "would lose it"),
]


@pytest.mark.parametrize(("arguments", "said"), ASKED)
def test_what_cannot_be_is_said_in_one_line(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    texts = {"one": ONE, "other": OTHER, "short": "X:1\nM:4/4\nL:1/4\nK:C\nC D|\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.abc").write_text(text)
    assert run(["blend", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and len(error.strip().splitlines()) == 1


def test_chords_without_a_voice_are_refused_in_a_line(sides):
    chords = tuple(Note(60 + n % 2 * 4, n // 2 * 480, 480) for n in range(24))
    with pytest.raises(BadInput, match="x.mid has no voice"):
        sides[0].side(Score((Track(chords, "Piano", "piano"),)), "x.mid")


def test_a_path_is_written_from_one_to_the_other(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in (("one", ONE), ("other", OTHER)):
        (tmp_path / f"{name}.abc").write_text(text)
    assert run(["blend", "one.abc", "other.abc", "--steps", "3", "-o", "path.mid"]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.mid")) == ["path-1.mid", "path-2.mid", "path-3.mid"]
    *told, wrote = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 3 and wrote == "wrote path-1.mid, path-2.mid, path-3.mid"
