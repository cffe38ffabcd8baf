"""Takes away what is no word: markup, links, time stamps, invisible characters, emoji; and makes letters whole.

Letters come out composed (NFC); full-width and styled letters and digits become plain ones; typographic apostrophes
become ``'``; every kind of space becomes a space.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from .terminal import without_prompts

_BREAKS = re.compile(r"<\s*br\s*/?\s*>", re.I)
_BLOCKS = re.compile(r"<\s*/?\s*(?:p|div|h[1-6]|li|ul|ol|blockquote|section|table|tr)\b[^<>\n]*>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_STAMP = re.compile(r"[\[<]\d{1,3}:\d{2}(?:[.:]\d{1,3})?[\]>]")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^)\s]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:https?:|www\.|/|#)[^)\s]*\)")
_ADDRESS = re.compile(  # of the web, or an e-mail's; Chinese goes on without a space
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bmailto:|\bwww\.)[^\s<>\"\u3000-\u9fff\uff00-\uffef]*[^\s<>\"\u3000-\u9fff\uff00-\uffef.,;:!?)'\]]"
    r"|\b[a-z0-9_][\w.+-]*@[\w-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"
    r"|^\s*(?:[a-z0-9-]+\.)+(?:com|net|org|info|de|fr|it|es|pt|br|uk|at|ch|cn|com\.cn|tw|hk|jp|io|me|tv)(?:/\S*)?\s*$",
    re.I | re.A,
)
_FRACTION = re.compile(r"(\d\s?)?([¼-¾⅐-⅞])")
_EMOTICON = re.compile(r"(?<!\S)(?:<3+|[:;=8][-']?[()DPpOo|\\/*]|[xX]D|\^_?\^)(?!\S)")
_EMPHASIS = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]*[^\s_])\1(?![\w_])")
ANNOTATION = re.compile(r"\[\*(?!\*)[^\[\]*\n]*\]")  # of ChordPro: read, not sung
_TAGGED = re.compile(r"(?<!\S)#(?=[^\W\d_])")  # of #love the word is sung
_QUOTE_OR_BULLET = re.compile(r"^\s*(?:>\s*)+|^\s*[*•‣▪◦·–-]\s+(?=\S)")
_APOSTROPHES = str.maketrans(
    dict.fromkeys("‘’‛ʼʻ′´`＇", "'") | dict.fromkeys("‐‑⁃﹣－", "-") | {"＿": "_", "\u00ad": None}
)
_STYLED = (
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"  # full-width digits and letters
    "\U0001d400-\U0001d7ff\ufb00-\ufb06"  # mathematical letters, ligatures
    "\u2080-\u2089\u24b6-\u24e9\u2126\u212a\u212b\uf900-\ufaff"
)  # circled letters; compatibility letters and Han
_TO_PLAIN = re.compile(f"[{_STYLED}]")


def clean_text(text: str) -> str:
    """Markup that may span lines: ``<br>`` ends a line, a block ends a stanza, comments, scripts and styles go."""
    for start, end in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        text = _without(text, start, end)
    return _BLOCKS.sub("\n\n", _BREAKS.sub("\n", without_prompts(text)))


def _without(text: str, start: str, end: str) -> str:
    """A text without what stands between two marks; an opening mark that is never closed stays."""
    kept, at, low = [], 0, text.lower() if len(text.lower()) == len(text) else text
    while (opens := low.find(start, at)) >= 0 and (closes := low.find(end, opens)) >= 0:
        kept.append(text[at:opens])
        at = closes + len(end)
    return "".join(kept) + text[at:]


def clean_line(line: str) -> str:
    """One line with nothing left but words, punctuation, labels, chords and ``_``."""
    line = _TAG.sub("", _STAMP.sub("", ANNOTATION.sub("", line)))
    line = clean_characters(_FRACTION.sub(_in_figures, html.unescape(line)))
    line = _ADDRESS.sub(" ", _LINK.sub(r"\1", _IMAGE.sub("", line)))
    line = _TAGGED.sub("", _EMOTICON.sub("", _QUOTE_OR_BULLET.sub("", line)))
    return _EMPHASIS.sub(r"\2", line).replace("*", "").replace("~~", "")


def left_out(line: str) -> Iterator[str]:
    """What of a line as written is neither sung nor markup nor a picture, by name: addresses, figures that mark notes
    at the foot of a page."""
    plain = _LINK.sub("", _IMAGE.sub("", _TAG.sub("", line)))
    yield from ("web or e-mail address" for _ in _ADDRESS.finditer(plain))
    yield from (f"figure that no word says ({c})" for c in _FRACTION.sub("", plain) if _is_figure(c))


def _is_figure(c: str) -> bool:
    return c > "\x7f" and unicodedata.category(c) == "No" and not _TO_PLAIN.match(c)


def _in_figures(found: re.Match[str]) -> str:
    """``½`` as 1/2, ``1½`` as 1 & 1/2: all languages say those."""
    fraction = unicodedata.normalize("NFKC", found[2]).replace("\u2044", "/")
    return f"{found[1].strip()} & {fraction} " if found[1] else f"{fraction} "


def clean_characters(text: str) -> str:
    """Composed letters, plain apostrophes and spaces, no invisible characters and no pictures."""
    text = _TO_PLAIN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", "".join(map(_kept, text.expandtabs(4).translate(_APOSTROPHES))))


def _kept(c: str) -> str:
    if c < "\x7f":
        return c if c >= " " else ""
    category = unicodedata.category(c)
    if category.startswith("Z") or c in "\u203f\u3164\u2800":  # the tie joins two words on one note: still two words
        return " "
    if category in ("Cf", "Cc", "Co", "Cn", "Cs", "No", "Me") or _is_picture(c, category):
        return ""
    return c


def _is_picture(c: str, category: str) -> bool:
    return category == "So" and c not in "°" or category == "Sk" or "\ufe00" <= c <= "\ufe0f"
