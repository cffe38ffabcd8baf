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
    status, out, err = called(
        "vary", "song.musicxml", "--bars", "1-3", "--alternatives", 2, "-o", "new.mid", "-o", "new.musicxml"
    )
    assert (
        (status, out) == (0, "")
        and err.startswith("seed ")
        and "bars 1-3 written again\nwrote new-1.mid, new-2.mid" in err
    )
    assert (folder / "new-1.mid").read_bytes() != (folder / "new-2.mid").read_bytes()
    assert sorted(p.name for p in folder.glob("new*")) == ["new-1.mid", "new-1.musicxml", "new-2.mid", "new-2.musicxml"]


def test_vary_shows_the_song_where_no_file_is_named_and_the_same_seed_shows_the_same(folder, called):
    first = called("vary", "song.mid", "--bars", "2", "--seed", 4, "-q")
    assert first[0] == 0 and "[Verse 1" in first[1] and first[2] == ""
    assert called("vary", "song.mid", "--bars", "2", "--seed", 4, "-q") == first


def test_continue_goes_on_with_words_and_without(folder, called):
    status, _out, err = called("continue", "tune.mid", "--bars", 4, "--alternatives", 2, "-o", "on.mid")
    assert status == 0 and "4 bars more\nwrote on-1.mid, on-2.mid" in err
    status, out, _err = called("continue", "tune.mid", "--lyrics", "words.txt", "--seed", 1)
    assert status == 0 and "hill" in out and "name" in out


def test_underlay_sings_the_words_to_the_tune_and_adds_a_verse(folder, called):
    status, out, err = called("underlay", "words.txt", "--tune", "tune.mid", learnt=False)
    assert status == 0 and "hill" in out and "16 syllables under" in err
    status, _out, err = called(
        "underlay", "words.txt", "--tune", "song.musicxml", "--further-verse", "-o", "verse.musicxml", learnt=False
    )
    assert status == 0 and "5 sections\nwrote verse.musicxml" in err


def test_transpose_says_the_new_key(folder, called):
    status, _out, err = called(
        "transpose", "song.musicxml", "--to", "F", "-o", "f.musicxml", "-o", "f.mid", learnt=False
    )
    assert (status, err) == (0, "now in F minor\nwrote f.musicxml, f.mid\n")


WRONG = [
    (("continue", "tune.mid", "--bars", "0"), "--bars: got '0'; allowed: a whole number from 1 to 64"),
    (("continue", "tune.mid", "--lyrics", "none.txt"), "cannot read 'none.txt'"),
    (
        ("continue", "tune.mid", "--lyrics", "words.txt", "-o", "words.txt"),
        "is what is read; writing there would lose it",
    ),
    (("underlay", "words.txt", "--tune", "none.mid"), "cannot read 'none.mid'"),
    (("underlay", "tune.mid", "--tune", "tune.mid"), "no reader for '.mid'; a LyricSheet can end in"),
    (("transpose", "tune.mid"), "transpose: got 'nothing to go by'; allowed: one of --by INTERVAL, --to KEY"),
    (("transpose", "tune.mid", "--by", "H3"), "--by: got 'H3'; allowed: semitones from -24 to 24"),
    (("transpose", "tune.mid", "--to", "H"), "--to: got 'H'; allowed: a tonic"),
    (("vary", "song.mid", "--bars", "8-5"), "--bars: got '8-5'; allowed: a bar or two"),
    (("vary", "song.mid", "--bars", "x"), "--bars: got 'x'; allowed"),
    (("vary", "song.mid", "--bars", "500"), "--bars: got '500-500'; allowed: bars"),
    (("vary", "song.mid", "--bars", "1", "--lock", "notes"), "--lock: got 'notes'; allowed: together with new words"),
    (("vary", "song.mid", "--bars", "1", "-o", "song.mid"), "is what is read; writing there would lose it"),
    (("vary", "song.mid", "--bars", "1", "-o", "a.foo"), "no renderer for '.foo'"),
    (("vary", "none.mid", "--bars", "1"), "cannot read 'none.mid'"),
    (("vary", "words.txt", "--bars", "1"), "no reader for '.txt'"),
]


@pytest.mark.parametrize(
    "line, message", WRONG, ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else ""
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(folder, called, line, message):
    before = sorted(folder.iterdir())
    status, out, err = called(*line, learnt=line[0] in ("vary", "continue"))
    assert (status, out) == (2, "") and message in err and err.count("\n") == 1
    assert sorted(folder.iterdir()) == before
