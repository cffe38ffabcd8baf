"""``carmina arrange`` from the command line: one line for what goes wrong, the same bytes for the same seed."""

from dataclasses import replace

import pytest

from carmina import Note, Track
from carmina.cli.run import run
from carmina.conductor import Conductor


@pytest.fixture
def melody(plain, tmp_path):
    path = tmp_path / "tune.mid"
    path.write_bytes(Conductor().render(plain, ".mid"))
    return path


def test_it_writes_every_file_asked_for_and_says_what_was_chosen(melody, tmp_path, capsys):
    outputs = [tmp_path / "a.mid", tmp_path / "a.musicxml"]
    asked = ["arrange", str(melody), "--seed", "3", "--style", "ballad", *(x for o in outputs for x in ("-o", str(o)))]
    assert run(asked) == 0
    said = capsys.readouterr().err
    assert "seed 3: C major, 4/4" in said and "Guitar" in said and all(o.stat().st_size for o in outputs)
    first = outputs[0].read_bytes()
    assert run(asked) == 0 and outputs[0].read_bytes() == first


def test_parts_that_are_left_out_are_named(plain, tmp_path, capsys):
    path = tmp_path / "duo.mid"
    cello = Track((Note(43, 0, 1920),), "Cello", "strings", 42)
    path.write_bytes(Conductor().render(replace(plain, tracks=(*plain.tracks, cello)), ".mid"))
    asked = ["arrange", str(path), "--seed", "3", "-o", str(tmp_path / "a.mid")]
    assert run(asked) == 0
    assert "note: left out of duo.mid: Cello. --keep keeps them." in capsys.readouterr().err
    assert run([*asked, "--keep"]) == 0
    assert "left out" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--style", "polka"], "no style called 'polka'"),
        (["--intro", "99"], "--intro: got 99"),
        (["--outro", "-1"], "--outro: got -1"),
        (["--humanise", "3"], "--humanise: got 3.0"),
        (["--seed", "x"], "--seed: got 'x'"),
        (["--chords", "X?"], "--chords: got 'X?'"),
        (["-o", "song.foo"], "no renderer for '.foo'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(melody, capsys, options, message):
    assert run(["arrange", str(melody), *options]) == 2
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1


def test_the_melody_is_never_written_over(melody, capsys):
    assert run(["arrange", str(melody), "-o", str(melody)]) == 2
    assert "would lose it" in capsys.readouterr().err
