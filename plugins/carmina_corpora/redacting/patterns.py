"""What looks alike in every language: how to reach somebody, numbers of papers, dates and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finds import Find

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Boulevard|Blvd|Terrace|Place|Pl|Way|Close"
    r"|Crescent|Row|Highway|Hwy|Mews|Quay)\b\.?"
)
EXTENSION = r"(?: ?(?:x|ext\.?) ?\d{1,6})?(?!\d)"
ZH_DIGITS = "〇零一二三四五六七八九十两"
ZH_COUNTS = ZH_DIGITS + "百千万亿"
ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
TEENS = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
SPELT = f"(?:{TENS}(?:[- ]{ONES})?|{TEENS}|{ONES})"
SPELT_YEAR = (
    "(?:(?:sixteen|seventeen|eighteen|nineteen|twenty)[- ]"
    f"(?:hundred|(?:oh|nought)[- ]{ONES}|{TENS}(?:[- ]{ONES})?|{TEENS}))"
)
FIRSTS = (
    "(?:(?:twenty[- ]|thirty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
ALONE, ENDS = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"  # Chinese characters may stand beside
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(text))
    for kind, text in (
        ("email", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
        ("link", r"(?:https?://|www\.)[^\s<>\"'，。）)]+"),
        ("link", r"(?<![\w@])@[A-Za-z0-9_]{3,30}"),
        (
            "address",
            rf"\b\d{{1,6}}[A-Za-z]?,? (?:[A-Z][\w'’.-]* ){{1,4}}{STREET}(?:,? (?:Apt|Flat|Unit|Suite)\.? ?\w+)?",
        ),
        ("address", rf"\b(?i:{SPELT}) (?:[A-Z][\w'’.-]* ){{1,3}}{STREET}"),
        (
            "address",
            rf"(?:[\d{ZH_DIGITS}]{{1,4}}(?:号楼|号院|栋|幢|单元|室|楼|层|号)){{2,}}",
        ),
        ("address", r"\b(?:P\.? ?O\.? Box|PO Box) \d+\b"),
        ("address", r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),  # postcodes of Britain
        ("date", rf"\b{ORDINAL} (?:of )?{MONTH}(?:,? \d{{4}})?(?!\w)"),
        ("date", rf"\b{MONTH} {ORDINAL}(?:,? \d{{4}})?(?!\w)"),
        ("date", rf"\b(?i:{FIRSTS}) (?:of |day of )?{MONTH}(?:,? (?:\d{{4}}|(?i:{SPELT_YEAR})))?(?!\w)"),
        ("date", rf"\b{MONTH} (?:the )?(?i:{FIRSTS})(?:,? (?:\d{{4}}|(?i:{SPELT_YEAR})))?(?!\w)"),
        ("date", rf"\b(?<=in )(?i:{SPELT_YEAR})\b"),
        ("date", rf"(?:农历|阴历|旧历)[正冬腊{ZH_DIGITS}]{{1,2}}月(?:初[{ZH_DIGITS}]|[廿{ZH_DIGITS}]{{1,3}})[日号]?"),
        ("date", rf"(?<![{ZH_DIGITS}])[正冬腊{ZH_DIGITS}]{{1,2}}月(?:初[{ZH_DIGITS}]|廿[{ZH_DIGITS}]?)"),
        ("date", rf"\b(?!May\b){MONTH} \d{{4}}\b"),
        ("date", r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b"),
        ("date", r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b"),
        ("date", rf"[\d{ZH_DIGITS}]{{2,4}}年(?:[\d{ZH_DIGITS}]{{1,3}}月(?:[\d{ZH_DIGITS}]{{1,3}}[日号])?)?"),
        ("date", rf"(?<![\d{ZH_DIGITS}])[\d{ZH_DIGITS}]{{1,3}}月[\d{ZH_DIGITS}]{{1,3}}[日号]"),
        ("date", r"\b(?:1[5-9]|20)\d\d\b"),
        ("id", r"(?<!\d)\d{17}[\dXx](?!\d)"),  # identity cards of China
        ("id", r"\b\d{3}-\d{2}-\d{4}\b"),  # social security numbers
        ("id", r"(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)"),  # cards
        ("phone", r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"),
        ("phone", r"(?<!\d)0\d{4} ?\d{6}(?!\d)"),
        ("id", r"(?:微信号?|QQ号?|qq号?)[:：是为 ]{0,2}(?:[A-Za-z][A-Za-z0-9_-]{5,19}|\d{5,11})"),
        ("id", r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-Z0-9]{5,6}(?![A-Z0-9])"),
        ("id", r"(?<!\d)\d{15,19}(?!\d)"),
        ("phone", rf"(?<![\w.])\(?\d{{2,4}}\)?[ .-]?\d{{3,4}}[ .-]\d{{3,4}}{EXTENSION}"),
        (
            "phone",
            r"(?<![\d.])(?:\+|00)\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}(?: ?(?:x|ext\.?) ?\d{1,6})?(?!\d)",
        ),
        ("phone", r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
        ("phone", r"(?<!\d)\(?0?\d{2,4}\)?[ .-]\d{3,4}[ .-]\d{3,4}(?!\d)"),
        ("phone", r"(?<!\d)\d{3}[ .-]\d{4}(?!\d)"),
        ("number", r"(?<![\w.])[$€£¥]? ?\d+(?:[.,:]\d+)*(?!\w)"),
        ("number", r"(?<=[一-鿿])\d+(?:\.\d+)?|\d+(?:\.\d+)?(?=[一-鿿])"),
        ("number", rf"[{ZH_COUNTS}]{{2,}}(?=元|块|圆|岁)"),
        ("id", rf"{ALONE}(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{{6,}}{ENDS}"),
    )
)


def patterned(text: str) -> Iterator[Find]:
    """Finds by their shape alone."""
    for kind, pattern in PATTERNS:
        yield from (Find(kind, match.start(), match.end()) for match in pattern.finditer(text))
