"""A stranger's package adds forms by TOML alone: they are written, checked, recognised and listed like our own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "carmina-rubaiyat"
NAMES = ("rubaiyat", "kyrielle", "tritina", "渔父词")
PROGRAM = """
import json
from carmina import VerseBrief
from carmina.conductor import Conductor
from carmina_verse.english.pretrained import tokenizer
from carmina_verse.scansion.faults import check_notes
from carmina_verse.scansion.report import recognised
tokenizer.installed = lambda: False
conductor = Conductor()
forms = conductor.all("form")
print(json.dumps([entry.name for entry in conductor.registry.listed() if entry.distribution == "carmina-rubaiyat"]))
for name in ("rubaiyat", "kyrielle", "tritina", "渔父词"):
    poem = conductor.get("writer", "verse")().write(VerseBrief((), name, candidates=1, seed=5, options={"drafts": 3}), conductor)
    language = conductor.get("language", poem.language)()
    print(json.dumps([name, check_notes(poem.stanzas, poem.notes, forms, language), recognised(poem, forms, language), poem.lines]))
"""  # noqa: E501


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """What the program prints where the example is installed beside Carmina."""
    folder = tmp_path_factory.mktemp("forms")
    source = shutil.copytree(EXAMPLE, folder / "source")  # building leaves files beside the source
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        folder / "installed",
        source,
    ]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(folder / "installed"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_its_forms_are_written_checked_and_recognised(rows):
    assert [(name, found, form) for name, found, form, _lines in rows[1:]] == [(name, [], name) for name in NAMES]
    kyrielle = rows[2][3]
    assert kyrielle[3] == kyrielle[7]
    ends = [line.rstrip(",.;:!?—").split()[-1].lower() for line in rows[3][3]]
    assert ends[3:] == [ends[n] for n in (2, 0, 1, 1, 2, 0)] and len(set(ends)) == 3


def test_its_forms_are_listed_with_its_distribution(rows):
    assert rows[0] == sorted(NAMES)
