"""Help and the list of plugins stay quick: nothing heavy is imported for them."""

import subprocess
import sys

import pytest

HEAVY = {
    "torch",
    "music21",
    "pretty_midi",
    "scipy",
    "matplotlib",
    "jieba",
    "pypinyin",
    "opencc",
    "verovio",
    "safetensors",
    "sentencepiece",
    "onnxruntime",
    "transformers",
}
PROGRAM = """
import sys
from carmina.cli.run import run
status = run(sys.argv[1:])
print(status, *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def modules_after(*arguments):
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    status, *modules = done.stderr.splitlines()[-1].split()
    assert status == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["compose", "--help"], ["plugins", "--json"]])
def test_nothing_heavy_is_imported_for(arguments):
    assert sorted(modules_after(*arguments) & HEAVY) == []


def test_help_needs_not_even_numpy():
    assert "numpy" not in modules_after("--help")


def test_the_public_page_imports_nothing_heavy():
    code = "import sys, carmina; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(set(done.stdout.split()) & (HEAVY | {"numpy"})) == []
