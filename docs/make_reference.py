"""Makes ``docs/reference``, a page for each public module from its docstrings: ``python docs/make_reference.py``."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parent / "reference"
MODULES = (
    "carmina",
    "carmina.theory",
    "carmina.text",
    "carmina.runs",
    "carmina.generate",
    "carmina.conductor",
    "carmina.testing",
    "carmina.spelling",
    "carmina.places",
    "carmina.provenance",
    "carmina.workers",
    "carmina.operations",
)


def names_of(module: ModuleType) -> list[str]:
    """What a public module gives: what it lists, else what it defines."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted((name for name in listed if not inspect.ismodule(getattr(module, name))), key=str.lower)
    return sorted(
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith(module.__name__) and callable(value)
    )


def page(name: str) -> str:
    """The page of one module."""
    module = importlib.import_module(name)
    parts = [f"# {name}\n\n{text_of(module)}\n"]
    parts += [entry(item, getattr(module, item)) for item in names_of(module)]
    return "\n".join(parts)


def entry(name: str, value: Any) -> str:
    """A heading, how it is called, and its docstring; of a class its public methods too."""
    if not callable(value):
        shown = repr(sorted(value)) if isinstance(value, (set, frozenset)) else repr(value)
        return f"## {name}\n\n`{shown}`\n" if len(shown) < 200 else f"## {name}\n"
    lines = [f"## {name}\n", f"```python\n{signature(name, value)}\n```\n", text_of(value) + "\n"]
    if inspect.isclass(value):
        lines += [f"- `{signature(item, one)}`: {first_line(one)}" for item, one in methods(value)]
        lines += [""] if methods(value) else []
    return "\n".join(lines)


def methods(kind: type) -> list[tuple[str, Any]]:
    """Public methods and properties that say what they do: its own, and of the parts its room makes it of."""
    room = [k for k in kind.__mro__ if k is kind or k.__module__.startswith(f"{kind.__module__}.")]
    members = {item: one for k in reversed(room) for item, one in vars(k).items() if not item.startswith("_")}
    own = ((item, getattr(one, "fget", None) or one) for item, one in members.items())
    return [(item, one) for item, one in own if inspect.isfunction(one) and one.__doc__]


def signature(name: str, value: Any) -> str:
    """As it is called; addresses in memory are no part of it."""
    try:
        written = re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(value)))
        return name + re.sub(r"(: |-> )'([^']*)'", r"\1\2", written)  # annotations are kept as text
    except (TypeError, ValueError):
        return name


def text_of(value: Any) -> str:
    """Its docstring, with the marks of code as Markdown has them."""
    said = inspect.getdoc(value) or ""
    return re.sub(r":(?:class|func|mod|meth):`~?\.?([^`]+)`", r"`\1`", said).replace("``", "`")


def first_line(value: Any) -> str:
    """The first paragraph of its docstring."""
    return " ".join(text_of(value).split("\n\n")[0].split())


def index() -> str:
    """The list of pages."""
    lines = [f"- [{name}]({name}.md): {first_line(importlib.import_module(name))}" for name in MODULES]
    return (
        "# Reference\n\nThe public modules, made from their docstrings by `docs/make_reference.py`.\n\n"
        + "\n".join(lines)
        + "\n"
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "README.md").write_text(index(), "utf-8")
    for module_name in MODULES:
        (FOLDER / f"{module_name}.md").write_text(page(module_name), "utf-8")
