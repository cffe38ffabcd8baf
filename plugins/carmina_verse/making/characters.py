"""Makes ``data/zh-characters.z``: ``python -m carmina_verse.making.characters``.

A line is ``character`` and, for each rhyme book, its classes joined by ``,`` and its level (平, 仄, both), from the
Chinese language plugin (whose data folder names the sources and licences), then the class of its modern final.
"""

from __future__ import annotations

import zlib
from pathlib import Path

BOOKS = ("pingshui", "cilin", "xinyun", "tongyun")


def main() -> None:
    """Write the table."""
    from carmina.conductor import Conductor

    from ..chinese.corpus import rhyme_class
    from ..chinese.tokenizer import ChineseVerse

    chinese, pieces = Conductor().get("language", "zh")(), ChineseVerse().pieces
    rows = []
    for number in range(len(pieces)):
        character = pieces.id_to_piece(number)
        if len(character) == 1 and "一" <= character <= "鿿":
            books = [
                f"{','.join(chinese.rhyme_class(character, book))} {chinese.level(character, book) or '-'}"
                for book in BOOKS
            ]
            rows.append(f"{character} {' '.join(books)} {rhyme_class(character)}".replace("  ", " - "))
    (Path(__file__).parents[1] / "data" / "zh-characters.z").write_bytes(zlib.compress("\n".join(rows).encode(), 9))


if __name__ == "__main__":
    main()
