"""English as tokens: words in lower case, two kinds of marks, line ends."""

from __future__ import annotations

import re

END, COMMA, STOP = "/", ",", "."
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*'?|'[a-z]+(?:'[a-z]+)*'?|[,;:—–-]|[.!?…]|[^\W\d_]+")
_PLAIN = str.maketrans("‘’`´ʼ", "'''''")
_KINDS = dict.fromkeys(",;:—–-", COMMA) | dict.fromkeys(".!?…", STOP)
LED = frozenset(  # words that begin with an apostrophe; before others it is a quotation mark
    "'tis 'twas 'twere 'twill 'twould 'twixt 'twouldn't 'tisn't 'cause 'cos 'coz 'cuz 'em 'til 'till 'n 'n' "
    "'bout 'round 'neath 'mid 'midst 'mong 'mongst 'gainst 'fore 'ere 'scape 'gan 'stead 'nother 'nuff 'im 'er "
    "'ow 'ome 'eart 'ead 'and' 'most 'longside 'fraid 'tween 'ood 'spite 'hind 'long 'lone 'bove 'low 'way "
    "'kerchief 'prentice 'st 's".split()
)
DROPPED = frozenset(  # of these the h was dropped
    "'is 'as 'ad 'ave 'ope 'opes 'imself 'erself 'ouse 'orse 'appy 'im 'er 'ow 'ome 'eart 'ead".split()
)


def plain(text: str) -> str:
    """Lower case, straight apostrophes; as long as the text."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text.translate(_PLAIN))


def tokens(line: str) -> list[str]:
    """The tokens of a line, without its end."""
    return [token for token, _, _ in placed(line)]


def placed(line: str) -> list[tuple[str, int, int]]:
    """(token, start, end) of each token of a line; quotation marks around words are no part of them."""
    out = []
    for found in _TOKEN.finditer(plain(line)):
        text, start, end = found[0], found.start(), found.end()
        if len(text) == 1 and text in _KINDS:
            out.append((_KINDS[text], start, end))
            continue
        if text[0] == "'" and text not in LED | DROPPED and text.rstrip("'") not in LED:
            text, start = text[1:], start + 1
        if text[-1:] == "'" and not _clipped(text):
            text, end = text[:-1], end - 1
        if text:
            out.append((text, start, end))
    return out


def _clipped(text: str) -> bool:
    """Whether a closing apostrophe stands for letters: ``runnin'``, ``th'``, ``o'``; not after other words."""
    return text.endswith("in'") or len(text) <= 4 or text in LED
