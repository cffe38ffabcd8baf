"""Writes into README.md what its commands print: ``python docs/make_readme.py``. A test keeps it true, on every
processor.

A block without a language is the output of the commands in the block before it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).parent.with_name("README.md")
PAIR = re.compile(r"^```sh\n((?:(?!```).*\n)*)```\n\n```\n((?:(?!```).*\n)*)```\n", re.MULTILINE)


def page() -> str:
    """The README with the output of its commands renewed."""
    return PAIR.sub(lambda found: found[0].replace(found[2], printed(found[1])), PAGE.read_text("utf-8"))


def printed(block: str) -> str:
    """What the ``carmina`` commands of a block print, an empty line between them."""
    lines = [line.split("  #")[0] for line in block.splitlines() if line.startswith("carmina ")]
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            subprocess.run(
                f"{sys.executable} -m {line}", shell=True, cwd=folder, capture_output=True, text=True, check=True
            )
            for line in lines
        ]
    return "\n".join(run.stdout for run in runs)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
