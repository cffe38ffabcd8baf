"""What an English line may do without, and what may come into it, so that it stays English: whole phrases go, not the
little words inside them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .values import SHORT, Other, Word

DATA = Path(__file__).parents[1] / "data"
DETERMINERS = frozenset("the a an my your his her its our their this that these those some every each no".split())
POSSESSIVE = frozenset("my your his her our their".split())
PREPOSITIONS = frozenset(
    "in on at by with from under over into onto through beneath above across upon beside near along around past toward"
    " towards below behind beyond within outside inside among amid between".split()
)
RELATIVE = frozenset("who that which whom".split())
JOINING = frozenset("and but while when as because for or though".split())
BEING, HAVING = frozenset("is are was were am".split()), frozenset("has have had".split())
NEGATIONS = frozenset("not no never don't won't can't cannot isn't doesn't didn't nothing nobody none".split())
BARE = frozenset(  # nouns that go without an article behind a preposition
    "heaven night day dawn dusk morning evening eve noon twilight spring summer autumn winter home sea love death"
    " life sleep silence darkness moonlight starlight sunlight snow rain".split()
)
SENSE, RANK = 1.1, 0.1  # what a word costs that shares a sense, and each commoner one before it
EPITHETS = {"old": 2.4, "dear": 2.6, "sweet": 2.6}
OWN = 1.5  # "my own"
TAGS = {  # what may end a line that has more notes; a few for each rhyme
    text: cost
    for cost, row in (
        (2.3, "now|again|once more|so|tonight|today|still|here|there|then|too|once again"),
        (
            2.8,
            "away|alone|my dear|my love|for me|for you|oh so true|all day|all day long|all the night|evermore|at last",
        ),
        (
            3.1,
            "all around|up above|far below|in the air|in the light|in my heart|in the end|by my side|so free",
        ),
        (
            3.3,
            "as before|through the years|far and near|come what may|forever|together|for all time|by and by|and gone",
        ),
    )
    for text in row.split("|")
}
LONGEST_CLAUSE = 8
OPEN = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset("of to for and or but as than if because who which am is are was were".split())
)


@dataclass(frozen=True, slots=True)
class Loss:
    """Words that may go together: how many, what it costs."""

    takes: int
    cost: float


@cache
def table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Word -> its part of speech (n, v, a, r) and what shares its usual sense (``making.synonyms``)."""
    rows = map(str.split, zlib.decompress((DATA / "en-synonyms.z").read_bytes()).decode().splitlines())
    return {word: (part, tuple(others)) for word, part, *others in rows}


def part_of(word: str) -> str:
    """A word's usual part of speech, or nothing."""
    return table().get(word.casefold(), ("", ()))[0]


def same_sense(words: Sequence[Word], place: int) -> tuple[str, ...]:
    """Words that share the usual sense of the word at a place, the commonest first; none where it stands as
    another part of speech than its usual one."""
    part, others = table().get(words[place].text.casefold(), ("", ()))
    before = words[place - 1].text.casefold() if place else ""
    return () if part in ("v", "r") and before in DETERMINERS | PREPOSITIONS else others


def others(words: Sequence[Word], place: int, known: Sequence[str]) -> Iterator[Other]:
    """Words of the same sense that are not ``known``; *she's* for *she is*."""
    if words[place].content:
        for rank, text in enumerate(other for other in same_sense(words, place) if other not in known):
            yield Other(text, SENSE + RANK * rank, meant=1)
    if text := joined(words, place):
        yield Other(text, SHORT, 2)


def alone(words: Sequence[Word], place: int) -> float:
    """What it costs to leave out one word that no rule lets go."""
    own, before = words[place].text.casefold(), words[place - 1].text.casefold() if place else ""
    if own in NEGATIONS or before in OPEN or part_of(own) in ("n", "") and part_of(before) == "a":
        return 9.0
    if part_of(own) == "v" and words[place].content:
        return 7.5
    return 6.0 if words[place].content or own in BEING | HAVING | PREPOSITIONS else 5.0


def losses(words: Sequence[Word], place: int) -> Iterator[Loss]:
    """What may go at a place, alone or with those after it."""
    plain = [word.text.casefold() for word in words]
    if plain[place] in NEGATIONS:
        return
    yield from _small(words, plain, place)
    yield from _modifiers(words, plain, place)
    for loss in _phrases(words, plain, place):
        if not NEGATIONS & set(plain[place : place + loss.takes]):
            yield loss


def _small(words: Sequence[Word], plain: Sequence[str], place: int) -> Iterator[Loss]:
    """A little word, where English can be without it."""
    own, after = plain[place], plain[place + 1] if place + 1 < len(plain) else ""
    before = plain[place - 1] if place else ""
    if own == "the":
        noun = next((w for w in plain[place + 1 : place + 3] if part_of(w) == "n"), "")
        bare = noun in BARE and before in PREPOSITIONS or noun.endswith("s") and not noun.endswith("ss")
        yield Loss(1, 0.8 if bare else 2.0)
    elif own in ("a", "an"):
        yield Loss(1, 2.6)
    elif own in HAVING and after.endswith("ed"):
        yield Loss(1, 0.8)
    elif own in RELATIVE and after in BEING and place + 2 < len(plain) and plain[place + 2].endswith(("ing", "ed")):
        yield Loss(2, 0.7)
    elif own in RELATIVE and after in ("i", "you", "he", "she", "we", "they") and place:
        yield Loss(1, 0.4)  # the flower that you picked
    elif own in SMALL:
        yield Loss(1, SMALL[own])


SMALL = {
    **dict.fromkeys(("very", "really", "just", "quite", "already"), 0.4),
    **dict.fromkeys(("so", "then", "now", "still", "too", "even"), 0.9),
    "and": 1.2,
    "but": 1.2,
    "some": 0.9,
    "there": 2.0,
    "one": 2.4,
    "my": 2.2,
    "your": 2.2,
    "will": 3.2,
}


def _modifiers(words: Sequence[Word], plain: Sequence[str], place: int) -> Iterator[Loss]:
    """An adjective before its noun, an adverb, the second of two that are joined."""
    part, after = part_of(plain[place]), plain[place + 1] if place + 1 < len(plain) else ""
    if part == "a" and not words[place].after and part_of(after) in ("n", "a") and words[place].content:
        yield Loss(1, 1.7)
    elif part == "r" and words[place].content and plain[place] not in SMALL:
        yield Loss(1, 1.4)
    elif plain[place] == "and" and 0 < place < len(words) - 1 and part_of(after) == part_of(plain[place - 1]) != "":
        yield Loss(2, 2.2)


def _phrases(words: Sequence[Word], plain: Sequence[str], place: int) -> Iterator[Loss]:
    """A phrase of a preposition with its noun; a clause to the line's end, or to its next mark."""
    if plain[place] in PREPOSITIONS and (size := _noun_phrase(plain, place + 1)):
        yield Loss(1 + size, 0.4 + 1.7 * _meaning(words[place : place + 1 + size]))
    if place and (plain[place] in RELATIVE | JOINING):
        end = next((n for n in range(place, len(words)) if words[n].after), len(words) - 1) + 1
        if 2 <= end - place <= LONGEST_CLAUSE:
            yield Loss(end - place, 0.4 + 1.5 * _meaning(words[place:end]))


def _noun_phrase(plain: Sequence[str], place: int) -> int:
    """How many words it has, 0 where there is none."""
    at = place + (place < len(plain) and plain[place] in DETERMINERS)
    while at < len(plain) and part_of(plain[at]) == "a" and at - place < 3:
        at += 1
    ended = at + 1 >= len(plain) or plain[at + 1] not in ("of", "and") and part_of(plain[at + 1]) != "n"
    return at + 1 - place if at < len(plain) and part_of(plain[at]) in ("n", "") and ended else 0


def _meaning(words: Sequence[Word]) -> int:
    return sum(word.content for word in words)


def between(words: Sequence[Word], place: int) -> Iterator[tuple[str, float]]:
    """What may come before a word inside the line."""
    before, own = words[place - 1].text.casefold(), words[place].text.casefold()
    if before in DETERMINERS and part_of(own) in ("n", "a") and not words[place - 1].after:
        yield from EPITHETS.items() if before not in ("an", "no", "every", "each") else ()
        yield from [("own", OWN)] if before in POSSESSIVE else ()
    elif before in PREPOSITIONS and words[place].content and part_of(own) == "n":
        yield "the", 0.9


def joined(words: Sequence[Word], place: int) -> str:
    """A noun or pronoun and the *is* after it, as one word; nothing where it does not go."""
    if place + 1 >= len(words) or words[place].after:
        return ""
    own, after = words[place].text, words[place + 1].text.casefold()
    goes = part_of(own) == "n" and not own.endswith(("s", "x", "z", "ch", "sh")) or own.casefold() in ("who", "here")
    last = place + 2 == len(words)
    return own + "'s" if after == "is" and goes and not last else ""
