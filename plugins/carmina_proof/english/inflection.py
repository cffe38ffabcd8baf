"""Forms of English verbs and nouns: base and third person, singular and plural, past and participle.

A form is taken for one where the counts know what it would be made of: there is no list of verbs.
"""

from __future__ import annotations

from ..models.counts import Counts

REAL_USES = 300  # of a form, for it to be meant
THIRD = {"go": "goes", "do": "does", "have": "has", "are": "is", "don't": "doesn't"}
_BASE = {third: base for base, third in THIRD.items()}
PLURALS = frozenset("men women children feet teeth geese mice people folk cattle police".split())
_NO_PLURALS = frozenset(  # end in s and are one, or any number
    "this his us is was as its yes thus plus bus gas news always perhaps besides towards afterwards sometimes else "
    "means series species sheep deer fish alas atlas iris canvas christmas lens venus mars thomas james charles jesus "
    "moses paris hers ours yours theirs whose always politics mathematics physics thames alps rest others less".split()
)
PAST = {  # irregular: past -> (base, participle)
    past: (base, participle)
    for row in (
        "go went gone|come came come|see saw seen|know knew known|give gave given|take took taken|eat ate eaten|"
        "write wrote written|run ran run|begin began begun|drink drank drunk|sing sang sung|swim swam swum|"
        "fall fell fallen|fly flew flown|grow grew grown|blow blew blown|throw threw thrown|draw drew drawn|"
        "speak spoke spoken|break broke broken|wear wore worn|choose chose chosen|freeze froze frozen|"
        "ride rode ridden|drive drove driven|rise rose risen|do did done|wake woke woken|forget forgot forgotten|"
        "hide hid hidden|shake shook shaken|find found found|keep kept kept|sleep slept slept|feel felt felt|"
        "leave left left|lose lost lost|tell told told|think thought thought|bring brought brought|hear heard heard|"
        "stand stood stood|hold held held|make made made|say said said|buy bought bought|teach taught taught|"
        "catch caught caught|sit sat sat|get got got|send sent sent|build built built|meet met met"
    ).split("|")
    for base, past, participle in [row.split()]
}


def third(word: str, counts: Counts) -> str:
    """The third person of a base form, empty where none is known: run, runs."""
    if word in THIRD:
        return THIRD[word]
    ending = "es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    other = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + ending
    return other if len(word) > 2 and counts.count(other) >= REAL_USES else ""


def base(word: str, counts: Counts) -> str:
    """The base form of a third person, or the singular of a plural; empty where none is known."""
    if word in _BASE:
        return _BASE[word]
    if not word.endswith("s") or len(word) < 4 or word.endswith("ss"):
        return ""
    bases = (word[:-3] + "y" if word.endswith("ies") else "", word[:-1], word[:-2] if word.endswith("es") else "")
    return next((one for one in bases if counts.count(one) >= REAL_USES), "")


def is_plural(word: str, counts: Counts) -> bool:
    """Whether a word looks like the plural of a noun."""
    return word in PLURALS or word not in _NO_PLURALS and "'" not in word and bool(base(word, counts))
