"""The plan of the house: no file imports itself through others, and rooms that must not know one another do not."""

import pytest
from sources import ROOT, above, said, source

FORMATS = ("abc", "lilypond", "midi", "musicxml", "text")  # rooms of notation, each blind to the others
WRITERS = ("chinese", "english", "modern", "drafting", "revision", "external", "cli")  # rooms of verse that write
MODULES = {
    ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
    for root in (ROOT / "engine", ROOT / "plugins")
    for path in root.rglob("*.py")
}


def imported(name, text=None):
    """The modules of the house that a module, or a text in its place, imports anywhere in it."""
    path = MODULES.get(name)
    package = name if path and path.name == "__init__.py" else name.rpartition(".")[0]
    for level, module, names in (source(path) if text is None else said(text)).imports:
        if not level and not module:
            yield from (inner for inner in names if inner in MODULES)
            continue
        base = above(package, level, module)
        for inner in (f"{base}.{one}" for one in names):
            if inner in MODULES or base in MODULES:
                yield inner if inner in MODULES else base


def circles(graph):
    """Sets of modules that import one another in a ring (Tarjan 1972)."""
    number, low, stack, found = {}, {}, [], []

    def visit(name):
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in graph[name]:
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            ring = []
            while not ring or ring[-1] != name:
                ring.append(stack.pop())
            if len(ring) > 1 or name in graph[name]:
                found.append(sorted(ring))

    for name in graph:
        if name not in number:
            visit(name)
    return found


def test_no_file_imports_itself_through_others():
    graph = {name: set(imported(name)) - {name} for name in MODULES}
    assert circles(graph) == []


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("carmina_notation.")))
def test_a_format_imports_no_other_format(name):
    own = name.split(".")[1]
    others = {other.split(".")[1] for other in imported(name) if other.startswith("carmina_notation.")} & {*FORMATS}
    if own in FORMATS:
        assert others <= {own}
    elif own != "plugin":
        assert not others, "what formats share stands above them"


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name.startswith("carmina_verse.scansion")))
def test_scansion_knows_no_writer(name):
    rooms = {other.split(".")[1] for other in imported(name) if other.startswith("carmina_verse.")}
    assert not rooms & {*WRITERS}


def test_these_rules_can_fail():
    guilty = "from ..musicxml import reader\nfrom . import fields\nimport carmina.theory\n"
    assert list(imported("carmina_notation.abc.voice", guilty)) == [
        "carmina_notation.musicxml.reader",
        "carmina_notation.abc.fields",
        "carmina.theory",
    ]
