"""A written run -> its sung signs: mostly characters, with digits and symbols spelt out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from carmina.text import is_han

from .numbers import NUMBER, SYMBOLS, read_number

_SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーｧｨｩｪｫｬｭｮｯｰ")


@dataclass(frozen=True, slots=True)
class Sign:
    """One syllable's writing."""

    text: str  # as written; numbers and symbols in words
    han: str = ""  # the Han character to look up, compatibility forms resolved; empty if not Han


def signs(run: str) -> tuple[Sign, ...]:
    """The signs of a run in sung order; empty if nothing in it can be sung (punctuation, emoji).

    The author's hyphens are dropped; full-width digits and letters count as their usual forms; a small kana or a
    combining mark joins the sign before it; other letters (T恤) make one sign to a word, but capitals are said one by
    one.
    """
    found: list[Sign] = []
    for character in _spell_out(run):
        _append(found, character)
    return tuple(found)


def _spell_out(run: str) -> str:
    """Full-width forms made usual, numbers and symbols made words."""
    plain = "".join(unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" else c for c in run)
    plain = "".join(_ascii_digit(c) for c in plain)
    read = NUMBER.sub(
        lambda m: read_number(m, plain[max(m.start() - 1, 0) : m.start()], plain[m.end() : m.end() + 1]), plain
    )
    return "".join(SYMBOLS.get(character, character) for character in read)


def _ascii_digit(character: str) -> str:
    """Any script's decimal digit as 0-9; other characters unchanged."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _append(found: list[Sign], character: str) -> None:
    if is_han(character):
        found.append(_han_sign(character, found))
    elif found and (character in _SMALL_KANA or unicodedata.category(character).startswith("M")):
        found[-1] = Sign(found[-1].text + character, found[-1].han)
    elif not character.isalpha():
        return
    elif not found or found[-1].han or not _same_word(found[-1].text[-1], character):
        found.append(Sign(character))
    else:
        found[-1] = Sign(found[-1].text + character)


def _same_word(before: str, character: str) -> bool:
    """Whether two letters that are not Han belong to one sign: no kana, no capital begins inside a word."""
    return not _is_kana(before) and not _is_kana(character) and not (character.isascii() and character.isupper())


def _han_sign(character: str, found: list[Sign]) -> Sign:
    if character == "々" and found:
        return Sign(character, found[-1].han)
    return Sign(character, unicodedata.normalize("NFKC", character))


def _is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff" or "\uff66" <= character <= "\uff9d"
