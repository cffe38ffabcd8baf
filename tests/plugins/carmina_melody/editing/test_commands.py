"""The editing commands as people call them: files in, files out, one line and nothing written when wrong."""

import pytest

from carmina.cli.run import run


@pytest.fixture
def folder(conductor, composed, wordless, tmp_path, monkeypatch):
    """song.musicxml and song.mid of ours, tune.mid of others."""
    monkeypatch.chdir(tmp_path)
    for name, score in (("song.musicxml", composed), ("song.mid", composed), ("tune.mid", wordless)):
        (tmp_path / name).write_bytes(conductor.render(score, name))
    (tmp_path / "words.txt").write_text("Over the hill and over the water\nnobody calls my name\n")
    return tmp_path


@pytest.fixture
def called(capsys, tiny_model):
    def go(command, *arguments, learnt=True):
        model = ["--model", tiny_model, "--candidates", "4"] if learnt else []
        status = run([command, *map(str, arguments), *model])
        out, err = capsys.readouterr()
        return status, out, err

    return go


def test_vary_writes_each_alternative_in_each_format_and_says_the_seed(folder, called):
    status, out, err = called("vary", "song.musicxml", "--bars", "1-3", "--alternatives", 2, "-o", "new.mid", "-o", "new.musicxml")
    assert (status, out) == (0, "") and err.startswith("seed ") and "bars 1-3 written again\nwrote new-1.mid, new-2.mid" in err
    assert (folder / "new-1.mid").read_bytes() != (folder / "new-2.mid").read_bytes()
    assert sorted(p.name for p in folder.glob("new*")) == ["new-1.mid", "new-1.musicxml", "new-2.mid", "new-2.musicxml"]


def test_vary_shows_the_song_where_no_file_is_named_and_the_same_seed_shows_the_same(folder, called):
    first = called("vary", "song.mid", "--bars", "2", "--seed", 4, "-q")
    assert first[0] == 0 and "[Verse 1" in first[1] and first[2] == ""
    assert called("vary", "song.mid", "--bars", "2", "--seed", 4, "-q") == first


WRONG = [
    (("vary", "song.mid", "--bars", "8-5"), "--bars: got '8-5'; allowed: a bar or two"),
    (("vary", "song.mid", "--bars", "x"), "--bars: got 'x'; allowed"),
    (("vary", "song.mid", "--bars", "500"), "--bars: got '500-500'; allowed: bars"),
    (("vary", "song.mid", "--bars", "1", "--lock", "notes"), "--lock: got 'notes'; allowed: together with new words"),
    (("vary", "song.mid", "--bars", "1", "-o", "song.mid"), "is what is read; writing there would lose it"),
    (("vary", "song.mid", "--bars", "1", "-o", "a.foo"), "no renderer for '.foo'"),
    (("vary", "none.mid", "--bars", "1"), "cannot read 'none.mid'"),
    (("vary", "words.txt", "--bars", "1"), "no reader for '.txt'"),
]


@pytest.mark.parametrize("line, message", WRONG, ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "")
def test_what_is_wrong_is_one_line_and_nothing_is_written(folder, called, line, message):
    before = sorted(folder.iterdir())
    status, out, err = called(*line, learnt=line[0] in ("vary", "continue"))
    assert (status, out) == (2, "") and message in err and err.count("\n") == 1
    assert sorted(folder.iterdir()) == before
