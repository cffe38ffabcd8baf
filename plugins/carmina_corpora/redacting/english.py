"""Names and places in English (and other Latin) texts: by capitals, by lists, and by what stands beside them.

In verse every line begins with a capital, so the first word of a line is a name only where a list says so and no common
word is spelt alike, or where another name follows. Inside a line a capital is enough, but for words that English always
writes so (days, tongues, God) and for personified nouns (Love, Death), unless a title or another name is beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .finds import Find
from .lists import listed

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TITLES = frozenset(
    "mr mrs ms miss mister missus dr doctor prof professor sir madam lady lord captain sergeant father sister brother "
    "aunt auntie uncle granny grandma grandpa king queen prince princess saint st rev reverend president".split()
)
STRONG_TITLES = frozenset("mr mrs ms miss mister dr prof captain sergeant rev uncle aunt auntie".split())
CALLED = frozenset("called named dear hello hi goodbye".split())
IN_PLACE = frozenset("in at from to near toward towards of outside leaving reach reached visit visited through".split())
PLACE_AFTER = frozenset(
    "city town village county river lake mountain university college hospital school station".split()
)
NO_NAMES = frozenset(
    "i i'm i'll i've i'd o oh ah god lord christ jesus heaven lord's god's monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december english "
    "french "
    "german spanish italian latin greek american british irish scottish welsh chinese russian japanese indian "
    "european african christian jewish muslim bible easter christmas halloween internet ok tv mr mrs ms dr st "
    "north south east west spring summer autumn winter mum mom dad mama papa ma pa".split()
)
LEADING = frozenset("north south east west new saint lake mount port fort upper lower great old".split())
# census names that are mostly something else at the beginning of a line
SMALL = frozenset("in an so my see many long will may so than my you his hers their but for when where while".split())
JOINERS = frozenset("de da di van von der den la le du bin al o' mc mac y e of the".split())


def english_names(text: str) -> Iterator[Find]:
    """Names and places by capitals and lists."""
    words = list(WORD.finditer(text))
    first = [_begins(text, word) for word in words]
    at = 0
    while at < len(words):
        end = _run(text, words, first, at)
        if end > at:
            yield Find(_kind(words, at, end), words[at].start(), _stop(words[end - 1]))
            at = end
        else:
            at += 1


def _begins(text: str, word: re.Match[str]) -> bool:
    """Whether a capital here says nothing: the beginning of a line or sentence, or of a quotation."""
    before = text[: word.start()].rstrip(" \t\"'“‘(*_-–—")
    return not before or before[-1] in ".!?:;\n…" or "\n" in text[len(before) : word.start()]


def _run(text: str, words: Sequence[re.Match[str]], first: Sequence[bool], at: int) -> int:
    """Where the name that begins at a word ends; ``at`` where none does."""
    low = _bare(words[at])
    if not words[at][0][0].isupper():
        return at
    if (whole := _listed_place(text, words, at)) > at + 1:
        return whole
    if low in LEADING and _leads(text, words, at):
        return max(_run(text, words, first, at + 1), at + 2)
    if low in NO_NAMES and not (at and _bare(words[at - 1]) in STRONG_TITLES and _beside(text, words, at - 1, ".")):
        return at
    titled = at > 0 and _bare(words[at - 1]) in (STRONG_TITLES | CALLED) and _beside(text, words, at - 1, ".")
    title = (
        at > 0
        and _bare(words[at - 1]) in TITLES
        and words[at - 1][0][0].isupper()
        and _beside(text, words, at - 1, ".")
    )
    if low in TITLES:
        return at
    if first[at] and not titled and _common(words[at]) and (low not in listed("given") or low in SMALL):
        return at  # "In Lisbon": the name begins later
    end = at + 1
    while end < len(words) and _beside(text, words, end - 1, "."):
        if words[end][0][0].isupper() and _bare(words[end]) not in NO_NAMES:
            end += 1
        elif _bare(words[end]) in JOINERS and end + 1 < len(words) and _joins(text, words, end):
            end += 2
        else:
            break
    alone = end == at + 1
    if (
        titled
        or title
        or any(_listed(words[n]) for n in range(at, end) if not (alone and first[n] and _common(words[n])))
    ):
        return end if titled or title or not alone or _stands(words[at], first[at]) else at
    if first[at]:
        return end if not alone and not _common(words[at]) else at
    return end if not alone or _proper(words[at]) else at


def _leads(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a point of the compass, or New, belongs to the name after it: South Zachary."""
    follows = at + 1 < len(words) and words[at + 1][0][0].isupper() and _beside(text, words, at, "")
    return follows and _bare(words[at + 1]) not in NO_NAMES


def _listed_place(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """Where the longest listed place of several words that begins here ends; ``at`` where none does."""
    for end in range(min(len(words), at + 4), at + 1, -1):
        if "\n" not in text[words[at].start() : words[end - 1].end()]:
            whole = " ".join(text[words[at].start() : words[end - 1].end()].lower().split())
            if whole in listed("places"):
                return end
    return at


def _joins(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a small word stands inside a name: Vincent van Gogh."""
    return (
        words[at + 1][0][0].isupper()
        and _beside(text, words, at, "")
        and _bare(words[at]) not in ("of", "the", "e", "y")
    )


def _beside(text: str, words: Sequence[re.Match[str]], at: int, marks: str) -> bool:
    """Whether nothing but spaces (and, after a title or an initial, a full stop) is between a word and the next."""
    between = text[words[at].end() : words[at + 1].start()] if at + 1 < len(words) else "\n"
    short = len(words[at][0]) == 1 or _bare(words[at]) in TITLES
    return between in (" ", "  ") or (marks == "." and short and between in (". ", "."))


def _stands(word: re.Match[str], begins: bool) -> bool:
    """Whether a listed word alone is a name here."""
    return not _common(word) if begins else (_proper(word) or not _common(word))


def _proper(word: re.Match[str]) -> bool:
    """Whether a capital inside a line is a name's: common words so written are mostly personified."""
    return not _common(word) and not word[0].isupper()


def _common(word: re.Match[str]) -> bool:
    low = _bare(word)
    return low in listed("common") or (low.endswith("s") and low[:-1] in listed("common"))


def _listed(word: re.Match[str]) -> bool:
    low = _bare(word)
    return low in listed("given") or low in listed("family") or low in listed("places")


def _bare(word: re.Match[str]) -> str:
    low = word[0].lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low


def _stop(word: re.Match[str]) -> int:
    """A possessive's 's is no part of a name."""
    return word.end() - 2 if word[0].lower().replace("’", "'").endswith("'s") else word.end()


def _kind(words: Sequence[re.Match[str]], at: int, end: int) -> str:
    whole = " ".join(_bare(word) for word in words[at:end])
    before = _bare(words[at - 1]) if at else ""
    after = _bare(words[end]) if end < len(words) else ""
    if before in TITLES or before in CALLED:
        return "name"
    if whole in listed("places") and (before in IN_PLACE or whole not in listed("given") | listed("family")):
        return "place"
    if (before in IN_PLACE and _bare(words[at]) not in listed("given")) or after in PLACE_AFTER:
        return "place" if before != "of" or whole in listed("places") else "name"
    return "name"
