"""The reference names all that is public, and all that is public says what it is."""

import inspect
import runpy
from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
MADE = runpy.run_path(str(DOCS / "make_reference.py"))


@pytest.mark.parametrize("module", MADE["MODULES"])
def test_every_public_name_stands_in_the_reference(module):
    page = (DOCS / "reference" / f"{module}.md").read_text("utf-8")
    missing = [name for name in MADE["names_of"](import_module(module)) if f"## {name}\n" not in page]
    assert not missing, "run docs/make_reference.py"


@pytest.mark.parametrize("module", MADE["MODULES"])
def test_every_public_function_and_class_says_what_it_is(module):
    public = import_module(module)
    silent = [
        name
        for name in MADE["names_of"](public)
        if callable(getattr(public, name))
        and not hasattr(getattr(public, name), "__origin__")
        and not inspect.getdoc(getattr(public, name))
    ]
    assert not silent
