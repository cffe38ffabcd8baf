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
PARTS: dict[
    str, dict[int, tuple[str, ...]]
] = {  # of a whole: a half, a third, a quarter, ... an eighth; several of them
    "de": {2: ("halb", "halbe"), 3: ("Drittel",), 4: ("Viertel",), 6: ("Sechstel",), 8: ("Achtel",)},
    "fr": {
        2: ("demi", "demis"),
        3: ("tiers",),
        4: ("quart", "quarts"),
        6: ("sixième", "sixièmes"),
        8: ("huitième", "huitièmes"),
    },
    "it": {
        2: ("mezzo", "mezzi"),
        3: ("terzo", "terzi"),
        4: ("quarto", "quarti"),
        6: ("sesto", "sesti"),
        8: ("ottavo", "ottavi"),
    },
    "es": {
        2: ("medio", "medios"),
        3: ("tercio", "tercios"),
        4: ("cuarto", "cuartos"),
        6: ("sexto", "sextos"),
        8: ("octavo", "octavos"),
    },
    "pt": {
        2: ("meio", "meios"),
        3: ("terço", "terços"),
        4: ("quarto", "quartos"),
        6: ("sexto", "sextos"),
        8: ("oitavo", "oitavos"),
    },
    "la": {
        2: ("dimidia pars", "dimidiae partes"),
        3: ("tertia pars", "tertiae partes"),
        4: ("quarta pars", "quartae partes"),
        6: ("sexta pars", "sextae partes"),
        8: ("octava pars", "octavae partes"),
    },
}
ONE = {"de": "ein", "fr": "un", "it": "un", "es": "un", "pt": "um", "la": "una"}
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
_FRACTION = re.compile(r"([0-9])/([0-9])")
_PIECES = re.compile(r"[0-9]+|[^0-9]+")
MONEY = "$€£¥"
MAX_DIGITS = 12  # longer numbers are read digit by digit


def spoken(code: str, word: str) -> list[str]:
    """The words said for a written one: itself, unless it holds digits or is a symbol."""
    if word in SYMBOLS[code]:
        return SYMBOLS[code][word].split()
    if not re.search("[0-9]", word):
        return [word] if any(c.isalpha() for c in word) else []
    if found := _FRACTION.fullmatch(word):
        return _fraction(code, int(found[1]), int(found[2]))
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


def _fraction(code: str, many: int, of: int) -> list[str]:
    if of not in PARTS[code]:
        return [*_number(code, str(many)), *_number(code, str(of))]
    one, *several = PARTS[code][of]
    said = [ONE[code]] if many == 1 else _number(code, str(many))
    return [*said, *(several[-1] if several and many > 1 else one).split()]


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
