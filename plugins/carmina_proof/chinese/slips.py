"""What might be meant in the place of what stands: edits to be weighed, from each kind of slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from ..weighing import Document, Edit
from . import dictionary, grammar
from .characters import HABIT, OFTEN, likenesses
from .rules import writes_de

PARTICLES = frozenset("的地得")
FREE = frozenset("他她它")  # who is meant only the author knows
SMALL = tuple("的了在是我你他一不着有上里这那和就也都过")
MISSING_COST = 1.0
WORD, NO_WORD = 60.0, 6.0  # uses of a pair, for it to be a common word, or none
NAMED_OFTEN = 2  # times that a pair stands in a text, for it to be a name
DOUBLED_USES = 12.0  # of a character twice in a row, for it to be one that people double
COMMON_USES, RARE = 400, 4.0  # nobody types a rare character by chance: input methods offer the common ones first
UNTOLD = 5.0  # nats that a particle costs in a text that writes 的 for 地, as people did before 1950
OLD_USAGE, USAGE = ("象", "像"), 12.0  # nats: 象 for 像 twice in a text is how people wrote before 1986
MARKS = ",."  # keys of marks
SURNAMED = "姓"  # what stands after it is a name
AGAIN, OFTEN_HERE = 2.5, 3  # nats that a slip costs where the text has the character so many times: slips are single
NEVER_TWICE = frozenset(
    "的了在是我你他她它们着过和就也都不没有这那被把从向与之而且但却因为所到给让对比吗呢吧很最再又还只会能要想上下里中"
)
WORDS_NEVER_TWICE = frozenset(
    "我们 你们 他们 她们 它们 咱们 自己 因为 所以 但是 可是 而且 虽然 如果 可以 没有 什么 这个 那个 这些 那些 "
    "已经 还是 就是 只是 不是 怎么 为了 时候 世界 知道 看见 听见 觉得 时间 地方 今天 明天 昨天 所有 全部 "
    "曾经 终于 然后 或者 以及".split()
)


class Slips:
    """Edits of a document."""

    def __init__(self, document: Document, own: frozenset[str], old: bool = False):
        """``own``: characters that are right; ``old``: old verse, whose words no dictionary of today's has."""
        self.document, self.own, self.old = document, own, old
        self._tokens = document.tokens
        keys = [token.key for token in document.tokens]
        self._uses = Counter(keys)
        self._pairs = Counter(zip(keys, keys[1:], strict=False))
        self._lines = {at: document.line_with(at) for at in document.lines}
        self._tells_de = writes_de(["".join(line) for line in self._lines.values()])

    def characters(self) -> Iterator[Edit]:
        """Characters for others that sound or look alike."""
        table = likenesses().others
        for at in self.document.words:
            key = self._tokens[at].key
            if key in self.own or key == "w" or self._named(at) or self._tokens[at - 1].key == SURNAMED:
                continue
            if grammar.surnamed(*self._in_line(at)):
                continue
            rare = RARE * (self.document.counts.count(key) < COMMON_USES)
            for other, cost in table.get(key, {}).items():
                if key in FREE and other in FREE:
                    continue
                if {key, other} <= PARTICLES:
                    why, cost = "particle", cost + (0.0 if self._tells_de else UNTOLD)
                elif cost <= HABIT:
                    why = "habit" if cost <= OFTEN else "mixed"
                    cost -= 0.0 if self.old else self._by_grammar(at, other)
                    cost += USAGE * ((key, other) == OLD_USAGE and self._uses[key] > 1)
                elif self.old:
                    why = "word" if self._makes_a_word(at, other) else "character"
                else:
                    why, cost = "worded", cost + self._against(at, other) + AGAIN * (self._uses[key] >= OFTEN_HERE)
                yield Edit(at, 1, (other,), cost + rare, why)

    def doubled(self) -> Iterator[Edit]:
        """A small character, or a small word of two, that stands twice; others are doubled on purpose (看看)."""
        for at in self.document.words:
            one, other = self._tokens[at - 1], self._tokens[at]
            if one.key == other.key and one.line == other.line and other.key in NEVER_TWICE and not self._in_four(at):
                yield Edit(at, 1, (), 0.0, "doubled")
            pair = [t.key for t in self._tokens[max(0, at - 3) : at + 1]]
            if len(pair) == 4 and pair[:2] == pair[2:] and "".join(pair[:2]) in WORDS_NEVER_TWICE:
                yield Edit(at - 1, 2, (), 0.0, "doubled")

    def _in_four(self, at: int) -> bool:
        """Whether a character that stands twice does so in a word of four: 的的确确, 是是非非."""
        keys = [token.key for token in self._tokens[max(0, at - 3) : at + 3]]
        return any("".join(keys[n : n + 4]) in dictionary.words() for n in range(len(keys) - 3))

    def tailed(self) -> Iterator[Edit]:
        """The last character of a word once more, where nobody doubles it: 河边边."""
        for at in self.document.words:
            before, one, other = self._tokens[at - 2 : at + 1]
            if one.key != other.key or other.key in NEVER_TWICE or before.key[0] in ",./w" or one.line != other.line:
                continue
            if other.key + self._tokens[at + 1].key in dictionary.words():
                continue  # 法院院长
            if self._beside(before.key, one.key) >= WORD and self._beside(one.key, one.key) < DOUBLED_USES:
                yield Edit(at, 1, (), 0.0, "tailed")

    def _in_line(self, at: int) -> tuple[tuple[str, ...], int]:
        """The tokens of a place's line, and the place among them."""
        line = self._tokens[at].line
        return self._lines[line], at - self.document.lines[line][0]

    def _against(self, at: int, other: str) -> float:
        """What the dictionary says against a slip."""
        line, place = self._in_line(at)
        return dictionary.cost(line, place, other)

    def _by_grammar(self, at: int, other: str) -> float:
        """What grammar says for a slip, and for the other character being one."""
        first, last = self.document.lines[self._tokens[at].line]
        written = [(t.text if t.key in MARKS else t.key)[:1] for t in self._tokens[first:last]]
        meant = [*written[: at - first], other, *written[at - first + 1 :]]
        key = written[at - first]
        return grammar.evidence("".join(written), at - first, other) - grammar.evidence("".join(meant), at - first, key)

    def _named(self, at: int) -> bool:
        """Whether a character stands beside the same one again and again in this text, and hardly in any other: in a
        name."""
        left, key, right = (token.key for token in self._tokens[at - 1 : at + 2])
        return any(
            self._pairs[pair] >= NAMED_OFTEN
            and pair[0][0] not in ",./w"
            and pair[1][0] not in ",./w"
            and self._beside(*pair) < NO_WORD
            for pair in ((left, key), (key, right))
        )

    def _makes_a_word(self, at: int, other: str) -> bool:
        """Whether another character makes a common word with one beside it where this one makes none with either."""
        left, key, right = (token.key for token in self._tokens[at - 1 : at + 2])
        own = self._beside(left, key), self._beside(key, right)
        meant = self._beside(left, other), self._beside(other, right)
        return max(own) < NO_WORD and max(meant) >= WORD

    def _beside(self, one: str, other: str) -> float:
        """How often two characters stand side by side; 0 for marks and line ends."""
        if one[0] in ",./w" or other[0] in ",./w":
            return 0.0
        ids = [np.array([self.document.counts.id(key)]) for key in (one, other)]
        return float(self.document.counts.pair(ids[0], ids[1])[0])

    def missing(self) -> Iterator[Edit]:
        """A small character that may be wanting."""
        for at in self.document.words:
            if self._tokens[at].key == "w":
                continue
            for character in SMALL:
                if character not in (self._tokens[at].key, self._tokens[at - 1].key):
                    yield Edit(at, 0, (character,), MISSING_COST, "missing")
