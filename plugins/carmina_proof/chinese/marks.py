"""Stray marks of Chinese, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from ..page import Page

RULE = 9.0
_HAN = "\u4e00-\u9fff"
_STRAY = (
    (re.compile(r"，，+"), "逗号重出", "，"),
    (re.compile(r"。。(?!。)"), "句号重出", "。"),
    (re.compile(r"、、+"), "顿号重出", "、"),
    (re.compile(r"，(?=[。！？；])|(?<=[。！？；])，"), "标点并出", ""),
    (re.compile(rf"(?<=[{_HAN}]),(?=\s*[{_HAN}]|\s*$)"), "中文用全角逗号", "，"),
    (re.compile(rf"(?<=[{_HAN}])\.(?=\s*[{_HAN}]|\s*$)"), "中文用句号", "。"),
    (re.compile(rf"(?<=[{_HAN}])\?(?=\s*[{_HAN}]|\s*$)"), "中文用全角问号", "？"),
    (re.compile(rf"(?<=[{_HAN}])!(?=\s*[{_HAN}]|\s*$)"), "中文用全角叹号", "！"),
    (re.compile(rf"(?<=[{_HAN}]);(?=\s*[{_HAN}]|\s*$)"), "中文用全角分号", "；"),
    (re.compile(rf"(?<=[{_HAN}]) +(?=[，。！？；、])"), "标点前有空格", ""),
    (re.compile(rf"^\s*[，。！？；、](?=[{_HAN}])"), "标点在句首", ""),
)


def stray_marks(page: Page, at: int) -> Iterator[Finding]:
    """Marks that no typesetter would leave in a line."""
    shown = page.shown[at]
    assert shown is not None  # the lines that are read
    if "\ufffd" in shown.text:
        place = shown.text.index("\ufffd")
        yield Finding(at + 1, *shown.span(place, place + 1), "\ufffd", "mark", "有字丢失", (), RULE, False)
    for pattern, reason, mend in _STRAY:
        for found in pattern.finditer(shown.text):
            start, end = shown.span(*found.span())
            if end - start == len(found[0]):
                yield Finding(at + 1, start, end, found[0], "mark", reason, (mend,), RULE)
