"""What was tried is found: the index of experiments names every page."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "experiments").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_page_of_experiments_is_in_the_index(page):
    index = (DOCS / "experiments.md").read_text("utf-8")
    assert f"(experiments/{page.name})" in index, "run docs/make_experiments.py"


def test_the_index_is_made_from_the_pages():
    made = runpy.run_path(str(DOCS / "make_experiments.py"))["page"]()
    assert made.count("](experiments/") == len(PAGES)
    assert all(page.read_text("utf-8").startswith("# ") for page in PAGES)
