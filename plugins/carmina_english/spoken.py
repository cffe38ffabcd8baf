"""What is written in signs and read in words: figures, symbols, abbreviations, initials.

Everything here gives plain lower-case words; the figures themselves are named by num2words.
"""

from __future__ import annotations

import re
import unicodedata

SYMBOLS = {
    "&": "and",
    "@": "at",
    "+": "plus",
    "%": "percent",
    "=": "equals",
    "#": "number",
    "*": "star",
    "°": "degrees",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "$": "dollar",
    "¢": "cent",
    "½": "one half",
    "¼": "one quarter",
    "¾": "three quarters",
    "×": "times",
    "÷": "divided by",
    "§": "section",
    "™": "trademark",
}
MONEY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
ABBREVIATIONS = {
    "mr": "mister",
    "mrs": "missis",
    "ms": "miz",
    "dr": "doctor",
    "jr": "junior",
    "sr": "senior",
    "mt": "mount",
    "etc": "et cetera",
    "vs": "versus",
    "prof": "professor",
    "capt": "captain",
    "sgt": "sergeant",
    "gov": "governor",
    "messrs": "messieurs",
    "feat": "featuring",
    "esq": "esquire",
}
LETTER_NAMES = {"w": "double u"}  # the one letter whose name has more syllables than it has letters
LONGEST_NUMBER = 15  # digits read as one number; more are read one by one
FIGURE = re.compile(
    r"(?P<money>[$€£¥])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<tail>st|nd|rd|th|s|'s|%|°)?(?![\d])", re.IGNORECASE
)
FRACTION = re.compile(r"(\d)/(\d)")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def spell(word: str) -> list[str] | None:
    """The words that are sung for a word with figures, a symbol or an abbreviation; ``None``: it is a plain word."""
    word = plain_digits(word)
    if any(sign.isdecimal() for sign in word):
        return _mixed(word)
    if word.strip(".").lower() in ABBREVIATIONS:
        return ABBREVIATIONS[word.strip(".").lower()].split()
    if word and not any(sign.isalpha() for sign in word):
        return [name for sign in word for name in SYMBOLS.get(sign, "").split()]
    return None


def plain_digits(word: str) -> str:
    """Every decimal digit of any script, and superscripts, as 0-9; other numerals stay."""
    digits = (unicodedata.digit(sign, None) for sign in word)
    return "".join(sign if digit is None else str(digit) for sign, digit in zip(word, digits, strict=True))


def _mixed(word: str) -> list[str]:
    clock = CLOCK.fullmatch(word)
    if clock:
        return _clock(*clock.groups())
    if fraction := FRACTION.fullmatch(word):
        return _fraction(*map(int, fraction.groups()))
    words: list[str] = []
    at = 0
    for figure in FIGURE.finditer(word):
        words += _letters(word[at : figure.start()]) + _figure(figure)
        at = figure.end()
    return words + _letters(word[at:])


def _fraction(many: int, of: int) -> list[str]:
    part = {2: ["half"], 4: ["quarter"]}.get(of) or _words(of, "ordinal")
    return [*_words(many, "cardinal"), *(part if many == 1 else ["halves"] if of == 2 else _plural(part))]


def _letters(text: str) -> list[str]:
    """What stands between figures: words as they are, symbols by name."""
    found = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S", text)
    return [name for piece in found for name in ([piece] if piece[0].isalpha() else SYMBOLS.get(piece, "").split())]


def _figure(figure: re.Match[str]) -> list[str]:
    number, tail = figure["number"].replace(",", ""), (figure["tail"] or "").lower()
    if figure["money"]:
        whole, _, cents = number.partition(".")
        if len(cents) == 2 and not tail:  # $20.50: twenty dollars fifty
            return _figure_of_money(whole, figure["money"]) + ([] if cents == "00" else _number(str(int(cents))))
        return _figure_of_money(number, figure["money"]) + _letters(tail)
    if tail in ("st", "nd", "rd", "th") and number.isdecimal() and len(number) <= LONGEST_NUMBER:
        return _words(int(number), "ordinal")
    if tail in ("s", "'s"):
        return _plural(_number(number))
    return _number(number) + _letters(tail)


def _figure_of_money(whole: str, sign: str) -> list[str]:
    return _number(whole) + [MONEY[sign] + ("" if whole == "1" or sign == "¥" else "s")]


def _number(number: str) -> list[str]:
    whole, _, part = number.partition(".")
    if len(whole) > LONGEST_NUMBER or (len(whole) > 1 and whole[0] == "0"):
        words = _each(whole)
    elif len(whole) == 4 and not part and (1100 <= int(whole) < 2000 or 2010 <= int(whole) < 2100):
        words = _words(int(whole), "year")
    else:
        words = _words(int(whole), "cardinal")
    return words + (["point", *_each(part)] if part else [])


def _each(digits: str) -> list[str]:
    return [name for digit in digits for name in _words(int(digit), "cardinal")]


def _words(number: int, form: str) -> list[str]:
    from num2words import num2words

    return re.findall(r"[a-z]+", num2words(number, lang="en", to=form).lower())


def _plural(words: list[str]) -> list[str]:
    last = words[-1]
    return [*words[:-1], last[:-1] + "ies" if last.endswith("y") else last + ("es" if last.endswith("x") else "s")]


def _clock(hours: str, minutes: str) -> list[str]:
    late = [] if minutes == "00" else ["oh", *_each(minutes[1])] if minutes[0] == "0" else _number(minutes)
    return _number(str(int(hours))) + (late or ["o'clock"])
