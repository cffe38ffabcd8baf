"""``carmina compose``: lyrics in, files out, the choices told on stderr."""

import os
import re
import signal
import subprocess
import sys

import pytest

from carmina import BadInput, Brief, Writer
from carmina.cli import plans, progress


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("the love\n\nyou baby\n", encoding="utf-8")
    return path


def test_a_file_of_words_becomes_a_file_of_each_format(run, words, tmp_path):
    done = run("compose", words, "-o", tmp_path / "a.mid", "-o", tmp_path / "b.MIDI", "--seed", 0)
    assert done.status == 0 and done.out == ""
    assert (
        (tmp_path / "a.mid").read_bytes()
        == (tmp_path / "b.MIDI").read_bytes()
        == b"MThdthe:60 love:61 you:62 baby:63\n"
    )
    assert done.err.splitlines() == [
        "seed 0: C major, 4/4, 96 quarters a minute, 1 bar, 4 syllables, language en, style song",
        f"wrote {tmp_path / 'a.mid'}, {tmp_path / 'b.MIDI'}",
    ]


def test_without_an_output_the_song_is_printed(run, words):
    done = run("compose", words, "--seed", 0)
    assert done.out == "the:60 love:61 you:62 baby:63\n" and done.err.startswith("seed 0: ")


def test_words_come_from_standard_input_or_an_option_too(run, words):
    by_file = run("compose", words, "--seed", 5).out
    assert run("compose", "-", "--seed", 5, stdin=words.read_bytes()).out == by_file
    assert run("compose", "--text", words.read_text(), "--seed", 5).out == by_file


def test_the_seed_drawn_is_printed_and_gives_the_same_song_again(run, words):
    drawn = run("compose", words)
    seed = int(re.match(r"seed (\d+):", drawn.err)[1])
    assert 0 <= seed < 2**32
    assert run("compose", words, "--seed", seed).out == drawn.out


def test_two_draws_differ(run, words):
    seeds = {run("compose", words).err.split(":")[0] for _ in range(4)}
    assert len(seeds) == 4


def test_quiet_says_nothing(run, words):
    assert run("compose", words, "--quiet").err == ""


def test_every_option_reaches_the_writer(run, doors):
    briefs = []

    class Spy(Writer):
        name, summary, takes, gives = "melody", "keeps the brief", "Lyrics", "Score"

        def write(self, brief, workshop):
            briefs.append(brief)
            raise KeyboardInterrupt

    fakes = doors.fakes()
    fakes.plugin.carmina_writers = doors.plugin(writer=[Spy]).carmina_writers
    status = run(
        "compose",
        "--text",
        "the love",
        "--language",
        "de",
        "--style",
        "hymn",
        "--key",
        "f# minor",
        "--metre",
        "3/4",
        "--tempo",
        "72",
        "--range",
        "C4-E5",
        "--chords",
        "C G",
        "--through-composed",
        "--seed",
        9,
        "--candidates",
        3,
        "--temperature",
        0.5,
        "--decoder",
        "greedy",
        "--model",
        "mine",
        "--network",
        "lstm",
        points=[fakes],
    ).status
    assert status == 130
    assert briefs == [
        Brief(
            briefs[0].lyrics,
            style="hymn",
            key="F# minor",
            mode="minor",
            metre="3/4",
            tempo_bpm=72.0,
            range=(60, 76),
            chords=("C", "G"),
            strophic=False,
            seed=9,
            candidates=3,
            temperature=0.5,
            decoder="greedy",
            model="mine",
            network="lstm",
        )
    ]
    assert briefs[0].lyrics.language == "de"


def test_what_is_not_asked_is_left_open(run, doors):
    briefs = []

    class Spy(Writer):
        name, summary, takes, gives = "melody", "keeps the brief", "Lyrics", "Score"

        def write(self, brief, workshop):
            briefs.append(brief)
            raise KeyboardInterrupt

    fakes = doors.fakes()
    fakes.plugin.carmina_writers = doors.plugin(writer=[Spy]).carmina_writers
    run("compose", "--text", "the love", "--mode", "minor", points=[fakes])
    assert briefs == [Brief(briefs[0].lyrics, mode="minor", seed=briefs[0].seed)]


def test_progress_is_drawn_where_a_person_is_looking_and_wiped(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.progress_bar() as report:
        report(0.5, "composing")
    drawn = capsys.readouterr().err
    assert f"[{'#' * 15}{'.' * 15}]  50% composing" in drawn and drawn.endswith("\r\x1b[K")


@pytest.mark.parametrize(("wanted", "terminal"), [(True, False), (False, True)])
def test_no_progress_is_drawn_elsewhere(monkeypatch, wanted, terminal):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    with progress.progress_bar(wanted) as report:
        assert report is None


def writer_that(raises):
    class Failing(Writer):
        name, summary, takes, gives = "melody", "fails", "Lyrics", "Score"

        def write(self, brief, workshop):
            raises()

    return Failing


def interrupt():
    raise KeyboardInterrupt


def stumble():
    raise ZeroDivisionError("division\nby zero")


def terminate():
    os.kill(os.getpid(), signal.SIGTERM)


def closed_pipe():
    raise BrokenPipeError


@pytest.mark.parametrize(
    ("raises", "status", "error"),
    [
        (interrupt, 130, "\n"),  # so that the prompt stands on a line of its own
        (terminate, 143, ""),
        (closed_pipe, 1, ""),
        (
            stumble,
            1,
            "Error: ZeroDivisionError: division by zero. This is a fault in Carmina; please report it with the output"
            " of --debug.\n",
        ),
    ],
)
def test_whatever_stops_it_ends_with_a_status_and_no_traceback(run, doors, monkeypatch, raises, status, error):
    monkeypatch.setattr("carmina.cli.run._hush_stdout", lambda: None)
    fakes = doors.fakes()
    fakes.plugin.carmina_writers = doors.plugin(writer=[writer_that(raises)]).carmina_writers
    done = run("compose", "--text", "the love", points=[fakes])
    assert (done.status, done.err) == (status, error)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_debug_shows_the_traceback(run, doors):
    fakes = doors.fakes()
    fakes.plugin.carmina_writers = doors.plugin(writer=[writer_that(stumble)]).carmina_writers
    assert "Traceback" in run("--debug", "compose", "--text", "the love", points=[fakes]).err


def test_what_a_plugin_offers_as_a_command_joins(run):
    assert ["hello", "Say", "hello."] in [line.split() for line in run("--help").out.splitlines()]
    assert run("hello").out == "hello\n"


def test_a_plugin_cannot_take_a_built_in_commands_name(run, doors):
    import click

    point = doors.Point("greedy", doors.plugin(command=[click.Command("compose")]))
    done = run("--help", points=[point])
    assert done.status == 0 and "a command called 'compose', which is Carmina's own" in done.err
    assert "WORDS" in run("compose", "--help", points=[point]).out


def test_help_lists_what_is_installed(run):
    said = run("compose", "--help").out
    for names in ("[auto|de|en|zh]", "[hymn|song|STYLE:SHARE,...]", "[greedy]", "[lstm]"):
        assert names in said


def test_the_version_is_told(run):
    from carmina import __version__

    assert run("--version").out == f"carmina {__version__}\n"


def test_without_a_command_the_help_is_shown(run):
    assert run() == run("--help")


def test_a_reader_who_leaves_early_is_not_told_of_it():
    process = subprocess.Popen(
        [sys.executable, "-m", "carmina", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    said = process.stderr.read().decode().splitlines()
    process.stderr.close()
    assert process.wait() == 1
    assert [line for line in said if not line.startswith("Warning: plugin")] == []


def test_the_command_leaves_with_the_status(run, monkeypatch):
    from carmina.cli import main

    monkeypatch.setattr(sys, "argv", ["carmina", "compsoe"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2


def test_alternatives_are_numbered_and_their_distance_is_said(run, words, tmp_path):
    done = run("compose", words, "-o", tmp_path / "a.mid", "--alternatives", 2, "--seed", 0)
    assert done.status == 0 and sorted(path.name for path in tmp_path.glob("*.mid")) == ["a-1.mid", "a-2.mid"]
    assert done.err.startswith("seed 0: 2 songs, ") and done.err.count("from the nearest other") == 2


def test_a_plan_goes_to_json_and_nowhere_else(run, words, tmp_path):
    done = run("compose", words, "--plan", "-o", tmp_path / "a.mid")
    assert (
        done.status == 2 and "a name that ends in .json, for a plan" in done.err and not (tmp_path / "a.mid").exists()
    )


def test_alternatives_of_a_plan_are_refused_and_a_plan_that_fits_no_words_is_named(run, words, tmp_path):
    done = run("compose", words, "--plan", "--alternatives", 3, "-o", tmp_path / "plan.json")
    assert done.status == 2 and "--plan writes one plan, and --alternatives asks for 3 songs" in done.err
    with (
        pytest.raises(BadInput, match=r"^plan\.json: the plan is for tunes of \[2\] lines"),
        plans.named(tmp_path / "plan.json"),
    ):
        raise BadInput("the plan is for tunes of [2] lines")
    with pytest.raises(BadInput, match="^other words"), plans.named(tmp_path / "plan.json"):
        raise BadInput("other words")
