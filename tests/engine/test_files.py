"""Outputs appear whole or not at all; whatever stood there before a failure still stands."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from carmina import BadInput, files, places
from carmina.files import owners


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_file_is_written_whole(tmp_path):
    files.write_all({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert (tmp_path / "a").read_bytes() == b"1" and (tmp_path / "b").read_bytes() == b"2"
    assert names(tmp_path) == ["a", "b"]


def test_a_file_that_stood_there_is_replaced(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    files.write_all({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"new" and names(tmp_path) == ["a"]


def test_a_link_is_written_through_not_replaced(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    files.write_all({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"new"


def test_the_umask_decides_the_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        files.write_all({tmp_path / "a": b"1"})
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def full_disk(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_at_any_step_leaves_everything_as_it_was(tmp_path, monkeypatch, call, at):
    (tmp_path / "b").write_bytes(b"old")
    real, calls = getattr(os, call), []

    def failing(*arguments):
        calls.append(arguments)
        return full_disk() if len(calls) == at + 1 else real(*arguments)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(BadInput, match="cannot write '.*': no space left on device"):
        files.write_all({tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"})
    assert names(tmp_path) == ["b"] and (tmp_path / "b").read_bytes() == b"old"


def test_a_full_disk_names_the_file_that_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(BadInput, match=f"cannot write {str(tmp_path / 'song.mid')!r}"):
        files.write_all({tmp_path / "song.mid": b"1"})


def test_without_hard_links_a_failure_still_brings_the_old_file_back(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    real = os.replace

    def second_fails(source, target):
        if target.name == "b":
            full_disk()
        real(source, target)

    monkeypatch.setattr(os, "link", full_disk)
    monkeypatch.setattr(os, "replace", second_fails)
    with pytest.raises(BadInput):
        files.write_all({tmp_path / "a": b"new", tmp_path / "b": b"2"})
    assert names(tmp_path) == ["a"] and (tmp_path / "a").read_bytes() == b"old"


def test_an_interrupt_leaves_everything_as_it_was(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_all({tmp_path / "a": b"1"})
    assert names(tmp_path) == []


WRITER = """
import os, sys, time
from pathlib import Path
from carmina import files
from carmina.cli.run import _termination_unwinds
folder = Path(sys.argv[1])
replace = os.replace
def wait_once(*_):
    os.replace = replace
    (folder / "ready").touch()
    time.sleep(30)
os.replace = wait_once
with _termination_unwinds():
    files.write_all({folder / "a": b"new", folder / "b": b"new"})
"""


@pytest.mark.parametrize(("number", "left"), [(signal.SIGTERM, True), (signal.SIGKILL, False)])
def test_a_kill_while_writing_keeps_the_old_file_and_makes_no_partial_one(tmp_path, number, left):
    (tmp_path / "a").write_bytes(b"old")
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stderr=subprocess.DEVNULL)
    while not (tmp_path / "ready").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait() != 0
    assert (tmp_path / "a").read_bytes() == b"old" and not (tmp_path / "b").exists()
    if left:  # SIGTERM can be caught, so that not even a temporary file stays
        assert names(tmp_path) == ["a", "ready"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "no" / "a.mid", "there is no folder '.*no'. Make it first"),
        (lambda folder: folder, "it is a folder"),
        (lambda folder: folder / ("n" * 300), "file name too long"),
    ],
)
def test_a_target_that_cannot_be_is_refused(tmp_path, make, message):
    with pytest.raises(BadInput, match=message):
        files.write_all({make(tmp_path): b"1"})
    assert names(tmp_path) == []


def test_a_pipe_or_device_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="not a plain file"):
        files.write_all({tmp_path / "pipe": b"1"})


def test_a_folder_that_may_not_be_written_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # permissions do not bind root
    with pytest.raises(BadInput, match="is not writable"):
        files.write_all({tmp_path / "a": b"1"})


def test_reading_is_bounded(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert files.read(tmp_path / "a", limit=5) == b"12345"
    with pytest.raises(BadInput, match="holds more than 4 bytes"):
        files.read(tmp_path / "a", limit=4)


@pytest.mark.parametrize(
    ("name", "message"), [("missing", "no such file"), (".", "it is a folder"), ("n" * 300, "too long")]
)
def test_what_cannot_be_read_is_told_with_the_reason(tmp_path, name, message):
    with pytest.raises(BadInput, match=f"cannot read '.*': .*{message}"):
        files.read(tmp_path / name)


@pytest.mark.parametrize("asked", ["files", "folder", "files fresh", "files b", "files a", "folder set"])
def test_a_kill_at_any_step_leaves_a_set_that_the_next_start_makes_whole(tmp_path, asked):
    """Also where a rename fails and all is being taken back, and where the next start is killed too."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("kill_at.py"), tmp_path, *asked.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) > 12 and not rows[-1]["killed"]
    for row in rows:
        new, fails = set(row["state"].values()) == {"new"}, len(asked.split()) > 1
        whole = {"set/a", "set/b"} if "folder" in asked else {"a", "second/b", "c", "fresh"}
        old = {"set/a"} if "folder" in asked else {"a", "second/b", "c"}
        assert set(row["state"]) == (whole if new else old) and len(set(row["state"].values())) == 1, row
        assert row["noted"] == 0 and (row["killed"] or new != fails), row


def killed_while_placing(folder):
    """What a process leaves that was killed when it had placed ``a`` and not yet ``b``."""
    code = (
        f"import os, signal\nfrom pathlib import Path\nfrom carmina import files\nreplace = os.replace\n"
        f"os.replace = lambda a, b: os.kill(os.getpid(), signal.SIGKILL) if str(b).endswith('b') else replace(a, b)\n"
        f"files.write_all({{Path({str(folder)!r}, name): b'new' for name in 'ab'}})"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == -signal.SIGKILL


def test_what_the_next_start_puts_in_place_is_told(tmp_path, run):
    killed_while_placing(tmp_path)
    assert "killed while it wrote" in run("--version").err and names(tmp_path) == ["a", "b"]
    assert run("--version").err == ""


def test_a_file_that_somebody_wrote_since_the_kill_is_let_be(tmp_path):
    (tmp_path / "b").write_bytes(b"old")
    killed_while_placing(tmp_path)
    (tmp_path / "b").write_bytes(b"a person's own")
    assert files.recover() == []
    assert (tmp_path / "b").read_bytes() == b"a person's own" and names(tmp_path) == ["a", "b"]


def test_only_what_dead_processes_left_is_swept(tmp_path):
    living, foreign = owners.new_name() + ".0.tmp", ".carmina-notes.tmp"
    dead = owners.new_name().split("-")
    dead[2] = "4194305"  # above the largest number of a process
    elsewhere = f".carmina-{'0' * 8}-1-1-{'0' * 12}.0.tmp"
    older = f".carmina-{'1' * 12}.tmp"
    left = ["-".join(dead) + ".0.tmp", "mine.tmp", living, foreign, elsewhere, older]
    for name in left:
        (tmp_path / name).write_bytes(b"1")
    files.sweep(tmp_path)
    assert names(tmp_path) == sorted(left[1:])
    for name in left[1:]:
        os.utime(tmp_path / name, (0, 0))  # those of another machine and of older versions go once they are a day old
    files.sweep(tmp_path)
    assert names(tmp_path) == sorted(["mine.tmp", living, foreign])


@pytest.mark.parametrize("text", ["", "[", "{}", "[[1]]", '[["/etc/passwd", "a", "b", null, false]]', "[" * 9000])
def test_a_journal_that_holds_something_else_does_nothing(tmp_path, text):
    places.journals().mkdir(parents=True, exist_ok=True)
    dead = owners.new_name().split("-")
    dead[2] = "4194305"
    path = places.journals() / ("-".join(dead) + ".placing")
    path.write_text(text)
    assert files.recover() == [] and not path.exists()


def test_a_home_that_cannot_be_written_keeps_the_journal_beside_the_files(tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    killed_while_placing(tmp_path)
    assert "b" not in names(tmp_path)
    assert len(files.recover()) == 1 and names(tmp_path) == ["a", "b", "file"]


def test_a_folder_appears_whole_and_replaces_what_stood_there(tmp_path):
    files.write_folder(tmp_path / "set", {"a": b"1", "inside/b": b"2"})
    files.write_folder(tmp_path / "set", {"c": b"3"})
    assert names(tmp_path) == ["set"] and names(tmp_path / "set") == ["c"]
    with pytest.raises(BadInput, match="there is no folder"):
        files.write_folder(tmp_path / "no" / "set", {"a": b"1"})
