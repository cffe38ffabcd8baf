"""New words lie on the tune that they were written for."""

from dataclasses import replace

import pytest
from carmina_words.drafts import new_words
from carmina_words.setting import set_to
from carmina_words.shape import english_pattern, form_of
from carmina_words.singing import stress_on_beats, tones_with_melody

from carmina import BadInput, Note, Poem, Score, SectionMark, Syllable, Track
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.theory import phrases_of, voiced

QUARTER = 480
TUNE = """X:1
T:Harbour wall
M:4/4
L:1/4
K:G
G A B c | d2 B2 | A A B A | G3 z |
G A B c | d2 B2 | A B A F | G3 z |]
"""


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture(scope="module")
def tune(conductor):
    return conductor.read(TUNE.encode(), ".abc", "Score")


@pytest.fixture(scope="module")
def sung(conductor, tune):
    return new_words(tune, "harbour.abc", ["lantern", "water"], "en", 1, 1, None, conductor)


def score_of(lengths, **rest):
    """A tune of so many quarters a note; a rest where the length is below 0."""
    notes, at = [], 0
    for length in lengths:
        ticks = abs(length) * QUARTER
        if length > 0:
            notes.append(Note(60 + len(notes) % 5, at, ticks))
        at += ticks
    return Score((Track(tuple(notes)),), **rest)


def test_every_note_of_the_tune_stays_where_it_is(tune, sung):
    def music(score):
        return [(n.pitch, n.onset_ticks, n.length_ticks) for n in score.sung_notes]

    assert music(sung.score) == music(tune)


def test_a_model_is_opened_once_however_many_drafts_are_written(conductor, tune, monkeypatch):
    opened, workshops = [], set()

    class Poet:
        def write(self, brief, workshop):
            workshops.add(workshop)
            workshop.model(None, "verse.piece", None)
            return Poem((("a lantern on the water",) * 4,), brief.form, "en")

    monkeypatch.setattr(conductor, "model", lambda *asked: opened.append(asked))
    monkeypatch.setattr(conductor, "get", lambda kind, name: Poet)
    monkeypatch.setattr("carmina_words.drafts.set_to", lambda score, *_: score)
    new_words(tune, "harbour.abc", ["lantern"], "en", 1, 3, None, conductor)
    assert opened == [(None, "verse.piece", None)] and len(workshops) == 1


def test_every_slot_sings_a_syllable_and_every_letter_is_sung(tune, sung):
    said = "".join(n.syllable.text for n in sung.score.sung_notes if n.syllable)
    assert "".join(filter(str.isalpha, said)) == "".join(filter(str.isalpha, "".join(sung.poem.lines)))
    assert all(n.syllable or n.continues for n in sung.score.sung_notes)


def test_the_same_seed_gives_the_same_words(conductor, tune, sung):
    again = new_words(tune, "harbour.abc", ["lantern", "water"], "en", 1, 1, None, conductor)
    assert again.text == sung.text and again.score == sung.score


def test_chinese_words_have_a_character_for_each_note(conductor, tune):
    made = new_words(tune, "harbour.abc", ["灯", "海"], "zh", 1, 1, None, conductor)
    characters = [c for c in made.text if "\u4e00" <= c <= "\u9fff"]
    assert len(characters) == len(tune.sung_notes) == sum(n.syllable is not None for n in made.score.sung_notes)


@pytest.mark.parametrize("lengths", [[1, 1, 1, 3, -1, 1, 1, 1, 3, -1], [1, 1, 1, 1, 4, 1, 1, 1, 1, 4]])
def test_phrases_end_with_rests_and_long_notes(lengths):
    phrases = phrases_of(score_of(lengths), "tune")
    assert len({len(p.slots) for p in phrases}) == 1 and len(phrases) == 2


def test_no_slot_is_lost_whatever_the_tune():
    for count in range(4, 40):
        score = score_of([1 + (n * n) % 3 for n in range(count)])
        phrases = phrases_of(score, "tune")
        assert [n for p in phrases for s in p.slots for n in s.notes] == list(score.sung_notes)


def test_a_chorus_that_comes_back_has_its_words_again(conductor):
    bar = [1, 1, 1, 1, 2, -2]
    marks = tuple(SectionMark(n * 8 * QUARTER, 8 * QUARTER, "chorus", "Chorus", "B") for n in range(2))
    score = score_of(bar * 2, sections=marks)
    phrases = phrases_of(score, "tune")
    form = form_of(phrases, "en")
    lines = [line for stanza in form.variants[""] for line in stanza]
    assert phrases[1].copies == 0 and lines[0].refrain == lines[1].refrain != ""


def test_strong_places_ask_for_stress():
    phrases = phrases_of(score_of([1] * 4 + [4] + [1] * 4 + [4]), "tune")
    assert english_pattern(phrases[0])[:4] == "+-+-"


def test_a_melisma_is_one_slot():
    first, second, third, *rest = score_of([1] * 8).sung_notes
    held = replace(second, continues=True)
    phrases = phrases_of(Score((Track((first, held, third, *rest)),)), "tune")
    assert len(phrases[0].slots[0].notes) == 2


def test_words_that_lie_well_are_told_from_words_that_do_not():
    phrases = phrases_of(score_of([1] * 4 + [4]), "tune")
    good, bad = [[1, 0, 1, 0, 1]], [[0, 1, 0, 1, 0]]
    assert stress_on_beats(phrases, good) == 1 and stress_on_beats(phrases, bad) == 0
    assert stress_on_beats(phrases, [[None] * 5]) is None
    rising = phrases_of(score_of([1] * 4), "tune")
    assert tones_with_melody(rising, [[3, 1, 1, 1]]) > tones_with_melody(rising, [[1, 3, 1, 3]])


def test_who_wrote_the_old_words_is_not_credited_with_the_new(conductor, tune):
    phrases = phrases_of(tune, "tune")
    credited = replace(tune, credits=("Words: A. Nobody", "Music: B. Nobody"))
    poem = Poem((tuple("la " * len(p.slots) for p in phrases),), language="en")
    assert set_to(credited, phrases, poem, conductor).credits == ("Music: B. Nobody",)


def test_a_line_of_another_length_is_slurred_or_split(conductor, tune):
    phrases = phrases_of(tune, "tune")
    lines = tuple("the lantern" if n == 0 else "la " * len(p.slots) for n, p in enumerate(phrases))
    score = set_to(tune, phrases, Poem((lines,), language="en"), conductor)
    assert [n.syllable.text for n in score.sung_notes if n.syllable][:3] == ["the", "lan", "tern"]


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (Score((Track((Note(60, 0, QUARTER),), "Piano", "piano"),)), "no voice to sing"),
        (score_of([1, 1]), "at least 4"),
        (score_of(([1] * 3 + [4, -1]) * 70), "at most 64"),
    ],
)
def test_what_cannot_be_sung_is_refused_in_a_line(score, said):
    with pytest.raises(BadInput, match=said):
        phrases_of(score, "tune.mid")


def test_a_track_of_single_notes_is_a_tune_and_chords_are_none():
    single = tuple(Note(60 + n, n * QUARTER, QUARTER) for n in range(8))
    chords = tuple(Note(60 + n % 2 * 4, n // 2 * QUARTER, QUARTER) for n in range(8))
    assert voiced(Score((Track(single, "Flute", "flute"),))).voice is not None
    assert voiced(Score((Track(chords, "Piano", "piano"),))).voice is None


def test_the_command_writes_every_format_or_nothing(tmp_path, capsys):
    path = tmp_path / "harbour.abc"
    path.write_text(TUNE, "utf-8")
    names = ["song.mid", "song.musicxml", "song.abc", "words.txt"]
    outputs = [part for name in names for part in ("-o", str(tmp_path / name))]
    assert run(["words", str(path), "--keywords", "lantern", "--drafts", "1", *outputs]) == 0
    assert all((tmp_path / name).stat().st_size for name in names)
    assert capsys.readouterr().err.endswith(f"wrote {', '.join(str(tmp_path / name) for name in names)}\n")
    back = Conductor().open(tmp_path / "song.musicxml", "Score")
    assert any(isinstance(note.syllable, Syllable) for note in back.sung_notes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--keywords", " , "], "no keywords"),
        (["--keywords", "sea", "--language", "fr"], "auto, en, zh"),
        (["sea", "-o", "harbour.abc"], "is what is read"),
    ],
)
def test_bad_options_are_told_in_one_line(tmp_path, arguments, said, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "harbour.abc"
    path.write_text(TUNE, "utf-8")
    assert run(["words", str(path), "--quiet", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
