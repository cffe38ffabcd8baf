"""Makes ``data/<language>-corpus.bloom``: ``python -m carmina_verse.making.index zh|en CORPUS``.

``... zh|en SOURCE own`` makes ``<language>-own.bloom`` of our own texts (``corpora/own-verse``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..english.text import MARKS, words_of
from ..originality.runs import Index, entries
from .own_texts import read


def texts(language: str, folder: Path) -> Iterator[list[str]]:
    """The words or characters of each poem that teaches, in reading order across its lines."""
    if language == "zh":
        from ..chinese.corpus import verses

        yield from (list("".join(verse.lines)) for verse in verses(folder))
        return
    from carmina.conductor import Conductor

    from ..english.corpus import passages

    for passage in passages(folder, lru_cache(maxsize=None)(Conductor().get("language", "en")().knows)):
        yield [word for line in passage.lines for word in line if word not in MARKS]


def own(language: str, folder: Path) -> Iterator[list[str]]:
    """The words or characters of each of our own texts."""
    for text in read(folder / language):
        if language == "zh":
            yield [sign for sign in text.body if "一" <= sign <= "鿿"]
        else:
            yield [word for line in text.body.splitlines() for word in words_of(line) if word not in MARKS]


def main() -> None:
    """Write the index of one language."""
    language, folder, name = sys.argv[1], Path(sys.argv[2]), (*sys.argv[3:], "corpus")[0]
    every = own(language, folder) if name == "own" else texts(language, folder)
    runs = {run for text in every for run in entries(text, language)}
    Index.of(runs, len(runs)).save(Path(__file__).parents[1] / "data" / f"{language}-{name}.bloom")
    print(len(runs))


if __name__ == "__main__":
    main()
