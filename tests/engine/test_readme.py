"""The README's commands run, and its Python too, each block in turn in one folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
OURS = (
    "carmina ",
    ".venv/bin/carmina ",
    "cat ",
    "echo ",
    "printf ",
)  # "make" is run by continuous integration, not from here


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where a reader of the README would stand: a copy of what its commands name, with ``carmina`` on the path."""
    made = tmp_path_factory.mktemp("readme")
    for name in ("corpora", "docs"):
        shutil.copytree(ROOT / name, made / name)
    (made / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return made


def commands(block):
    """The commands of a shell block that can be run here, with continued lines joined and prompts taken off."""
    lines = re.sub(r"\\\n\s*", "", block).splitlines()
    plain = (line.strip().removeprefix("$ ") for line in lines)
    return [line for line in plain if line.startswith(OURS) and not line.startswith("carmina train")]


def run(command, folder, **how):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, **how)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_every_block_of_the_readme_runs_and_prints_what_stands_below_it(folder):
    """A block without a language is what the one before it prints: on every processor, for the same seed gives the same
    bytes."""
    printed = []
    for kind, block in BLOCKS:
        if kind in ("sh", "bash", "console", "shell"):
            printed = [run(command, folder, shell=True) for command in commands(block)]
        if kind == "python":
            run([sys.executable, "-c", block], folder)
        if kind == "":
            assert block == "\n".join(printed), "README.md shows other output: run docs/make_readme.py"


def test_every_file_that_the_readme_links_to_is_there():
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / target).exists(), f"README.md links to {target}, which is not there"


def test_prompts_and_continued_lines_are_read_as_commands():
    assert commands(
        "make demo\n$ carmina plugins\ncarmina compose a.txt \\\n    -o b.mid\n# carmina not\ncarmina train x\n"
    ) == ["carmina plugins", "carmina compose a.txt -o b.mid"]
