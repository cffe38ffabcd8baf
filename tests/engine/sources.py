"""What the source of the house says, each file parsed once for all the rules about it."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine" / "carmina"
PLUGINS = ROOT / "plugins"


@dataclass(frozen=True)
class Source:
    """One file, or a text in its place."""

    imports: tuple[tuple[int, str, tuple[str, ...]], ...]  # level, module, names; of "import a, b": 0, "", (a, b)
    calls: tuple[tuple[int, str, int], ...]  # line, what is called as it is written, arguments without names
    functions: tuple[tuple[str, int], ...]  # name, parameters that may be given without theirs; of undecorated ones


@cache
def source(path):
    """What a file says."""
    return said(path.read_text("utf-8"))


def said(text):
    """As :func:`source`, of a text."""
    nodes = list(ast.walk(ast.parse(text)))
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef) and not node.decorator_list)
    return Source(
        tuple(_imported(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)),
        tuple(
            (node.lineno, _name(node.func), sum(not isinstance(argument, ast.Starred) for argument in node.args))
            for node in nodes
            if isinstance(node, ast.Call)
        ),
        tuple((node.name, len(node.args.posonlyargs) + len(node.args.args)) for node in functions),
    )


def _imported(node):
    names = tuple(alias.name for alias in node.names)
    return (0, "", names) if isinstance(node, ast.Import) else (node.level, node.module or "", names)


def _name(function):
    """``f`` or ``a.f``; of anything else no more than its last name."""
    if isinstance(function, ast.Attribute):
        return f"{getattr(function.value, 'id', '')}.{function.attr}"
    return getattr(function, "id", "")


def imports(found, package):
    """Absolute names of all that a source in a package imports, each module and each name in it."""
    for level, module, names in found.imports:
        if not level and not module:
            yield from names
        else:
            base = above(package, level, module)
            yield base
            yield from (f"{base}.{name}" for name in names)


def above(package, level, module):
    """The absolute name of a module that a source in a package names from itself."""
    parts = package.split(".")[: len(package.split(".")) - level + 1] if level else []
    return ".".join([*parts, *([module] if module else [])])


def package_of(path, root):
    return ".".join(path.relative_to(root).parent.parts)


def by_folder(*roots):
    """Every Python file below some folders, by the folder of the root that it stands in, which is one row of a test."""
    found = {}
    for path in sorted(path for root in roots for path in root.rglob("*.py")):
        root = next(root for root in roots if path.is_relative_to(root))
        found.setdefault(str((root / path.relative_to(root).parts[0]).relative_to(ROOT)), []).append(path)
    return found


def named(path):
    return str(path.relative_to(ROOT))
