"""The wheel composes in an environment that has nothing but the declared dependencies.

Here they are links to the distributions that are installed already; ``make wheel-test`` fetches them from an index
instead, as ``pip install`` does for a user, which takes minutes.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCE = ("engine", "plugins", "pyproject.toml", "README.md", "LICENSE", "constraints.txt")
FETCHED = os.environ.get("DEPENDENCIES") == "fetched"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


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


def wheel(folder):
    """The project's wheel, built from a copy of its source which is gone afterwards."""
    source = folder / "source"
    source.mkdir()
    copy_source(source)
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source, folder=folder)
    shutil.rmtree(source)
    return next(folder.glob("carmina-*.whl"))


def needed() -> dict[str, Distribution]:
    """The distributions that pyproject.toml asks for without extras, and all that these ask for."""
    found: dict[str, Distribution] = {}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    while asked:
        requirement = Requirement(asked.pop())
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        there = distribution(requirement.name)
        assert requirement.specifier.contains(there.version, prereleases=True), f"{requirement}: {there.version}"
        if there.metadata["Name"] not in found:
            found[there.metadata["Name"]] = there
            asked += there.requires or ()
    return found


def link(distributions, site):
    """Link what belongs to them, and nothing else, into ``site``."""
    for there in distributions:
        for name in {file.parts[0] for file in there.files or ()} - {"..", "__pycache__"}:
            if not (site / name).exists():
                (site / name).symlink_to(there.locate_file(name))


def test_the_wheel_composes_with_the_declared_dependencies_alone(tmp_path):
    built = wheel(tmp_path)
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", folder=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    install = (*PIP, "--python", python, "install", "--no-compile")
    if FETCHED:
        run(*install, "-c", ROOT / "constraints.txt", "torch", folder=tmp_path)
        run(*install, "-c", ROOT / "constraints.txt", built, folder=tmp_path)
    else:
        link(needed().values(), next((tmp_path / "venv").glob("lib/python*/site-packages")))
        run(*install, "--no-deps", built, folder=tmp_path)
    for song in ("english", "chinese"):
        words = shutil.copy(ROOT / "corpora" / "demo" / f"{song}.txt", tmp_path)
        carmina = tmp_path / "venv" / "bin" / "carmina"
        files = ("-o", f"{song}.mid", "-o", f"{song}.musicxml")
        settings = ("--seed", "1", "--candidates", "1")
        said = run(carmina, "--strict-plugins", "compose", words, *files, *settings, folder=tmp_path)
        assert "seed 1: " in said and "Warning" not in said
        assert (tmp_path / f"{song}.mid").read_bytes().startswith(b"MThd")
        assert b"<score-partwise" in (tmp_path / f"{song}.musicxml").read_bytes()
