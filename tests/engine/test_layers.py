"""The layers of docs/architecture.md, kept: each module imports only what stands above it, plugins only public
pages."""

import pytest
from sources import ENGINE, PLUGINS, by_folder, imports, named, package_of, said, source

LAYERS = (
    {"errors", "works", "places", "provenance", "riff", "counting"},
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
        "endpoint",
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
    "carmina.riff",
    "carmina.endpoint",
    "carmina.workers",
    "carmina.operations",
}
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def room(name):
    """The engine's room that an absolute name is in; None for the public page itself."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "carmina" and parts[1] in LEVEL else None


ENGINE_FILES, PLUGIN_FILES = by_folder(ENGINE), by_folder(PLUGINS)


@pytest.mark.parametrize("folder", ENGINE_FILES)
def test_the_engine_imports_only_what_stands_above(folder):
    for path in ENGINE_FILES[folder]:
        inside = path.relative_to(ENGINE)
        own, used = inside.parts[0].removesuffix(".py"), imports(source(path), package_of(path, ENGINE.parent))
        if own == "__init__":
            public = {None, "contracts", "errors", "forms", "hookspecs", "spelling", "works"}
            assert {room(name) for name in used} <= public
            continue
        if inside.is_relative_to("kit/templates"):  # a stranger's files
            assert only_public(used), named(path)
            continue
        assert own in LEVEL, f"{inside} stands in no layer; add it to docs/architecture.md and to this table"
        for name in used:
            other = room(name)
            stands_above = other in (None, own) or LEVEL[other] < LEVEL[own]
            assert stands_above, f"{inside} imports {name}, which does not stand above it"


@pytest.mark.parametrize("folder", ENGINE_FILES)
def test_the_engine_imports_no_plugin(folder):
    plugins = {each.name for each in PLUGINS.iterdir()}
    for path in ENGINE_FILES[folder]:
        tops = {name.split(".")[0] for name in imports(source(path), package_of(path, ENGINE.parent))}
        assert not tops & plugins, named(path)


@pytest.mark.parametrize("folder", PLUGIN_FILES)
def test_a_plugin_imports_only_the_public_pages_and_never_another_plugin(folder):
    others = {each.name for each in PLUGINS.iterdir()} - {folder.rpartition("/")[2]}
    for path in PLUGIN_FILES[folder]:
        for name in imports(source(path), package_of(path, PLUGINS)):
            assert name.split(".")[0] not in others, f"{named(path)} imports {name}, another plugin"
            assert only_public([name]), f"{named(path)} imports {name}, which is no public page"


def only_public(names):
    """Whether what is imported of Carmina stands on public pages."""
    ours = (name for name in names if name.split(".")[0] == "carmina")
    return all({name, name.rpartition(".")[0]} & PUBLIC_PAGES for name in ours)


FORBIDDEN = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}
RUN = ("eval", "exec", "torch.load")


@pytest.mark.parametrize("folder", [*ENGINE_FILES, *PLUGIN_FILES])
def test_nothing_loads_a_pickle_or_runs_text_as_code(folder):
    for path in {**ENGINE_FILES, **PLUGIN_FILES}[folder]:
        assert not {name.split(".")[0] for name in imports(source(path), "")} & FORBIDDEN, named(path)
        assert not [line for line, name, _ in source(path).calls if name in RUN], named(path)


def test_the_table_has_no_room_that_is_not_there_or_yet_to_come():
    inside = (path for path in ENGINE.iterdir() if path.is_dir() or path.suffix == ".py")
    there = {path.stem if path.is_file() else path.name for path in inside} - {"__init__", "__pycache__"}
    assert there <= set(LEVEL)


def test_the_rules_can_fail():
    guilty = said("from ..conductor import Conductor\nfrom . import b\nimport carmina.cli as c\ntorch.load(eval(x))\n")
    assert list(imports(guilty, "carmina.nn")) == [
        "carmina.conductor",
        "carmina.conductor.Conductor",
        "carmina.nn",
        "carmina.nn.b",
        "carmina.cli",
    ]
    assert {name for _, name, _ in guilty.calls} == {"torch.load", "eval"}
    assert room("carmina.conductor.Conductor") == "conductor" and room("carmina.Score") is None
    assert only_public(["carmina.conductor.Conductor", "carmina", "torch"]) and not only_public(["carmina.cli.run"])


def test_no_file_is_left_out():
    for root, found in ((ENGINE, ENGINE_FILES), (PLUGINS, PLUGIN_FILES)):
        assert sorted(path for paths in found.values() for path in paths) == sorted(root.rglob("*.py")) != []
