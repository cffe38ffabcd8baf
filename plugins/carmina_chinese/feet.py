"""Clauses cut into rhythmic feet (音步, 节拍), and the stress that follows.

Feng Shengli (冯胜利, 汉语的韵律、词法与句法, 1997): the natural foot of Chinese has two syllables, a lone syllable
joins a neighbour to make three. Wang Li (王力, 汉语诗律学, 1958) and Qi Gong (启功, 诗文声律论稿, 1977): a line of five
is read 2+3, of seven 2+2+3, and the last three fall into 2+1 or 1+2 by the words. Duanmu San (The Phonology of Standard
Chinese, 2007): the foot is headed by its left syllable, and in verse each head takes a beat. So: the first content
syllable of a foot has stress 1, and a last syllable, which is held in song, stress 2.
"""

from __future__ import annotations

from collections.abc import Sequence

LIGHT = frozenset("的了着过吗呢吧啊呀哇啦嘛么呐哟们")
LONGEST = 3

_BROKEN_WORD = 3.0
_LIGHT_HEAD = 2.0
_MISSED_CAESURA = 1.5
_CAESURAS = {5: (2,), 7: (2, 4)}


def feet(words: Sequence[str], classical: bool = False) -> list[int]:
    """Syllables in each foot (1 to 3) of a clause given as its words; they sum to the clause's length.

    The cheapest cut: two syllables cost nothing, one or three a little; breaking a word, beginning with a particle and
    missing the caesura of a line of five or seven cost more. ``classical`` forbids feet of three in effect.
    """
    clause = "".join(words)
    inside = _word_insides(words)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(clause) + 1):
        choices = []
        for length in range(1, min(LONGEST, end) + 1):
            start = end - length
            cost = best[start][0] + _cost(clause, start, end, classical) + (_BROKEN_WORD if start in inside else 0.0)
            choices.append((cost, (*best[start][1], length)))
        best.append(min(choices, key=lambda choice: choice[0]))
    return list(best[-1][1])


def stresses(feet: Sequence[int], content: Sequence[bool], tones: Sequence[int | None]) -> list[int]:
    """Stress 0, 1, 2 of each syllable, from its foot, its word class and its tone (light syllables have none)."""
    strong = [full and tone != 5 for full, tone in zip(content, tones, strict=True)]
    marks, start = [0] * len(strong), 0
    for length in feet:
        end = start + length
        head = next((place for place in range(start, end) if strong[place]), None)
        if head is not None:
            marks[head] = 1
            if head != end - 1 and strong[end - 1] and (length == LONGEST or end == len(strong)):
                marks[end - 1] = 2
        start = end
    if marks and not any(marks):
        marks[max((p for p, tone in enumerate(tones) if tone != 5), default=0)] = 1
    return marks


def _cost(clause: str, start: int, end: int, classical: bool) -> float:
    length = end - start
    cost = {1: 0.8 if end == len(clause) else 1.0, 2: 0.0, 3: 2.0 if classical else 0.5}[length]
    if start and clause[start] in LIGHT:
        cost += _LIGHT_HEAD
    return cost + sum(_MISSED_CAESURA for cut in _CAESURAS.get(len(clause), ()) if start < cut < end)


def _word_insides(words: Sequence[str]) -> set[int]:
    """Places where a cut would break a word; one of four or more may be cut in twos."""
    places, start = set(), 0
    for word in words:
        places |= {start + cut for cut in range(1, len(word)) if len(word) < 4 or cut % 2}
        start += len(word)
    return places
