"""Help and the list of plugins stay quick: nothing heavy is imported for them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import carmina

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


METADATA = "Metadata-Version: 2.1\nName: stranger\nVersion: 1\n"
PLUGIN = """
import carmina, click

@carmina.hookimpl
def carmina_commands():
    return [click.Command("whistle", help="HELP")]
"""


def test_a_second_help_is_the_first_and_loads_no_plugin(tmp_path, monkeypatch):
    """Until a plugin comes, changes, or goes."""
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path / "home"))
    (tmp_path / "site").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))

    def asked():
        done = subprocess.run([sys.executable, "-c", PROGRAM, "--help"], capture_output=True, text=True, check=True)
        return done.stdout, "carmina_verse" in done.stderr.split()

    first, loaded = asked()
    assert loaded and "whistle" not in first and asked() == (first, False)
    (tmp_path / "site" / "stranger.py").write_text(PLUGIN.replace("HELP", "A tune."))
    (tmp_path / "site" / "stranger-1.dist-info").mkdir()
    (tmp_path / "site" / "stranger-1.dist-info" / "METADATA").write_text(METADATA)
    (tmp_path / "site" / "stranger-1.dist-info" / "entry_points.txt").write_text("[carmina]\nstranger = stranger\n")
    assert re.search(r"whistle +A tune\.", asked()[0])
    (tmp_path / "site" / "stranger.py").write_text(PLUGIN.replace("HELP", "Another tune."))
    assert re.search(r"whistle +Another tune\.", asked()[0]) and not asked()[1]
    (tmp_path / "home" / "commands.json").write_text('{"place": [], "files": 5}')
    assert "whistle" in asked()[0]
    monkeypatch.delenv("PYTHONPATH")
    assert asked()[0] == first


def test_help_with_a_plugin_left_out_is_never_that_of_another_run(tmp_path, monkeypatch):
    monkeypatch.setenv("CARMINA_HOME", str(tmp_path))
    said = [
        subprocess.run([sys.executable, "-m", "carmina", *more, "--help"], capture_output=True, text=True).stdout
        for more in (["--without", "proof"], [], ["--without", "proof"])
    ]
    assert said[0] == said[2] and "  proof" not in said[0] and "  proof" in said[1]


def test_every_name_of_the_public_page_is_in_its_room():
    tree = ast.parse(Path(carmina.__file__).read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    told = {(node.module, alias.name) for node in block.body for alias in node.names if node.module}
    assert told == {(room, name) for name, room in carmina._ROOM_OF.items()}
    assert {name for _, name in told} | {"spelling"} == set(carmina.__all__) - {"__version__"}


def test_the_public_page_imports_nothing_heavy():
    code = "import sys, carmina; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(set(done.stdout.split()) & (HEAVY | {"numpy"})) == []
