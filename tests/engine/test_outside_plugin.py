"""The example plugin, installed as a stranger would, joins through its entry point alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "carmina-seashanty"
RENDER = """
import sys
from carmina import Key, Note, Score, Syllable, Track
from carmina.conductor import Conductor
words = [Syllable("hea", "begin"), Syllable("ven", "end", ends_line=True), Syllable("now", ends_line=True)]
notes = (Note(60, 0, 480, words[0]), Note(62, 480, 480, words[1]), Note(69, 960, 480, words[2]), Note(70, 1440, 9, continues=True))
for key in (Key(), Key(0, "minor"), Key(2)):
    sys.stdout.buffer.write(Conductor().render(Score((Track(notes),), keys=(key,)), ".solfa"))
"""  # noqa: E501


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """``python(*arguments)`` -> stdout, where the example is installed beside Carmina."""
    folder = tmp_path_factory.mktemp("outside")
    source = shutil.copytree(EXAMPLE, folder / "source")  # building leaves files beside the source
    target = folder / "installed"
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        target,
        source,
    ]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)

    def run(*arguments):
        environment = {**os.environ, "PYTHONPATH": str(target)}
        done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment)
        return done.stdout

    return run


def test_its_offers_are_listed_with_its_distribution(python):
    entries = json.loads(python("-m", "carmina", "plugins", "--json"))["entries"]
    ours = {(o["kind"], o["name"]) for o in entries if o["distribution"] == "carmina-seashanty"}
    assert ours == {("style", "seashanty"), ("renderer", "solfa")}


def test_its_style_is_a_choice_of_compose(python):
    assert "seashanty" in python("-m", "carmina", "compose", "--help")


def test_its_renderer_writes_its_suffix(python):
    in_c_or_a_minor = "hea- ven\ndo   re\n\nnow _\nla  te\n"
    in_d = "hea- ven\nte   do\n\nnow _\nso  le\n"
    assert python("-c", RENDER) == in_c_or_a_minor * 2 + in_d


def test_it_imports_only_the_public_page():
    for path in EXAMPLE.rglob("*.py"):
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        imported = [line for line in lines if line.startswith(("import ", "from "))]
        assert set(imported) <= {
            "import carmina",
            "from .solfa import Solfa  # waits here, so that listing plugins stays quick",
        }
