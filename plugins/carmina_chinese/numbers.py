"""Digits and symbols as they are read aloud in Chinese.

A year (four digits before 年), a telephone-like number (leading zero, or nine digits and more) and the love codes of
``CODES`` are read digit by digit; everything else is a cardinal. Two is 两 before a measure word and before 千 万 亿 at
the head, else 二.
"""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
CODES = frozenset({"520", "521", "1314", "5201314", "911", "996", "007", "110", "119"})
MEASURES = frozenset(
    "个個只隻条條张張片朵颗顆粒滴次遍回场場句首杯碗瓶把本支枝件双雙对對岁歲年天夜位人间間座棵株匹头頭面"
    "辆輛分秒种種段声聲步代样樣份封家排群千万萬亿億块塊"
)
SYMBOLS = {
    "&": "和",
    "＆": "和",
    "+": "加",
    "＋": "加",
    "=": "等于",
    "＝": "等于",
    "%": "百分号",
    "％": "百分号",
    "℃": "摄氏度",
    "°": "度",
    "@": "在",
    "＠": "在",
    "×": "乘",
    "÷": "除以",
    "#": "井",
    "＃": "井",
    "№": "号",
    "$": "美元",
    "＄": "美元",
    "€": "欧元",
    "£": "英镑",
    "￡": "英镑",
    "¥": "元",
    "￥": "元",
}
CURRENCIES = "$€£¥＄￡￥"
NUMBER = re.compile(
    rf"(?P<money>[{CURRENCIES}])?(?P<digits>[0-9]+(?:,[0-9]{{3}})*)(?:\.(?P<decimals>[0-9]+))?"
    r"(?:/(?P<below>[0-9]+))?(?P<percent>[%％‰])?"
)
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_LONGEST_CARDINAL = 16  # digits; beyond it nobody says a cardinal


def cardinal(number: int) -> str:
    """A whole number from 0 to 16 digits in words, e.g. 105 -> 一百零五, 12 -> 十二."""
    words = _read(number)
    return words[1:] if words.startswith("一十") else words


def _read(number: int) -> str:
    for size, name in _UNITS:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _read(high) + name + gap + (_read(low) if low else "")
    return DIGITS[number]


def digit_by_digit(digits: str) -> str:
    """Each digit by its name, e.g. 2024 -> 二零二四."""
    return "".join(DIGITS[int(digit)] for digit in digits)


def read_number(match: re.Match[str], before: str, after: str) -> str:
    """The words of a :data:`NUMBER` match that stands between ``before`` and ``after``."""
    digits = match["digits"].replace(",", "")
    if match["below"]:
        words = f"{_whole(match['below'], '', '')}分之{_whole(digits, '', '')}"
    else:
        words = _whole(digits, before, "点" if match["decimals"] else after)
        words += "点" + digit_by_digit(match["decimals"]) if match["decimals"] else ""
    if match["percent"]:
        words = ("千分之" if match["percent"] == "‰" else "百分之") + words.replace("一百", "百")
    return words + (SYMBOLS[match["money"]] if match["money"] else "")


def _whole(digits: str, before: str, after: str) -> str:
    year = len(digits) == 4 and after.startswith("年")
    code = digits in CODES and after[:1] not in MEASURES
    telephone = len(digits) > 1 and digits.startswith("0") or 9 <= len(digits) != _round_length(digits)
    if year or code or telephone or len(digits) > _LONGEST_CARDINAL:
        return digit_by_digit(digits)
    words = cardinal(int(digits))
    counted = words == "二" and after[:1] in MEASURES and after[:1] and before[-1:] != "第"
    return "两" + words[1:] if counted or re.match("二[千万亿]", words) else words


def _round_length(digits: str) -> int:
    """The length of a number that ends in four zeros (it is said as a cardinal), else 0."""
    return len(digits) if digits.endswith("0000") else 0
