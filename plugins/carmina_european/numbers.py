"""Digits and symbols -> the words that are said for them."""

from __future__ import annotations

import re
from functools import cache

SYMBOLS = {
    "de": {
        "&": "und",
        "+": "plus",
        "%": "Prozent",
        "=": "gleich",
        "@": "at",
        "$": "Dollar",
        "€": "Euro",
        "£": "Pfund",
        "°": "Grad",
        "#": "Nummer",
        "§": "Paragraf",
        "¥": "Yen",
    },
    "fr": {
        "&": "et",
        "+": "plus",
        "%": "pour cent",
        "=": "égale",
        "@": "arobase",
        "$": "dollars",
        "€": "euros",
        "£": "livres",
        "°": "degrés",
        "#": "numéro",
        "§": "paragraphe",
        "¥": "yens",
    },
    "it": {
        "&": "e",
        "+": "più",
        "%": "per cento",
        "=": "uguale",
        "@": "chiocciola",
        "$": "dollari",
        "€": "euro",
        "£": "sterline",
        "°": "gradi",
        "#": "numero",
        "§": "paragrafo",
        "¥": "yen",
    },
    "la": {
        "&": "et",
        "+": "et",
        "%": "per centum",
        "=": "aequat",
        "@": "ad",
        "$": "thaleri",
        "€": "euro",
        "£": "librae",
        "°": "gradus",
        "#": "numerus",
        "§": "paragraphus",
        "¥": "yen",
    },
    "es": {
        "&": "y",
        "+": "más",
        "%": "por ciento",
        "=": "igual a",
        "@": "arroba",
        "$": "dólares",
        "€": "euros",
        "£": "libras",
        "°": "grados",
        "#": "número",
        "§": "párrafo",
        "¥": "yenes",
    },
    "pt": {
        "&": "e",
        "+": "mais",
        "%": "por cento",
        "=": "igual a",
        "@": "arroba",
        "$": "dólares",
        "€": "euros",
        "£": "libras",
        "°": "graus",
        "#": "número",
        "§": "parágrafo",
        "¥": "ienes",
    },
}
LATIN_DIGITS = ("nullus", "unus", "duo", "tres", "quattuor", "quinque", "sex", "septem", "octo", "novem")
LATIN_TEENS = (
    "decem",
    "undecim",
    "duodecim",
    "tredecim",
    "quattuordecim",
    "quindecim",
    "sedecim",
    "septendecim",
    "duodeviginti",
    "undeviginti",
)
_PIECES = re.compile(r"[0-9]+|[^0-9]+")
MONEY = "$€£¥"
MAX_DIGITS = 12  # longer numbers are read digit by digit


def spoken(code: str, word: str) -> list[str]:
    """The words said for a written one: itself, unless it holds digits or is a symbol."""
    if word in SYMBOLS[code]:
        return SYMBOLS[code][word].split()
    if not re.search("[0-9]", word):
        return [word] if any(c.isalpha() for c in word) else []
    if word[0] in MONEY and len(word) > 1:  # "$5": the sum first
        return [*spoken(code, word[1:]), *SYMBOLS[code][word[0]].split()]
    said: list[str] = []
    for piece in _PIECES.findall(word):
        if piece[0] in "0123456789":
            said += _number(code, piece)
        elif any(c.isalpha() for c in piece):
            said.append(piece.strip("-"))
        elif piece in SYMBOLS[code]:  # "50%"
            said += SYMBOLS[code][piece].split()
    return said


@cache
def _number(code: str, digits: str) -> list[str]:
    if code == "la":
        return (
            [LATIN_TEENS[int(digits) - 10]]
            if len(digits) == 2 and digits[0] == "1"
            else [LATIN_DIGITS[int(d)] for d in digits]
        )
    from num2words import num2words

    numbers = (
        [int(digits)] if len(digits) <= MAX_DIGITS and not (len(digits) > 1 and digits[0] == "0") else map(int, digits)
    )
    return [word for number in numbers for word in _words(num2words(number, lang=code))]


def _words(text: str) -> list[str]:
    return text.replace("\u00ad", "").replace("-", " ").split()
