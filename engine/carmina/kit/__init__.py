"""A start for plugin authors: ``new_package`` and ``new_file`` write a plugin that works, with tests that pass."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from importlib.resources import files as resources
from pathlib import Path

from .. import files
from ..errors import BadInput, BadOption
from ..hookspecs import API_VERSION

KINDS = (
    "language",
    "style",
    "form",
    "tokenizer",
    "network",
    "constraint",
    "decoder",
    "writer",
    "reader",
    "renderer",
    "evaluator",
    "command",
)
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
NEEDS = {"tokenizer": "numpy", "network": "numpy", "constraint": "numpy", "decoder": "numpy", "command": "click"}

PROJECT = """[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "carmina-{name}"
version = "0.1.0"
description = "A plugin for Carmina: {kinds}"
readme = "README.md"
license = "Apache-2.0"
requires-python = ">=3.11"
dependencies = [{dependencies}]

[project.optional-dependencies]
test = ["pytest>=8"]

[project.entry-points.carmina]
{name} = "{package}.plugin"

[tool.setuptools]
packages = ["{package}"]
"""
README = """# carmina-{name}

A plugin for Carmina: {kinds}.

    pip install -e '.[test]'
    carmina plugins --kind {first}
    pytest

{files}
- `{package}/plugin.py`: the hooks. Each returns what it offers; heavy imports wait inside.
- `pyproject.toml`: the entry point in the group `carmina` is all that Carmina needs to find it.
- `tests`: every entry against its contract (`carmina.testing`); a broken contract is told in one line.

What a hook returns, and what each contract asks: docs/hooks.md of Carmina, or `carmina plugins --docs`.
"""
PLUGIN = '''"""What this package offers. Hooks are called once, when an entry of their kind is first asked for."""

import carmina

CARMINA_API = {api}  # of the engine that it was written for; an older one says so and leaves the plugin out

'''
HOOK = """
@carmina.hookimpl
def carmina_{kind}s():
    from .{kind} import ENTRIES

    return ENTRIES

"""
TESTS = '''"""Every entry keeps its contract, and Carmina finds the plugin."""

import pytest
from carmina.conductor import Conductor
from carmina.testing import check

from {package} import plugin

KINDS = "{kind_words}".split()
ENTRIES = [entry for kind in KINDS for entry in getattr(plugin, f"carmina_{{kind}}s")()]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.name))
def test_every_entry_keeps_its_contract(entry):
    check(entry)


def test_carmina_finds_it_and_has_nothing_against_it():
    registry = Conductor().registry
    assert "{name}" in registry.plugins, "install it first: pip install -e ."
    listed = {{entry.kind for entry in registry.listed() if entry.plugin == "{name}"}}
    assert listed == set(KINDS) and "{name}" not in registry.broken
    assert not [fault for fault in registry.faults if "{name}" in fault]
'''


def bare_name(name: str) -> str:
    """A plugin's name without the ``carmina-`` that its package begins with: people type either."""
    return name.removeprefix("carmina-") or name


def new_package(name: str, kinds: Sequence[str], target: Path) -> list[str]:
    """Write a package with one entry of each kind to ``target``; the files in it. Raises ``BadInput`` where something
    stands there."""
    name = bare_name(name)
    kinds = _checked(name, kinds)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadInput(f"{str(target)!r} is there already and not an empty folder. Name a new one with -o.")
    contents = {path: text.encode() for path, text in _package(name, kinds).items()}
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write_folder(target, contents)
    return sorted(contents)


def new_file(name: str, kinds: Sequence[str], target: Path) -> None:
    """Write a plugin of one file, with one entry of each kind. Raises ``BadInput`` where something stands there."""
    name = bare_name(name)
    kinds = _checked(name, kinds)
    if target.exists():
        raise BadInput(f"{str(target)!r} is there already. Name another with -o, or remove it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write_all({target: one_file(name, kinds).encode()})


def one_file(name: str, kinds: Sequence[str]) -> str:
    """The text of a plugin of one file."""
    parts = [f'"""A plugin for Carmina in one file: {", ".join(kinds)}."""\n']
    for kind in kinds:
        about, body = _parted(_template(kind, name))
        parts.append(f"# {kind}: {about}\n{body.replace('ENTRIES', f'{kind.upper()}S')}")
        parts.append(f"\n@carmina.hookimpl\ndef carmina_{kind}s():\n    return {kind.upper()}S\n")
    whole = "\n".join(parts)
    return whole if "\nimport carmina\n" in whole else whole.replace('"""\n', '"""\n\nimport carmina\n', 1)


def _parted(text: str) -> tuple[str, str]:
    """A template's docstring as one line, and what follows it."""
    tree = ast.parse(text)
    about = ast.get_docstring(tree) or ""
    return " ".join(about.split()), "\n".join(text.splitlines()[tree.body[0].end_lineno or 0 :]) + "\n"


def _package(name: str, kinds: Sequence[str]) -> dict[str, str]:
    package = f"carmina_{name.replace('-', '_')}"
    needs = sorted({"carmina", *(NEEDS[kind] for kind in kinds if kind in NEEDS)})
    words = {
        "name": name,
        "package": package,
        "kinds": ", ".join(kinds),
        "first": kinds[0],
        "api": API_VERSION,
        "dependencies": ", ".join(f'"{need}"' for need in needs),
        "kind_words": " ".join(kinds),
        "files": "\n".join(f"- `{package}/{kind}.py`: {_parted(_template(kind, name))[0]}" for kind in kinds),
    }
    return {
        "pyproject.toml": PROJECT.format(**words),
        "README.md": README.format(**words),
        "tests/test_plugin.py": TESTS.format(**words),
        f"{package}/__init__.py": f'"""The plugin {name} for Carmina."""\n',
        f"{package}/plugin.py": PLUGIN.format(**words)
        + "".join(HOOK.format(kind=kind) for kind in kinds).rstrip()
        + "\n",
        **{f"{package}/{kind}.py": _template(kind, name) for kind in kinds},
    }


def _template(kind: str, name: str) -> str:
    text = resources(__package__).joinpath("templates", f"{kind}.py").read_text("utf-8")
    return re.sub(r'(["`.]|carmina )sample(?=["`.\s])', lambda found: found[1] + name, text)


def _checked(name: str, kinds: Sequence[str]) -> list[str]:
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise BadOption(
            "NAME", name, f"lower-case letters, digits and hyphens, at most {LONGEST_NAME}, e.g. sea-shanty"
        )
    if not kinds:
        raise BadInput(f"say what the plugin offers: --kind, one or more of {', '.join(KINDS)}.")
    return list(dict.fromkeys(kinds))
