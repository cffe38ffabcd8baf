"""An index of one's own texts: made by a command, it names the line that was copied, and what copies is not written."""

import io

import numpy as np
import pytest
from carmina_verse.originality.named_index import IndexedLine, Joined, NamedIndex
from carmina_verse.originality.runs import copied, entries, longest_run

from carmina import BadInput
from carmina.cli.run import run

POEM = "The brown old barn was leaning to the west\nAnd swallows in its rafters made a nest\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "barn.txt").write_text(POEM, "utf-8")
    (tmp_path / "own" / "empty.md").write_text("", "utf-8")
    return tmp_path


def line(text, source="a.txt"):
    return IndexedLine(tuple(text.lower().split()), text, source)


def indexed(folder, *more):
    status = run(["corpus", "index", str(folder / "own"), "-o", str(folder / "own.npz"), *more])
    return status, folder / "own.npz"


def test_a_copy_is_found_with_its_line_and_file(folder, capsys):
    assert indexed(folder)[0] == 0 and "1 text," in capsys.readouterr().out
    (folder / "mine.txt").write_text("O look, the brown old barn was leaning to the moon\n", "utf-8")
    assert run(["scan", str(folder / "mine.txt"), "--index", str(folder / "own.npz")]) == 0
    said = capsys.readouterr().out
    assert "8 words" in said and "The brown old barn was leaning to the west (barn.txt)" in said


def test_chinese_texts_are_indexed_by_characters_traditional_ones_too(folder, capsys):
    (folder / "own" / "barn.txt").write_text("門前老樹三千歲，屋後新溪一夜聲。", "utf-8")
    assert indexed(folder)[0] == 0 and "(zh)" in capsys.readouterr().out
    (folder / "mine.txt").write_text("门前老树三千岁，\n来客何人问姓名。\n", "utf-8")
    assert run(["scan", str(folder / "mine.txt"), "--index", str(folder / "own.npz")]) == 0
    assert "7 characters" in capsys.readouterr().out


def test_a_poem_says_what_it_shares_with_the_index_and_of_another_language_it_is_refused(folder, write):
    path = indexed(folder)[1]
    poem = write("haiku", seed=1, options={"drafts": 3, "index": str(path)})
    assert poem.notes["copied"]["longest"] <= poem.notes["copied"]["allowed"]
    with pytest.raises(BadInput, match="texts in 'en', and the poem is in 'zh'"):
        write("五绝", options={"index": str(path)})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere", "-o", "x.npz"], "no folder"),
        (["own", "-o", "x.txt"], "ends in .npz"),
        (["own", "-o", "x.npz", "--language", "fr"], "--language"),
        (["bare", "-o", "x.npz"], "no corpus of poems"),
    ],
)
def test_what_cannot_be_indexed_is_refused_in_one_line(arguments, says, folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "bare").mkdir()
    assert run(["corpus", "index", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1


def test_an_index_comes_back_from_its_file_and_names_the_line_in_which_a_run_begins():
    index = NamedIndex.of(
        [[line("one two three"), line("four five six seven", "b.txt")], [line("one two three four five", "c.txt")]],
        "en",
    )
    again = NamedIndex.load(index.dump(), "x")
    (run_, later) = (
        entries("one two three four five".split(), "en")[0],
        entries("three four five six seven".split(), "en")[0],
    )
    assert len(again) == len(index) == 3
    assert again.line_of(run_) == ("one two three", "a.txt") and again.line_of(later) == ("one two three", "a.txt")
    assert b"not here" not in again and again.line_of(b"not here") is None
    joint = Joined(None, again)
    assert longest_run("x one two three four five six".split(), "en", joint) == (6, 1)
    assert copied("one two three four five".split(), "en", joint)["source"] == "a.txt"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100])
def test_a_file_that_is_no_index_is_refused(data):
    with pytest.raises(BadInput, match="is no index"):
        NamedIndex.load(data, "x.npz")


def test_arrays_of_other_kinds_and_lines_that_are_not_there_are_refused():
    right = {
        "keys": np.zeros(1, np.uint64),
        "lines": np.zeros(1, np.uint32),
        "texts": np.zeros(1, np.uint8),
        "language": np.frombuffer(b"en", np.uint8),
    }
    for name, wrong in (
        ("lines", np.ones(1, np.uint32)),
        ("keys", np.zeros(1)),
        ("language", np.frombuffer(b"xx", np.uint8)),
    ):
        file = io.BytesIO()
        np.savez(file, **{**right, name: wrong})
        with pytest.raises(BadInput, match="is no index"):
            NamedIndex.load(file.getvalue(), "x.npz")
