"""A fresh virtual environment made from the declared dependencies alone composes. It takes a minute or two."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ("engine", "plugins", "pyproject.toml", "README.md", "LICENSE", "constraints.txt")


def run(*command, folder):
    """Run it with nothing of this environment in reach; its whole output is shown when it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


def copy_source(folder):
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)


def test_a_fresh_environment_of_the_declared_dependencies_composes(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    copy_source(source)
    run(sys.executable, "-m", "venv", tmp_path / "venv", folder=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check")
    run(*pip, "-c", source / "constraints.txt", "torch", folder=tmp_path)
    run(*pip, "-c", source / "constraints.txt", source, folder=tmp_path)
    shutil.rmtree(source)  # the installed package needs nothing of the source
    for song in ("english", "chinese"):
        words = shutil.copy(ROOT / "corpora" / "demo" / f"{song}.txt", tmp_path)
        carmina = tmp_path / "venv" / "bin" / "carmina"
        said = run(
            carmina,
            "--strict-plugins",
            "compose",
            words,
            "-o",
            f"{song}.mid",
            "-o",
            f"{song}.musicxml",
            "--seed",
            "1",
            "--candidates",
            "1",
            folder=tmp_path,
        )
        assert "seed 1: " in said and "Warning" not in said
        assert (tmp_path / f"{song}.mid").read_bytes().startswith(b"MThd")
        assert b"<score-partwise" in (tmp_path / f"{song}.musicxml").read_bytes()
