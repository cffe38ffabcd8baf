"""The README's commands run, and its Python too, each block in turn in one folder."""

import gc
import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from carmina.cli.run import run as carmina

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SHELLS = ("sh", "bash", "console", "shell")
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


def run(command, folder):
    """What a process says."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, shell=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture
def here(folder, monkeypatch, capfd):
    """``here(command)``: what a command of ours says in this process, where plugins and models are loaded already."""
    monkeypatch.chdir(folder)

    def go(command):
        status = carmina(shlex.split(command)[1:])
        said = capfd.readouterr()
        assert status == 0, f"{command}\n{said.out}{said.err}"
        return said.out

    return go


def test_every_block_of_the_readme_runs_and_prints_what_stands_below_it(folder, here):
    """A block without a language is what the one before it prints: on every processor, for the same seed gives the same
    bytes. A shell has those that are no command of ours alone, and the shortest that is."""
    printed = []
    ours = [command for kind, block in BLOCKS if kind in SHELLS for command in commands(block) if alone(command)]
    assert run(min(ours, key=len), folder)
    for kind, block in BLOCKS:
        if kind in SHELLS:
            printed = [here(command) if alone(command) else run(command, folder) for command in commands(block)]
        if kind == "python":
            with warnings.catch_warnings():  # the example leaves the closing of its file to Python
                warnings.simplefilter("ignore", ResourceWarning)
                exec(compile(block, "README.md", "exec"), {"__name__": "__main__"})
                gc.collect()
        if kind == "":
            assert block == "\n".join(printed), "README.md shows other output: run docs/make_readme.py"


def alone(command):
    """Whether a command is one of ours that leaves nothing for a shell to do."""
    return Path(command.split()[0]).name == "carmina" and not set(command) & set("|&;<>$`*")


def test_every_file_that_the_readme_links_to_is_there():
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / target).exists(), f"README.md links to {target}, which is not there"


def test_prompts_and_continued_lines_are_read_as_commands():
    assert commands(
        "make demo\n$ carmina plugins\ncarmina compose a.txt \\\n    -o b.mid\n# carmina not\ncarmina train x\n"
    ) == ["carmina plugins", "carmina compose a.txt -o b.mid"]
