"""The order of parts that a ``P:`` field gives. Source: the ABC standard 2.1, section 3.1.9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from carmina import BadInput

from ..common.printed import Printed

MOST_PARTS = 400
_TOKEN = re.compile(r"([A-Z])(\d{0,2})|(\()|\)(\d{0,2})|[\s.]+")


def parts_played(text: str) -> str:
    """``A2(BC)2`` -> ``AABCBC``; empty where it is no such list. Raises ``BadInput`` on far too many."""
    stack, at = [""], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token:
            return ""
        at = token.end()
        if token[1]:
            stack[-1] += token[1] * int(token[2] or 1)
        elif token[3]:
            stack.append("")
        elif token[4] is not None:
            if len(stack) == 1:
                return ""
            inner = stack.pop()
            stack[-1] += inner * int(token[4] or 1)
        if len(stack) > 8 or sum(map(len, stack)) > MOST_PARTS:
            raise BadInput(f"the ABC tune plays more than {MOST_PARTS} parts (P:). Write fewer.")
    return stack[0] if len(stack) == 1 else ""


def reordered(voices: Sequence[Sequence[Printed]], wanted: str) -> list[list[Printed]]:
    """The bars of every voice, part after part as ``wanted``; as they are where a part is not marked in the tune."""
    lead = max(voices, key=lambda bars: sum(len(bar.headings) for bar in bars))
    starts = list(_starts(lead))
    known = dict(starts)
    if not wanted or not set(wanted) <= known.keys():
        return [list(bars) for bars in voices]
    ends = dict(zip([name for name, _ in starts], [at for _, at in starts[1:]] + [len(lead)], strict=True))
    before = starts[0][1]
    return [[*bars[:before], *(bar for name in wanted for bar in bars[known[name] : ends[name]])] for bars in voices]


def _starts(bars: Sequence[Printed]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for at, bar in enumerate(bars):
        for _, text in bar.headings:
            if re.fullmatch("[A-Z]", text) and text not in seen:
                seen.add(text)
                yield text, at
