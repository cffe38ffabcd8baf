"""English lines as words and marks: one way of writing for the corpus, for what is asked, and for what is written."""

from __future__ import annotations

import re

MARKS = (",", ";", ":", ".", "!", "?", "—")
NO_MARK = "/"  # a line that ends without punctuation
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*'?|'[a-z]+|[,;:.!?—]")
_CLEAN = ((r"[\"“”_*()]", ""), (r"[‘’`´]", "'"), (r"\.\.+|…", "."), (r"--+|–|—", "—"), (r"-", " "), (r"&", "and"))
LEADING = {"'tis", "'twas", "'twere", "'twill", "'twould", "'mid", "'neath", "'gainst", "'til", "'midst"}
MODERN = {
    "o'er": "over",
    "ev'ry": "every",
    "heav'n": "heaven",
    "giv'n": "given",
    "pow'r": "power",
    "flow'r": "flower",
    "tho'": "though",
    "thro'": "through",
    "altho'": "although",
    "ev'n": "even",
    "e'en": "even",
    "flow'rs": "flowers",
    "pow'rs": "powers",
    "show'r": "shower",
    "show'rs": "showers",
    "bow'r": "bower",
    "bow'rs": "bowers",
    "hour's": "hour's",
    "spir't": "spirit",
    "th'": "the",
    "i'the": "in the",
    "o'the": "of the",
    "'mid": "amid",
    "'neath": "beneath",
    "'gainst": "against",
    "'til": "until",
    "'midst": "amidst",
    "an'": "and",
    "ne'er": "never",
    "e'er": "ever",
    "whene'er": "whenever",
    "where'er": "wherever",
    "whate'er": "whatever",
    "howe'er": "however",
    "t'": "to",
    "i've": "i've",
    "lov'd": "loved",
    "to-day": "today",
    "morn": "morn",
    "oer": "over",
    "colour": "color",
    "grey": "gray",
    "honour": "honor",
    "labour": "labor",
    "favour": "favor",
    "splendour": "splendor",
    "parlour": "parlor",
    "neighbour": "neighbor",
    "harbour": "harbor",
    "vapour": "vapor",
    "odour": "odor",
    "valour": "valor",
    "clamour": "clamor",
    "ardour": "ardor",
    "rumour": "rumor",
    "centre": "center",
    "plough": "plow",
    "traveller": "traveler",
    "jewelled": "jeweled",
    "woful": "woeful",
    "wo": "woe",
    "burthen": "burden",
    "shew": "show",
    "shews": "shows",
    "antient": "ancient",
    "chaunt": "chant",
    "sate": "sat",
    "oh": "oh",
}
KEPT = {"o'er", "ne'er", "e'er"}  # a syllable shorter than their modern spelling, and well known


def words_of(line: str) -> list[str]:
    """The lower-case words and marks of a line, in reading order; other signs are left out."""
    for pattern, to in _CLEAN:
        line = re.sub(pattern, to, line)
    tokens: list[str] = []
    for token in _TOKEN.findall(line.lower()):
        token = _word(token)
        if token in MARKS and (not tokens or tokens[-1] in MARKS):
            if tokens and token in ".!?":
                tokens[-1] = token
            continue
        tokens += token.split()
    return tokens


def _word(token: str) -> str:
    if token.startswith("'") and token not in LEADING:
        token = token[1:]
    if token in KEPT:
        return token
    if token in MODERN:
        return MODERN[token]
    if token.endswith("'d") and len(token) > 4 and token not in ("you'd", "they'd", "who'd", "he'd"):
        return token[:-2] + ("d" if token[-3] == "e" else "ed")
    return token.rstrip("'") or token


def ends(tokens: list[str]) -> tuple[list[str], str]:
    """The tokens of a line without its last mark, and that mark (``NO_MARK`` when it has none)."""
    return (tokens[:-1], tokens[-1]) if tokens and tokens[-1] in MARKS else (tokens, NO_MARK)
