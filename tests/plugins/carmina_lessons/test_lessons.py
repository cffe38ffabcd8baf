"""Every step can be answered, and what is wrong is told; nothing that a learner types is a traceback."""

import json

import pytest
from carmina_lessons import commands
from carmina_lessons.course import lesson_named, lessons, step_of
from carmina_lessons.feedback import MOST_LETTERS, SAID, feedback
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import BadInput, CarminaError, Note, Score, Syllable, Track
from carmina.cli.group import Shell, carmina

STEPS = [(lesson, n) for lesson in lessons().values() for n in range(1, len(lesson.steps) + 1)]
WRITTEN = [(lesson, n) for lesson, n in STEPS if lesson.steps[n - 1].check.kind != "song"]
BY_NAME = [f"{lesson.name}-{n}" for lesson, n in WRITTEN]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words, **more: CliRunner().invoke(carmina, ["lesson", *map(str, words)], obj=Shell(), **more)


@pytest.mark.parametrize(("lesson", "number"), WRITTEN, ids=BY_NAME)
def test_the_solution_of_a_step_is_right_and_the_other_is_told_why_it_is_not(conductor, lesson, number):
    step = step_of(lesson, number)
    assert feedback(lesson, step, step.solution, conductor).right
    told = feedback(lesson, step, step.wrong, conductor)
    assert not told.right and told.remarks and all("{" not in remark for remark in told.remarks)


@pytest.mark.parametrize(("lesson", "number"), WRITTEN, ids=BY_NAME)
def test_a_word_or_two_are_no_lines(conductor, lesson, number):
    step = step_of(lesson, number)
    if step.check.kind == "form":
        assert not feedback(lesson, step, "one two\nfour" if lesson.language == "en" else "一", conductor).right


@pytest.mark.parametrize("language", SAID)
def test_each_language_says_all_that_has_no_english_evaluator_behind_it(language):
    rest = {"slant", "identical", "not it"}
    assert set(SAID["en"]) - rest <= set(SAID[language])
    for key, text in SAID[language].items():
        fields = {part.split("}")[0] for part in text.split("{")[1:]}
        own = {part.split("}")[0] for part in SAID["en"].get(key, text).split("{")[1:]}
        assert own <= fields | own


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(WRITTEN), st.text(max_size=120))
def test_whatever_is_typed_is_answered_or_refused_in_a_line(conductor, at, answer):
    lesson, number = at
    try:
        told = feedback(lesson, step_of(lesson, number), answer, conductor)
        assert told.remarks
    except CarminaError as refused:
        assert "\n" not in str(refused).strip() or "\n" in answer


def test_an_answer_is_bounded(conductor):
    lesson = lesson_named("rhyme")
    for answer in ("a" * (MOST_LETTERS + 1), "a\n" * 50, " \n "):
        with pytest.raises(BadInput):
            feedback(lesson, step_of(lesson, 3), answer, conductor)


def test_steps_done_are_kept_and_the_next_one_is_shown(run, home):
    assert "1/5" in run("metre").output and "(0 of 5 steps done)" in run().output
    assert run("metre", "--text", "-+-+").exit_code == commands.MET
    assert "1/5" in run("metre").output
    assert run("metre", "--text", "-+-+-+-+").exit_code == 0
    assert "2/5" in run("metre").output and "(1 of 5 steps done)" in run().output
    (home / "lessons" / "done.json").write_bytes(b"\xff{")
    assert "1/5" in run("metre").output
    run("metre", "--text", "-+-+-+-+")
    run("--again")
    assert "1/5" in run("metre").output


def test_programs_are_told_the_same(run):
    listed = json.loads(run("--json").output)
    assert [one["name"] for one in listed] == list(lessons())
    step = json.loads(run("metre", "--step", 2, "--json").output)
    assert step["kind"] == "form" and step["of"] == 5
    told = json.loads(run("metre", "--step", 2, "--text", "la", "--json").output)
    assert not told["right"] and told["remarks"]


def test_answers_come_from_files_and_standard_input(run, tmp_path):
    tmp_path.joinpath("mine.txt").write_text("We rowed across the lake at dawn,")
    assert run("metre", "--step", 2, "--answer", "mine.txt").exit_code == 0
    assert run("metre", "--step", 2, "--answer", "-", input="We rowed across the lake at dawn,").exit_code == 0
    tmp_path.joinpath("odd.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("odd.txt", "none.txt", "."):
        assert isinstance(run("metre", "--step", 2, "--answer", name).exception, BadInput)
    assert isinstance(run("metre", "--text", "a", "--answer", "mine.txt").exception, BadInput)


def test_at_a_terminal_a_lesson_asks_until_it_is_done_or_left(run, monkeypatch, conductor):
    said, answers = [], iter(["+-", "?", "-+-+-+-+", ""])
    monkeypatch.setattr(commands.click, "echo", lambda text="", **_more: said.append(text))
    monkeypatch.setattr(commands, "_typed", lambda: next(answers))
    context = commands.click.Context(commands.lesson)
    commands._converse(context, conductor, commands.Progress(conductor), lesson_named("metre"), 1)
    assert sum("1/5" in text for text in said) == 3 and sum("2/5" in text for text in said) == 1


def song(*rows):
    """Syllables with their stress, each on a note of so many quarters."""
    at, notes = 0, []
    for text, stress, quarters, pitch in rows:
        notes.append(Note(pitch, at, int(480 * quarters), Syllable(text, stress=stress, language="en")))
        at += int(480 * quarters)
    return Score((Track(tuple(notes)),), language="en")


def test_a_song_is_linted_and_measured(run, conductor, tmp_path):
    good = [(word, stress, 1, 67) for _ in range(2) for word, stress in (("love", 1), ("the", 0), ("sea", 1), ("a", 0))]
    tmp_path.joinpath("good.musicxml").write_bytes(conductor.render(song(*good), ".musicxml"))
    done = run("underlay", "--step", 3, "--answer", "good.musicxml")
    assert done.exit_code == 0, done.output
    bad = [(text, stress, 1, 127) for text, stress, _quarters, _pitch in good]
    tmp_path.joinpath("bad.musicxml").write_bytes(conductor.render(song(*bad), ".musicxml"))
    assert run("underlay", "--step", 3, "--answer", "bad.musicxml").exit_code == commands.MET
    bare = Score((Track((Note(60, 0, 480),)),))
    tmp_path.joinpath("bare.mid").write_bytes(conductor.render(bare, ".mid"))
    assert "no words" in run("underlay", "--step", 3, "--answer", "bare.mid").output
    assert isinstance(run("underlay", "--step", 3, "--answer", "x.doc").exception, BadInput)
