"""Verbs that do not agree: she go, they was, the moon are, there is stars; and forms that stand with the wrong
auxiliary: I seen, have went, didn't saw.

What grammar or verse licenses is no candidate: the subjunctive (if he run), a verb under an auxiliary or a verb of
sense (did he run, let him see), two subjects (the sun and the moon are), old endings.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..weighing import Document, Edit
from . import inflection
from .inflection import PAST, is_plural

PLURAL = frozenset("i you we they".split())
SINGULAR = frozenset("he she it".split())
PAST_OF = {"they": "were", "we": "were", "you": "were"}  # for was
I_AM = frozenset(("is", "are"))
PARTICIPLES = {"seen": "saw", "done": "did"}  # I seen; been and gone are left to dialect
HAVE = frozenset("have has had having hath hast hadst haven't hasn't hadn't been be is are was were am".split())
COMPOUND = 3.0  # nats more where two nouns may stand together: the school bell
COST, RULED = 0.5, -3.0  # nats: where any reader must tell, and where the words before leave hardly a doubt
LICENSED = frozenset(  # before he, she, it: the verb may stand in its base form
    "if though although lest unless ere till until whether that did didn't does doesn't do don't doth dost didst shall "
    "should shouldn't will won't would wouldn't can can't cannot could couldn't may might must mustn't let lets see "
    "saw sees hear heard hears watch watched make made makes bid bade help helped feel felt have had so than nor "
    "before after or and than suggest insist god heaven lord need dare durst shalt wilt to".split()
)
SUBJECT_AFTER = frozenset("/ . when while as because where since how why and but for so then that which what".split())
UNCHANGED = frozenset(  # pasts that are spelt as the base, or that verse writes so
    "put cut let hit set shut hurt cast cost burst spread shed read rid split thrust come beat bid quit wed sweat knit "
    "eat dare need lay like round past down before near over under still even ever only soon first last best most "
    "might must may can will shall could would should ought did had was were".split()
)
TO_BE = {"is": "are", "was": "were", "has": "have"}
TO_BE_ONE = {many: one for one, many in TO_BE.items()}
DETERMINERS = frozenset("the a an my your his her our their its this that each every no".split())
WISHED = frozenset("if though as wish wished would unless were were than and or nor may let might".split())
MANY = frozenset("many several two three four five six seven ten few some no".split())
AUXILIARIES = frozenset("did didn't does doesn't do don't".split())
MODAL = frozenset("could would should will shall can may might must won't can't couldn't wouldn't shouldn't".split())
BEFORE_BASE = AUXILIARIES | MODAL | {"to"}
TAUGHT = frozenset("have has had haven't hasn't hadn't i've you've we've they've he's she's".split())
CLEARLY_PAST = frozenset("went came saw knew gave took ate began drank sang swam flew grew blew threw did".split())
PAST_MEANT = 6.0  # nats more for she sing meaning she sang: an ending is lost more easily than a vowel changed
NOUN_USES = 20.0  # of a word after the, for it to be a noun


def agreement(document: Document) -> Iterator[Edit]:
    """The edits of a document."""
    for at in document.words:
        for other, cost in _others(document, at):
            yield Edit(at, 1, (other,), cost, "agreement")


def _others(document: Document, at: int) -> Iterator[tuple[str, float]]:
    yield from _after_pronoun(document, at)
    yield from _after_noun(document, at)
    yield from _after_there(document, at)
    yield from _after_auxiliary(document, at)


def _after_pronoun(document: Document, at: int) -> Iterator[tuple[str, float]]:
    first, before, key = (document.tokens[n].key for n in (at - 2, at - 1, at))
    if before in PLURAL | SINGULAR and key in PARTICIPLES:
        if first not in HAVE:
            yield PARTICIPLES[key], COST
    elif before in SINGULAR:
        if key not in UNCHANGED and first not in LICENSED and (third := inflection.third(key, document.counts)):
            cost = RULED if first in SUBJECT_AFTER else COST
            yield third, cost
            past = next((p for p, (base, _) in PAST.items() if base == key), "")
            if past:
                yield past, cost + PAST_MEANT
    elif before == "i" and key in I_AM:
        yield "am", COST
    elif before in PLURAL:
        other = PAST_OF.get(before, "") if key == "was" else inflection.base(key, document.counts)
        if other and key != "was" or before in PAST_OF and other:
            yield other, RULED if first in SUBJECT_AFTER and key in ("is", "has", "goes", "does") else COST


def _after_noun(document: Document, at: int) -> Iterator[tuple[str, float]]:
    """the moon are, the stars is, the birds sings."""
    tokens, counts = document.tokens, document.counts
    key, noun, before, first = (tokens[at - n].key for n in range(4))
    if not noun.isalpha() or not _is_noun(document, noun):
        return
    line = {t.key for t in tokens[document.lines[tokens[at].line][0] : at]}
    plural = is_plural(noun, counts)
    cost = COST if before in DETERMINERS and first in SUBJECT_AFTER else COST + 2.0
    if key in TO_BE_ONE and not plural and not line & WISHED and before in DETERMINERS:
        yield TO_BE_ONE[key], cost
    elif key in TO_BE and plural and before not in ("of", "a", "an", "every", "each", "one", "and"):
        yield TO_BE[key], cost
    elif before not in DETERMINERS or first not in SUBJECT_AFTER or key in UNCHANGED:
        return
    elif other := inflection.base(key, counts) if plural else inflection.third(key, counts):
        yield other, cost if plural else cost + COMPOUND


def _after_there(document: Document, at: int) -> Iterator[tuple[str, float]]:
    """there is many stars; many a star is one."""
    first, key, many, noun = (document.tokens[at + n].key for n in (-1, 0, 1, 2))
    if first != "there" or key not in TO_BE | TO_BE_ONE:
        return
    if key in TO_BE and (many in MANY and noun not in ("a", "an", "one") and is_plural(noun, document.counts)):
        yield TO_BE[key], RULED
    elif key in TO_BE and is_plural(many, document.counts) and many not in MANY:
        yield TO_BE[key], COST
    elif key in TO_BE_ONE and many in ("a", "an", "one") and document.tokens[at - 2].key not in WISHED:
        yield TO_BE_ONE[key], RULED if key == "are" else COST


def _after_auxiliary(document: Document, at: int) -> Iterator[tuple[str, float]]:
    """have went, didn't saw, could goes."""
    before, key = document.tokens[at - 1].key, document.tokens[at].key
    if key in PAST and before in TAUGHT and key in CLEARLY_PAST and PAST[key][1] != key:
        yield PAST[key][1], RULED
    elif before in BEFORE_BASE and key in CLEARLY_PAST and (key not in ("saw", "did") or before.endswith("n't")):
        yield PAST[key][0], RULED
    elif before in MODAL and key in ("goes", "does", "has", "is", "comes", "knows"):
        yield inflection.base(key, document.counts).replace("are", "be"), RULED


def _is_noun(document: Document, word: str) -> bool:
    counts = document.counts
    ids = np.array([counts.id("the"), counts.id(word)])
    return float(counts.pair(ids[:1], ids[1:])[0]) >= NOUN_USES
