"""Names and places in English (and other Latin) texts: by capitals, by lists, and by what stands beside them.

In verse every line begins with a capital, so the first word of a line is a name only where a list says so and no common
word is spelt alike, where another name follows, or where what follows is what people do. Inside a line a capital is
enough, but for words that English always writes so (days, tongues, God) and for personified nouns (Love, Death), unless
a title, kin or another name is beside them. A name that was found is found again in the same text without all that.
"""

from __future__ import annotations

from collections.abc import Iterator

from .finds import Find
from .lists import listed
from .page import Page, tail
from .words_en import (
    AFTER_GIVEN,
    CALLED,
    COMPASS,
    FINITE,
    IN_PLACE,
    INSTITUTIONS,
    JOINERS,
    KIN,
    LEADING,
    LOOSE,
    NO_NAMES,
    NO_PLACE,
    PERSONIFIED,
    PLACE_AFTER,
    PLACE_ENDINGS,
    SHORT_TITLES,
    SMALL,
    SMALL_WORDS,
    SPOKEN,
    STRONG_TITLES,
    TITLES,
)

PERSONS = frozenset("i he she".split())
LEAST = 3  # letters of a name that is looked for again
NOBODY = PERSONIFIED | SMALL_WORDS | LEADING | NO_PLACE | KIN
NUMERALS = frozenset("i v x".split())  # at the head of a line they count stanzas


def english_names(text: str) -> Iterator[Find]:
    """Names and places by capitals and lists, in order."""
    page = Page(text)
    runs = list(_runs(page))
    again = {page.low[n] for at, end in runs for n in range(at, end) if _tells(page, n)}
    taken = {n for at, end in runs for n in range(at, end)}
    runs += [(n, n + 1) for n in range(len(page)) if n not in taken and page.low[n] in again and _once_more(page, n)]
    for at, end in sorted(runs):
        yield Find(_kind(page, at, end), page.words[at].start(), _stop(page, end - 1))


def _runs(page: Page) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(page):
        end = _run(page, at)
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _tells(page: Page, at: int) -> bool:
    low = page.low[at]
    if len(low) < LEAST or low in NO_NAMES | JOINERS | TITLES | PERSONIFIED | SMALL_WORDS:
        return False
    return page.listed(at) or not page.common(at)


def _once_more(page: Page, at: int) -> bool:
    """Whether a word of a name stands for it alone: Oliver Smith ... Smith."""
    if not page.capital(at):
        return page.small and not page.common(at)
    return not (page.common(at) and page.first[at]) or page.after(at) in FINITE or tail(page.words[at][0]) > 0


def _run(page: Page, at: int) -> int:
    """Where the name that begins at a word ends; ``at`` where none does."""
    if not page.capital(at):
        return _small(page, at)
    low = page.low[at]
    if (whole := _listed_place(page, at)) > at + 1:
        return max(whole, _goes_on(page, at))
    if low in LEADING and page.beside(at, False) and page.capital(at + 1) and _led(page.low[at + 1]):
        return max(_run(page, at + 1), _goes_on(page, at + 1))
    if low in INSTITUTIONS and page.after(at) == "of" and page.capital(at + 2) and page.beside(at + 1):
        return max(_run(page, at + 2), at + 3)
    titled = _titled(page, at)
    if low in TITLES or (low in NO_NAMES and not (titled or _given_season(page, at))):
        return at
    end = _goes_on(page, at)
    if titled or _initials(page, at, end):
        return end
    if page.first[at] and not _opens(page, at, end):
        return at
    return end if _names(page, at, end) else at


def _led(low: str) -> bool:
    """Whether a word belongs to the point of the compass, or New, before it: South Zachary."""
    return low not in NO_PLACE and (low not in NO_NAMES or low in listed("given"))


def _given_season(page: Page, at: int) -> bool:
    """Whether a month or a season is a given name, as a family name or an initial stands behind: Autumn Delacruz."""
    if page.low[at] not in listed("given") or not page.beside(at, False) or not page.capital(at + 1):
        return False
    return len(page.low[at + 1]) == 1 or (page.listed(at + 1) and not page.common(at + 1))


def _titled(page: Page, at: int) -> bool:
    """Whether a title, kin or what calls somebody stands before: Mr Bell, my sister Rose, dear Hope."""
    if not at or not page.beside(at - 1):
        return False
    before = page.low[at - 1]
    if before in KIN and not page.first[at]:
        return page.listed(at) and not page.nouns
    return before in STRONG_TITLES | CALLED or (before in TITLES and page.capital(at - 1))


def _initials(page: Page, at: int, end: int) -> bool:
    """Whether it begins with letters that stand for names: J. K. Smith."""
    if end == at + 1 or len(page.words[at][0]) > 1 or not page.between(at).startswith("."):
        return False
    return page.low[at] not in NUMERALS or not page.first[at] or page.listed(end - 1)


def _opens(page: Page, at: int, end: int) -> bool:
    """Whether the first word of a line or a sentence begins a name."""
    low, follows = page.low[at], page.after(at)
    alone = end == at + 1
    owns = tail(page.words[at][0]) > 0
    if not page.common(at):
        return page.listed(at) or not alone or follows in FINITE or _town(low) or owns
    if low in SMALL or (alone and low in PERSONIFIED | SMALL_WORDS):
        return False
    if low in listed("given"):
        return not alone or owns or follows in FINITE - {"and"} or follows.endswith(("ed", "'d"))
    return low in listed("family") and (follows in SPOKEN or (follows == "and" and page.before(at + 3) in PERSONS))


def _names(page: Page, at: int, end: int) -> bool:
    """Whether words with capitals are a name."""
    alone = end == at + 1
    if alone:
        return page.first[at] or page.alone(at)
    if all(page.low[n] in NOBODY for n in range(at, end)):
        return False  # Young Lady, Old Man, New Year
    if any(page.listed(n) for n in range(at, end)):
        return True
    return not page.first[at] or not page.common(at)


def _goes_on(page: Page, at: int) -> int:
    """Where the words with capitals that begin here end, small words between them and all: Vincent van Gogh."""
    end = at + 1
    while end < len(page) and page.beside(end - 1):
        low = page.low[end]
        if page.capital(end) and (low not in NO_NAMES or _ends_name(page, at, end)):
            end += 1
        elif joined := _joined(page, end):
            end = joined
        else:
            break
    return end


def _ends_name(page: Page, at: int, end: int) -> bool:
    """Whether a word that mostly names nobody ends a name here: Zoe May, Fort Polk South."""
    low, before = page.low[end], page.low[end - 1]
    if low not in AFTER_GIVEN or page.low[at] in NO_NAMES:
        return False
    return len(before) == 1 or (not page.common(end - 1) and page.listed(end - 1)) or before in listed("given")


def _joined(page: Page, end: int) -> int:
    """Where small words inside a name, and the word with a capital after them, end; 0 where there is no such."""
    size = 0
    while size < 3 and page.low[min(end + size, len(page) - 1)] in JOINERS and page.beside(end + size, False):
        size += 1
    if not size or not page.capital(end + size):
        return 0
    loose = page.low[end] in LOOSE and (size == 1 or page.low[end] in ("of", "the", "e", "y"))
    return 0 if loose else end + size + 1


def _small(page: Page, at: int) -> int:
    """Where a name without a capital ends: behind a title, or in a text that has none."""
    low, named = page.low[at], page.low[at] in listed("given") or page.low[at] in listed("family")
    if at and page.low[at - 1] in STRONG_TITLES and page.beside(at - 1) and low not in TITLES | NO_NAMES:
        return at + (named and (page.low[at - 1] in SHORT_TITLES or not page.common(at)))
    if not page.small or low in NO_NAMES or low in TITLES:
        return at
    if (whole := _listed_place(page, at)) > at + 1 and not all(page.common(n) for n in range(at, whole)):
        return whole
    if page.common(at) or not page.listed(at) or len(low) < LEAST:
        return at
    family = at + 1 < len(page) and page.beside(at) and page.low[at + 1] in listed("family")
    return at + 2 if low in listed("given") and family and not _verb(page.low[at + 1]) else at + 1


def _verb(low: str) -> bool:
    return low in FINITE or low in SMALL or low.endswith(("s", "ed"))


def _listed_place(page: Page, at: int) -> int:
    """Where the longest listed place of several words that begins here ends; ``at`` where none does."""
    for end in range(min(len(page), at + 4), at + 1, -1):
        part = page.text[page.words[at].start() : page.words[end - 1].end()]
        if "\n" not in part and " ".join(part.lower().split()) in listed("places"):
            return end
    return at


def _town(low: str) -> bool:
    return len(low) > 6 and low.endswith(PLACE_ENDINGS)


def _stop(page: Page, at: int) -> int:
    """Where a word ends, without a possessive's 's."""
    return page.words[at].end() - tail(page.words[at][0])


def _kind(page: Page, at: int, end: int) -> str:
    whole = " ".join(page.low[at:end])
    before, after = page.before(at), page.after(end - 1)
    if before in TITLES or before in CALLED:
        return "name"
    if whole in listed("places") and (before in IN_PLACE or whole not in listed("given") | listed("family")):
        return "place"
    if (before in IN_PLACE and page.low[at] not in listed("given")) or after in PLACE_AFTER:
        return "place" if before != "of" or whole in listed("places") else "name"
    if page.low[at] in LEADING - {"old"} or page.low[end - 1] in COMPASS or _town(whole):
        return "place"
    return "name"
