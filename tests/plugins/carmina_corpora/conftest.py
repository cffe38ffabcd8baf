"""Fixtures over the songs and poems of ``written_works``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from carmina.cli.run import run
from carmina.conductor import Conductor

sys.path.insert(0, str(Path(__file__).parent))

import written_works as made


@pytest.fixture(scope="session")
def conductor():
    return Conductor()


@pytest.fixture
def songs(tmp_path, conductor):
    """A folder of five different songs as MIDI."""
    folder = tmp_path / "songs-in"
    folder.mkdir()
    for seed in range(5):
        (folder / f"s{seed}.mid").write_bytes(conductor.render(made.song(seed), ".mid"))
    return folder


@pytest.fixture
def poems(tmp_path):
    """A folder of five different poems as text."""
    folder = tmp_path / "poems-in"
    folder.mkdir()
    for number in range(5):
        (folder / f"p{number}.txt").write_text(made.poem(number), "utf-8")
    return folder


@pytest.fixture
def imported(tmp_path, capsys):
    """``imported(folder, *options)`` -> (the corpus's folder, what was printed); in this process, so it is quick."""

    def made(folder, *options, name="made"):
        status = run(["corpus", "import", str(folder), "-o", str(tmp_path / name), "--jobs", "0", *options])
        out = capsys.readouterr()
        assert status == 0, out.err
        return tmp_path / name, out.out

    return made
