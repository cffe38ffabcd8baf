"""What might be meant in the place of what stands: edits to be weighed, from each kind of slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from carmina.text import tongues

from ..weighing import Document, Edit
from .lexicon import LIKELY, SUNG, SURE, UNKNOWN, Lexicon
from .sets import informal, sets
from .tokens import DROPPED, LED
from .variants import Variants

MISSING = tuple("a the of to in is and i that for with on my be are was at his her it he you we they will have".split())
MISSING_COST = 1.0
TITLES = frozenset("mr mrs ms dr st prof rev fr capt col gen sgt lt".split())
OFTEN = -2.0  # nats that a pair that is mixed up often costs less
RARE_USES = 60  # of a word that may have been meant where a rare one stands
REAL_USES = 300  # of a word that may have been meant where another real word stands
SHORTEST = 3  # letters of a real word that may be a slip of the finger
FEWEST_FOREIGN, FOREIGN = (
    4,
    0.05,
)  # words of a line to tell its language, and the share of English below which it is none
STRANGE = 0.25  # share of a line's words that are in no list, for its language to be asked about
NAMED_OFTEN = 3  # lines in which an unknown word stands that is meant
ATTESTED = 4  # uses in verse of a word that no list has
LEAST_DIALECT, FEWEST_CLIPPED = 0.06, 3  # share of the words, and words, that are clipped or attested in dialect alone
CLIPPED = frozenset(
    "an' o' th' ol' wi' ha' t' ain't 'em a' de dis dat dey wuz sez yer ye'll d' mak' tak' roun' groun' jes'".split()
)
RULED = -16.0  # nats that a pair costs less where the words beside it leave no doubt
MODALS = frozenset("could would should might must couldn't wouldn't shouldn't may".split())
_IS = frozenset("a an the not gonna been so too just never always my your me you still".split())
AFTER = {  # (what stands, what is meant) -> the words after it that leave no doubt
    ("your", "you're"): frozenset("a an the not gonna so too never always still just welcome going been".split()),
    ("its", "it's"): _IS - {"so", "too"},
    ("whose", "who's"): frozenset("a an the gonna going been there that this got coming".split()),
    ("their", "they're"): frozenset("a an the not gonna never always still just going".split()),
    ("there", "they're"): frozenset("gonna".split()),
    ("were", "we're"): frozenset("gonna".split()),
}
HIDDEN = 6  # letters that a part of a hidden name has at most, and one more
JOINED_USES = 700  # of a word that was parted
TWO_WORDS = frozenset(  # that are rightly two
    "any one|every one|some one|no one|may be|every day|in to|on to|a way|all ready|all together|for ever|to day|"
    "to night|"
    "to morrow|some times|any way|in deed|a part|a cross|a long|be fore|for give|a side|a bout|a round|to wards|up on|"
    "with in|out side|in side|no where|a live|a like|a far|under neath|mean time|mean while|a go|a gain".split("|")
)
DOUBLED_USES, DOUBLED_SHARE = 4, 0.0003  # of a word twice in a row, in verse and books, for it to be meant; of its uses
CALLED = frozenset(  # that singers call twice
    "baby babe honey darling sugar mama daddy papa lady girl boy love lord jesus lover now never more again please "
    "wait stay run come go home ever far old sweet deep".split()
)
SMALL = frozenset(  # words that nobody doubles on purpose
    "the a an of to in on at by for and or but is was are were be been his her my your our their its with from as that "
    "this it he she we they i you if when which who whose will would can could have has had not do does did then than "
    "there".split()
)


class Slips:
    """Edits of a document."""

    def __init__(self, document: Document, lexicon: Lexicon, variants: Variants, short: frozenset[int] = frozenset()):
        """``short``: lines of the page that lack a syllable of their metre."""
        self.document, self.lexicon, self.variants, self.short = document, lexicon, variants, short
        self._tokens = document.tokens
        self._lines: Counter[str] = Counter()
        for at in document.lines:
            self._lines.update(set(document.line_with(at)))
        self.names = self._names()
        self._foreign = self._in_other_words()

    @property
    def dialect(self) -> bool:
        """Whether the text writes a dialect, or an old spelling, throughout: what looks misspelt is meant."""
        keys = [self._tokens[at].key for at in self.document.words]
        own = sum(key in CLIPPED | DROPPED or key.endswith("in'") or self._attested(key) for key in keys)
        return own >= max(FEWEST_CLIPPED, LEAST_DIALECT * len(keys))

    def _attested(self, key: str) -> bool:
        """Whether verse has the word often enough and no list of words has it."""
        return (
            "'" not in key
            and self.lexicon.counts.count(key) >= ATTESTED
            and key not in self.lexicon.listed
            and key.isalpha()
        )

    def spelling(self) -> Iterator[Edit]:
        """Words that are none, and rare ones, for words that they are a slip away from."""
        for at in self.document.words:
            key = self._tokens[at].key
            if self._tokens[at].line in self._foreign:
                continue
            if (meant := informal().get(key)) and key not in self.lexicon.own:
                if len(key) > 2 or self._alone(at):
                    yield Edit(at, 1, tuple(meant.split()), -9.0, "informal")
                continue
            tier = self.lexicon.tier(key)
            if key.endswith("in") and self.lexicon.tier(key + "g") == SURE and len(key) > 4:
                continue  # lovin, comin
            if (
                tier == SURE
                or self._meant(key)
                or self._hyphened(at)
                or self._short(at)
                or not key.strip("'").isascii()
            ):
                continue
            if tier == UNKNOWN and self._lines[key] < NAMED_OFTEN:
                stem = key.removesuffix("'s")
                found = self.variants.near(stem) | self.variants.parted(stem)
                found = found or self.variants.far(stem) or self.variants.near(stem, 0)
                found = {other + key[len(stem) :]: cost for other, cost in found.items()}
                why = "broken" if self.lexicon.impossible(stem) else "spelling"
            else:
                stem, found, why = key, self.variants.near(key, RARE_USES), "rare"
            for other, cost in found.items():
                if "'" not in stem or other.replace("'", "") == key.replace("'", ""):  # do'nt, but not bay'nit
                    yield Edit(at, 1, tuple(other.split()), cost, why)

    def confusables(self) -> Iterator[Edit]:
        """Words that are written for one another."""
        others, often = sets().others, sets().often
        for at in self.document.words:
            key = self._tokens[at].key
            let_be = key in self.lexicon.own or self._in_compound(at)
            for other in () if let_be else others.get(key, ()):
                cost = OFTEN if (key, other) in often else 0.0
                yield Edit(at, 1, (other,), RULED if self._ruled(at, other) else cost, "confusable")

    def fingers(self) -> Iterator[Edit]:
        """Real words that a slip of the finger makes of others."""
        for at in self.document.words:
            key = self._tokens[at].key
            if len(key) < SHORTEST or "'" in key or "'" + key in LED or self._meant(key) or self._in_compound(at):
                continue  # what stands with an apostrophe is meant so, or is in the sets
            if self.lexicon.tier(key) == SURE:
                known = sets().others.get(key, ())
                for other, cost in self.variants.near(key, REAL_USES).items():
                    if other not in known and "'" not in other:
                        yield Edit(at, 1, (other,), cost, "finger")

    def parted(self) -> Iterator[Edit]:
        """One word that was written as two: some body, a lone."""
        words = self.document.words
        for one, other in zip(words, words[1:], strict=False):
            first, second = self._tokens[one], self._tokens[other]
            if other - one > 1 or second.start - first.end != 1 or f"{first.key} {second.key}" in TWO_WORDS:
                continue
            joined = first.key + second.key
            if self.lexicon.counts.count(joined) >= JOINED_USES and joined in self.lexicon.lower:
                yield Edit(one, 2, (joined,), 1.0, "parted")

    def doubled(self) -> Iterator[Edit]:
        """A word that stands twice, with nothing between, across a line's end too."""
        words = self.document.words
        for one, other in zip(words, words[1:], strict=False):
            first, second = self._tokens[one], self._tokens[other]
            if self._sung_twice(one):
                continue
            named = first.text[:1].islower() and second.text[:1].isupper()  # love Love
            if first.key == second.key and other - one == 1 and not named:
                yield Edit(other, 1, (), 0.0, "doubled" if first.key in SMALL else "twice")

    def missing(self) -> Iterator[Edit]:
        """A small word that may be wanting between two words of a line."""
        for at in self.document.words:
            if self._tokens[at - 1].key[0] in ".," or self._in_compound(at) or self._in_a_call(at):
                continue
            why = "wanting" if self._tokens[at].line in self.short else "missing"
            for word in MISSING:
                if word not in (self._tokens[at].key, self._tokens[at - 1].key):
                    yield Edit(at, 0, (word,), MISSING_COST, why)

    # ---- words

    def _in_a_call(self, at: int) -> bool:
        """Whether a word or the one before it is sung twice: run, run away; nothing is wanting there."""
        one, own, other = (token.key for token in self._tokens[at - 1 : at + 2])
        return own in (one, other) or self._tokens[at - 2].key == one or SUNG.fullmatch(own) is not None

    def _ruled(self, at: int, other: str) -> bool:
        """Whether the word after it leaves no doubt: your gonna, its a, could of."""
        key, before, after = (self._tokens[n].key for n in (at, at - 1, at + 1))
        if (key, other) == ("of", "have"):
            return before in MODALS and after != "necessity"
        return after in AFTER.get((key, other), ())

    def _sung_twice(self, at: int) -> bool:
        """Whether a word that stands twice does so on purpose: sung sounds, three times or more, what poets double."""
        key = self._tokens[at].key
        if len(key) > 1 and SUNG.fullmatch(key) or key in (self._tokens[at - 1].key, self._tokens[at + 2].key):
            return True
        counts = self.lexicon.counts
        ids = np.array([counts.id(key)])
        twice = float(counts.pair(ids, ids)[0])
        often = twice >= max(DOUBLED_USES, DOUBLED_SHARE * counts.count(key))
        return key in CALLED or key not in SMALL and often

    def _meant(self, key: str) -> bool:
        """Whether a word is a name of the text's, or the user's own."""
        return key in self.names or key in self.lexicon.own

    def _names(self) -> frozenset[str]:
        """Words with a capital inside a line that are no common words: names, for the whole text."""
        found = set()
        for at in self.document.words:
            token = self._tokens[at]
            inside = (self._tokens[at - 1].key[0] not in "./" or self._titled(at)) and self._inside(at)
            if token.text[:1].isupper() and inside and self.lexicon.tier(token.key) != SURE:
                found |= {token.key, token.key.removesuffix("'s")}
        return frozenset(found)

    def _titled(self, at: int) -> bool:
        """Whether a title stands before it: Mrs. Rees."""
        before, point = self._tokens[at - 2 : at]
        return point.text == "." and before.key in TITLES

    def _inside(self, at: int) -> bool:
        """Whether a capital means a name here: the line is not written in capitals throughout."""
        first, last = self.document.lines[self._tokens[at].line]
        words = [t.text for t in self._tokens[first:last] if t.text[:1].isalpha()]
        return sum(word[:1].isupper() for word in words) <= 0.6 * len(words)

    def _in_other_words(self) -> frozenset[int]:
        """The lines of another language: some of their words are in no list, and identification does not think of
        English."""
        found = set()
        for line, (first, last) in self.document.lines.items():
            words = [t.key for t in self._tokens[first:last] if t.key[0].isalpha()]
            strange = sum(word not in self.lexicon.lower and self.lexicon.tier(word) != SURE for word in words)
            doubtful = len(words) >= FEWEST_FOREIGN and strange >= STRANGE * len(words)
            if doubtful and tongues(" ".join(words)).get("en", 0.0) < FOREIGN:
                found.add(line)
        return frozenset(found)

    def _alone(self, at: int) -> bool:
        """Whether a letter stands for a word (u, r): in small letters, between spaces, with words on both sides."""
        one, own, other = self._tokens[at - 1 : at + 2]
        beside = own.line == other.line and other.key.isalpha() and other.start > own.end
        return own.text.islower() and beside and (one.line != own.line or one.key.isalpha() and one.end < own.start)

    def _short(self, at: int) -> bool:
        """Whether it is cut short: a speaker's name (``Myr.``) before the line, or a name that its author hid."""
        token = self._tokens[at]
        speaks = token.text[:1].isupper() and self._tokens[at + 1].text == "." and len(token.key) < HIDDEN
        return speaks and self._tokens[at + 2].line == token.line or self._hidden(at)

    def _hidden(self, at: int) -> bool:
        """Whether it is what is left of a name that its author hid: C—tt—rs."""
        one, own, other = self._tokens[at - 1 : at + 2]
        touching = (one.text if one.end == own.start else "", other.text if other.start == own.end else "")
        return len(own.key) < HIDDEN and any(text in ("—", "–") for text in touching)

    def _in_compound(self, at: int) -> bool:
        """Whether a hyphen binds the word to another."""
        one, own, other = self._tokens[at - 1 : at + 2]
        return "-" in (one.text if one.end == own.start else "", other.text if other.start == own.end else "")

    def _hyphened(self, at: int) -> bool:
        """Whether a part of a word that its author cut (beau-ti-ful) is no word of its own."""
        token, line = self._tokens[at], self.document.lines[self._tokens[at].line]
        parts = [token.key]
        for step in (-1, 1):
            place, edge = at, token
            while line[0] <= place + step < line[1] - (step > 0):
                mark, word = self._tokens[place + step], self._tokens[place + 2 * step]
                touching = (
                    mark.text == "-"
                    and abs((mark.start if step > 0 else mark.end) - (edge.end if step > 0 else edge.start)) == 0
                )
                if not touching or (word.start if step > 0 else word.end) != (mark.end if step > 0 else mark.start):
                    break
                parts = [word.key, *parts] if step < 0 else [*parts, word.key]
                place, edge = place + 2 * step, word
        return len(parts) > 1 and (self.lexicon.tier("".join(parts)) >= LIKELY or len(token.key) < 4)
