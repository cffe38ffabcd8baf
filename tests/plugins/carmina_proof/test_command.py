"""What ``carmina proof`` prints, writes and returns."""

import json

import pytest

from carmina.cli.run import run

SLIP = "The house was quiet in the dark,\r\nI will recieve the letter soon.\r\n"
MENDED = SLIP.replace("recieve", "receive")


@pytest.fixture
def song(tmp_path):
    path = tmp_path / "song.txt"
    path.write_bytes(SLIP.encode())
    return path


def test_a_clean_text_exits_with_0_and_a_slip_with_1(song, tmp_path, capsys):
    clean = tmp_path / "clean.txt"
    clean.write_text(MENDED, "utf-8")
    assert run(["proof", str(clean)]) == 0
    assert capsys.readouterr().out == "nothing found in 2 lines\n"
    assert run(["proof", str(clean), "-q"]) == 0 and capsys.readouterr().out == ""
    assert run(["proof", str(song)]) == 1
    assert capsys.readouterr().out.startswith(f"{song}:2:8: spelling: ")


def test_json_tells_places_and_mends(song, capsys):
    run(["proof", str(song), "--json"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["line"], found["column"], found["end_column"], found["suggestions"][0]) == (2, 8, 15, "receive")


def test_fix_shows_a_diff_and_leaves_the_file(song, capsys):
    assert run(["proof", str(song), "--fix"]) == 0
    out = capsys.readouterr()
    assert "+I will receive the letter soon." in out.out and "nothing was written" in out.err
    assert song.read_bytes() == SLIP.encode()


def test_fix_writes_where_it_is_told_and_keeps_line_ends(song, tmp_path, capsys):
    target = tmp_path / "mended.txt"
    assert run(["proof", str(song), "--fix", "-o", str(target)]) == 0
    assert capsys.readouterr().err == f"wrote {target}\n"
    assert target.read_bytes() == MENDED.encode() and song.read_bytes() == SLIP.encode()
    assert run(["proof", str(song), "--fix", "--in-place", "-q"]) == 0 and capsys.readouterr().err == ""
    assert song.read_bytes() == MENDED.encode()


def test_ignored_words_and_files_of_words_are_right(song, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("# mine\nrecieve\n", "utf-8")
    assert run(["proof", str(song), "--ignore", "recieve"]) == 0
    assert run(["proof", str(song), "--ignore", str(words)]) == 0
    assert run(["proof", str(song), "--lexicon", str(words)]) == 0
    assert run(["proof", str(song), "--without", "spelling"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.txt"], "go with --fix"),
        (["--fix", "-o", "x.txt", "--in-place"], "contradict"),
        (["--fix", "-o", "song.txt"], "is what is read"),
        (["--language", "de"], "auto, en, zh"),
        (["--only", "typos"], "spelling"),
        (["--language", "zh"], "no line of the text"),
        (["--form", "sonet"], "Did you mean"),
    ],
)
def test_bad_input_is_told_in_one_line(song, arguments, said, capsys, monkeypatch):
    monkeypatch.chdir(song.parent)
    assert run(["proof", str(song), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_another_language_is_refused_by_name(tmp_path, capsys):
    path = tmp_path / "lied.txt"
    path.write_text("Der Regen fällt auf unser Dach,\nich liege in der Nacht noch wach.\n", "utf-8")
    assert run(["proof", str(path)]) == 2
    assert "'de'" in capsys.readouterr().err
