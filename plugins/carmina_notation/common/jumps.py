"""Da capo, dal segno, fine, coda: what a bar says of the road, from the words or signs that a page prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CAPO = re.compile(r"\bd\.?\s*c\.?(?![a-z])|\bda\s*capo\b", re.IGNORECASE)
_SEGNO = re.compile(r"\bd\.?\s*s\.?(?![a-z])|\bdal\s*segno\b", re.IGNORECASE)
_FINE = re.compile(r"^\W*fine\W*$", re.IGNORECASE)
_TO_CODA = re.compile(r"^\W*(?:to|al(?:la)?)\s*(?:the\s*)?coda\b|^\W*da\s+coda\b", re.IGNORECASE)


@dataclass(slots=True)
class Road:
    """Signs of one bar; jumps, Fine and the leave for the coda act at its end."""

    jump: str = ""  # "capo" or "segno": go back from the end of this bar
    segno: bool = False
    coda: bool = False  # where the coda begins, or the sign from which one leaves for it
    to_coda: bool = False
    fine: bool = False

    def __or__(self, other: Road) -> Road:
        return Road(
            self.jump or other.jump,
            self.segno or other.segno,
            self.coda or other.coda,
            self.to_coda or other.to_coda,
            self.fine or other.fine,
        )

    def __bool__(self) -> bool:
        return bool(self.jump or self.segno or self.coda or self.to_coda or self.fine)


def said(words: str) -> Road:
    """What printed words say: ``D.C. al Fine``, ``To Coda``, ``Fine``; nothing where they speak of something else."""
    if len(words) > 80:
        return Road()
    return Road(
        "segno" if _SEGNO.search(words) else "capo" if _CAPO.search(words) else "",
        to_coda=bool(_TO_CODA.search(words)),
        fine=bool(_FINE.search(words)),
    )
