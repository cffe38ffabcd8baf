"""Outputs appear whole or not at all; whatever stood there before a failure still stands."""

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from carmina import BadInput, files


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


@pytest.mark.parametrize("at", [0, 1, 2])
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


@pytest.mark.parametrize(("make", "message"), [
    (lambda folder: folder / "no" / "a.mid", "there is no folder '.*no'. Make it first"),
    (lambda folder: folder, "it is a folder"),
    (lambda folder: folder / ("n" * 300), "file name too long"),
])
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


@pytest.mark.parametrize(("name", "message"), [("missing", "no such file"), (".", "it is a folder"), ("n" * 300, "too long")])
def test_what_cannot_be_read_is_told_with_the_reason(tmp_path, name, message):
    with pytest.raises(BadInput, match=f"cannot read '.*': .*{message}"):
        files.read(tmp_path / name)
