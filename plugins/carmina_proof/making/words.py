"""The word list: ``python -m carmina_proof.making.words DICTIONARIES``, a folder with SCOWL's
``american-english-large`` and ``british-english-large`` (Debian's wamerican-large and wbritish-large, 2020.12.07)."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
LISTS = ("american-english-large", "british-english-large")


def words(folder: Path) -> list[str]:
    """Every word without its possessive, names with their capitals, accents kept."""
    found = {word for name in LISTS for word in (folder / name).read_text("utf-8").split()}
    return sorted(word for word in found if not word.endswith("'s") and len(word) > 1)


if __name__ == "__main__":
    every = words(Path(sys.argv[1]))
    DATA.joinpath("en-words.z").write_bytes(zlib.compress("\n".join(every).encode(), 9))
    print(len(every))
