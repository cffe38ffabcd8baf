"""The layers of docs/architecture.md, kept: each module imports only what stands above it, plugins only public
pages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine" / "carmina"
PLUGINS = ROOT / "plugins"

LAYERS = (
    {"errors", "works", "places", "provenance"},
    {
        "contracts",
        "theory",
        "text",
        "logits",
        "runs",
        "weights",
        "adapters",
        "chance",
        "files",
        "schema",
        "plugin_files",
        "workers",
    },
    {"hookspecs", "forms", "reading", "shards", "spelling", "sealing"},
    {"registry", "recipe", "corpora", "lyrics", "notebook", "testing", "models", "nn", "home"},
    {"training", "generate", "doctor", "kit"},
    {"conductor"},
    {"cli"},
    {"operations"},
    {"__main__"},
)
PUBLIC_PAGES = {
    "carmina",
    "carmina.conductor",
    "carmina.generate",
    "carmina.testing",
    "carmina.theory",
    "carmina.text",
    "carmina.runs",
    "carmina.places",
    "carmina.provenance",
    "carmina.workers",
    "carmina.operations",
}
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def imports(path, package):
    """Absolute names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def package_of(path, root):
    return ".".join(path.relative_to(root).parent.parts)


def room(name):
    """The engine's room that an absolute name is in; None for the public page itself."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "carmina" and parts[1] in LEVEL else None


ENGINE_FILES = sorted(ENGINE.rglob("*.py"))
PLUGIN_FILES = sorted(PLUGINS.rglob("*.py"))


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ENGINE_FILES, ids=named)
def test_the_engine_imports_only_what_stands_above(path):
    inside = path.relative_to(ENGINE)
    own = inside.parts[0].removesuffix(".py")
    if own == "__init__":
        assert {room(n) for n in imports(path, "carmina")} <= {
            None,
            "contracts",
            "errors",
            "forms",
            "hookspecs",
            "spelling",
            "works",
        }
        return
    assert own in LEVEL, f"{inside} stands in no layer; add it to docs/architecture.md and to this table"
    for name in imports(path, package_of(path, ENGINE.parent)):
        other = room(name)
        if other in (None, own):
            continue
        assert LEVEL[other] < LEVEL[own], f"{inside} imports {name}, which does not stand above it"


@pytest.mark.parametrize("path", ENGINE_FILES, ids=named)
def test_the_engine_imports_no_plugin(path):
    tops = {name.split(".")[0] for name in imports(path, package_of(path, ENGINE.parent))}
    assert not tops & {folder.name for folder in PLUGINS.iterdir()}


@pytest.mark.parametrize("path", PLUGIN_FILES, ids=named)
def test_a_plugin_imports_only_the_public_pages_and_never_another_plugin(path):
    own = path.relative_to(PLUGINS).parts[0]
    others = {folder.name for folder in PLUGINS.iterdir()} - {own}
    for name in imports(path, package_of(path, PLUGINS)):
        assert name.split(".")[0] not in others, f"{named(path)} imports {name}, another plugin"
        if name.split(".")[0] == "carmina":
            page = name if name in PUBLIC_PAGES else name.rpartition(".")[0]
            assert page in PUBLIC_PAGES, f"{named(path)} imports {name}, which is no public page"


FORBIDDEN = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}


@pytest.mark.parametrize("path", ENGINE_FILES + PLUGIN_FILES, ids=named)
def test_nothing_loads_a_pickle_or_runs_text_as_code(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not {name.split(".")[0] for name in imports(path, "")} & FORBIDDEN
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec"), named(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert not (node.func.attr == "load" and getattr(node.func.value, "id", "") == "torch"), named(path)


def test_the_table_has_no_room_that_is_not_there_or_yet_to_come():
    inside = (path for path in ENGINE.iterdir() if path.is_dir() or path.suffix == ".py")
    there = {path.stem if path.is_file() else path.name for path in inside} - {"__init__", "__pycache__"}
    assert there <= set(LEVEL)


def test_the_rule_can_fail(tmp_path):
    guilty = tmp_path / "guilty.py"
    guilty.write_text("from ..conductor import Conductor\nfrom . import b\nimport carmina.cli as c\n")
    assert list(imports(guilty, "carmina.nn")) == [
        "carmina.conductor",
        "carmina.conductor.Conductor",
        "carmina.nn",
        "carmina.nn.b",
        "carmina.cli",
    ]
    assert room("carmina.conductor.Conductor") == "conductor" and room("carmina.Score") is None
