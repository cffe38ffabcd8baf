"""Scripts of letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The inside of a character class: Chinese characters of all blocks of Unicode (unified, extensions A to J,
# compatibility, Kangxi radicals), and 〇 and 々, which are written as such.
HAN = "\u3005\u3007\u2f00-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_CHARACTER = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return HAN_CHARACTER.fullmatch(character) is not None


@lru_cache(maxsize=4096)
def script_of(character: str) -> str | None:
    """``Latin``, ``Han``, ``Kana``, ``Cyrillic``, ...; None for digits, marks, symbols and what else has no script."""
    plain = unicodedata.normalize("NFKC", character)[:1]
    if unicodedata.category(plain) not in ("Lu", "Ll", "Lt", "Lo"):
        return None
    name = unicodedata.name(plain, "").split()
    if name[:1] in (["HIRAGANA"], ["KATAKANA"]):
        return "Kana"
    return "Han" if name[:1] == ["CJK"] else " ".join(name[:1]).title() or None
