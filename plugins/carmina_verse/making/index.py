"""Makes ``data/<language>-corpus.bloom``: ``python -m carmina_verse.making.index zh|en CORPUS``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..originality.runs import Index, entries


def texts(language: str, folder: Path) -> Iterator[list[str]]:
    """The words or characters of each poem that teaches, in reading order across its lines."""
    if language == "zh":
        from ..chinese.corpus import verses

        yield from (list("".join(verse.lines)) for verse in verses(folder))
        return
    from carmina.conductor import Conductor

    from ..english.corpus import passages
    from ..english.text import MARKS

    for passage in passages(folder, lru_cache(maxsize=None)(Conductor().get("language", "en")().knows)):
        yield [word for line in passage.lines for word in line if word not in MARKS]


def main() -> None:
    """Write the index of one language."""
    language, folder = sys.argv[1], Path(sys.argv[2])
    runs = {run for text in texts(language, folder) for run in entries(text, language)}
    Index.of(runs, len(runs)).save(Path(__file__).parents[1] / "data" / f"{language}-corpus.bloom")
    print(len(runs))


if __name__ == "__main__":
    main()
