"""Bad input: exit status 2, one clear line, no traceback, no file."""

import errno
import os

import pytest

SONG = ("compose", "--text", "the love")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to run in, with some files to stumble over."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_bytes(b"the love")
    (tmp_path / "blank.txt").write_bytes(b" \n\n")
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2")
    (tmp_path / "huge.txt").write_bytes(b"la " * 400_000)
    (tmp_path / "lines.txt").write_bytes(b"la\n" * 401)
    (tmp_path / "words.pdf").write_bytes(b"%PDF")
    (tmp_path / "folder.mid").mkdir()
    return tmp_path


BAD = [
    (("compose",), "no words to sing: name a file"),
    (("compose", "words.txt", "--text", "la"), "got both a file and --text"),
    (("compose", "blank.txt"), "no words to sing"),
    (("compose", "--text", ""), "no words to sing"),
    (("compose", "-"), "no words to sing"),
    (("compose", "missing.txt"), "cannot read 'missing.txt': no such file or directory"),
    (("compose", "folder.mid"), "the folder 'folder.mid' holds no lyrics. Put texts"),
    (("compose", "binary.txt"), "this is not text"),
    (("compose", "huge.txt"), "holds more than 1,000,000 bytes"),
    (("compose", "lines.txt"), "too long: 401 lines; at most 400"),
    (("compose", "words.pdf"), "no reader for '.pdf'; a LyricSheet can end in: .txt"),
    (("compose", "--text", "Привет"), "no installed language reads Cyrillic letters"),
    ((*SONG, "--style", "hym"), "no style called 'hym'. Did you mean 'hymn'? Installed: hymn, song."),
    ((*SONG, "--language", "fr"), "no language called 'fr'. Installed: auto, de, en, zh."),
    ((*SONG, "--decoder", "gredy"), "no decoder called 'gredy'. Did you mean 'greedy'?"),
    ((*SONG, "--network", "gru"), "no network called 'gru'. Installed: lstm."),
    ((*SONG, "--key", "H"), "--key: got 'H'; allowed: a tonic"),
    ((*SONG, "--key", "A minor", "--mode", "major"), "--key: got 'A minor'; allowed: a major key"),
    ((*SONG, "--mode", "dorian"), "Invalid value for '--mode'"),
    ((*SONG, "--metre", "4/3"), "--metre: got '4/3'; allowed: beats over a unit"),
    ((*SONG, "--tempo", "9"), "--tempo: got '9'; allowed: a number from 10 to 400"),
    ((*SONG, "--tempo", "fast"), "--tempo: got 'fast'; allowed"),
    ((*SONG, "--tempo", "nan"), "--tempo: got 'nan'; allowed"),
    ((*SONG, "--range", "E5-C4"), "--range: got 'E5-C4'; allowed: two notes, the lowest first"),
    ((*SONG, "--chords", "C X"), "--chords: got 'X'; allowed: 1 to 512 chord symbols"),
    ((*SONG, "--seed", "-1"), "--seed: got '-1'; allowed: a whole number from 0 to 4294967295"),
    ((*SONG, "--seed", "1.5"), "--seed: got '1.5'; allowed"),
    ((*SONG, "--candidates", "0"), "--candidates: got '0'; allowed: a whole number from 1 to 256"),
    ((*SONG, "--temperature", "0"), "--temperature: got '0'; allowed: a number from 0.01 to 5"),
    ((*SONG, "-o", "song.foo"), "no renderer for '.foo'; a Score can end in: .mid, .midi, .txt."),
    ((*SONG, "-o", "song"), "no renderer for a name without a suffix"),
    ((*SONG, "-o", "no/song.mid"), "there is no folder 'no'. Make it first"),
    ((*SONG, "-o", "folder.mid"), "cannot write 'folder.mid': it is a folder"),
    ((*SONG, "-o", "a.mid", "-o", "./a.mid"), "one output is named twice"),
    (("compose", "words.txt", "-o", "words.txt"), "holds the lyrics; writing the song there would lose them"),
    ((*SONG, "--loud"), "No such option '--loud'"),
    ((*SONG, "--tempo"), "Option '--tempo' requires an argument"),
    (("style",), "carmina style: which command? lock, unlock. See 'carmina style --help'."),
    (("compsoe",), "No such command 'compsoe'"),
    (("plugins", "--kind", "styl"), "Invalid value for '--kind'"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD, ids=[" ".join(arguments) for arguments, _ in BAD])
def test_bad_input_is_one_line_status_2_and_no_file(run, folder, arguments, message):
    before = sorted(folder.rglob("*"))
    done = run(*arguments, stdin=b"\n")
    assert done.status == 2 and done.out == ""
    assert message in done.err
    assert done.err.startswith("Error: ") and done.err.count("\n") == 1
    assert sorted(folder.rglob("*")) == before and (folder / "words.txt").read_bytes() == b"the love"


def test_a_full_disk_is_one_line_and_no_file(run, folder, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = sorted(folder.iterdir())
    done = run(*SONG, "-o", "song.mid", "-o", "song.txt")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "cannot write 'song.mid': no space left on device" in done.err and sorted(folder.iterdir()) == before


def test_one_bad_output_of_two_leaves_neither(run, folder):
    assert run(*SONG, "-o", "good.mid", "-o", "no/song.mid").status == 2
    assert not (folder / "good.mid").exists()


def test_a_broken_plugin_is_one_line_and_the_song_is_written(run, doors, folder):
    points = [doors.Point("bad", ImportError("no\nsuch thing")), doors.fakes()]
    done = run(*SONG, "-o", "song.mid", "--quiet", points=points)
    assert (done.status, done.err) == (0, "Warning: plugin 'bad' is left out: ImportError: no such thing\n")
    assert (folder / "song.mid").exists()


def test_a_broken_plugin_is_fatal_where_plugins_are_strict(run, doors, folder):
    points = [doors.Point("bad", ImportError("gone")), doors.fakes()]
    done = run("--strict-plugins", *SONG, "-o", "song.mid", points=points)
    assert done.status == 2 and not (folder / "song.mid").exists()
    assert done.err == "Error: plugin 'bad' does not load: ImportError: gone. Repair or uninstall it.\n"
