"""Makes ``docs/experiments.md``, the index of what was tried: ``python docs/make_experiments.py``.

Each page of ``docs/experiments`` has a heading and, under it, a paragraph that says what was measured.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "experiments"
PAGE = FOLDER.with_suffix(".md")
HEAD = """# Experiments

What was tried, the figure before and after, whether it was kept, and why; human and chance values stand beside the figures. One
page a subject; this index is made by `docs/make_experiments.py`.

"""  # noqa: E501


def page() -> str:
    """The index."""
    return HEAD + "".join(map(_entry, sorted(FOLDER.glob("*.md"))))


def _entry(path: Path) -> str:
    title, *rest = path.read_text("utf-8").split("\n")
    body = "\n".join(rest).strip().split("\n\n")[0].replace("\n", " ")
    first = body.split(". ")[0].rstrip(".:") if body and not body.startswith(("|", "#", "-")) else ""
    return f"- [{title.lstrip('# ').strip()}](experiments/{path.name})" + (f": {first}.\n" if first else "\n")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
