"""Plants slips in clean texts: each kind as people make it, at a drawn place, with where it stands told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..english.sets import sets
from ..english.variants import NEIGHBOURS

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)*")
SMALL = frozenset(
    "the a an of to in on at by for and is was are were his her my your their our with from as that".split()
)
WANTED = frozenset("the a an of to is was are were and his her my in on with for".split())
COMMON_SETS = (  # what is written for what, most often
    "there their they're your you're its it's to too then than lose loose of have whose who's were where hear "
    "here know no knew new by buy passed past quiet quite breath breathe bare bear break brake peace piece right "
    "write threw through weather whether weak week wear which witch would wood one won made maid pale pail pain "
    "pane son sun sea see tail tale vain vein wait weight waste waist night knight hour our die dye dear deer "
    "heal heel hole whole meet meat plain plane road rode steel steal sole soul some sum throne thrown blew blue "
    "heard herd hair hare great grate fair fare form from angel angle lightning lightening desert dessert altar "
    "alter pray prey role roll root route scene seen"
).split()


@dataclass(frozen=True, slots=True)
class Planted:
    """One slip: the line (from 0), where it begins and ends there now, its kind, what stood there."""

    line: int
    start: int
    end: int
    kind: str
    was: str


Plant = Callable[[list[str], int, np.random.Generator], Planted | None]


def typo(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A slip of the finger in a word of four letters or more."""
    words = [m for m in _WORD.finditer(lines[at]) if len(m[0]) >= 4 and m[0].islower()]
    if not words:
        return None
    found = words[rng.integers(len(words))]
    word = _slip(found[0], rng)
    return _put(lines, at, found.start(), found.end(), word, "spelling") if word != found[0] else None


def _slip(word: str, rng: np.random.Generator) -> str:
    place = int(rng.integers(1, len(word) - 1))
    match int(rng.integers(5)):
        case 0:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + word[place] + word[place:]
        case 3:
            near = sorted(NEIGHBOURS.get(word[place], ""))
            return word[:place] + near[int(rng.integers(len(near)))] + word[place + 1 :] if near else word
    near = sorted(NEIGHBOURS.get(word[place], ""))
    return word[: place + 1] + near[int(rng.integers(len(near)))] + word[place + 1 :] if near else word


def confusable(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A word for another that sounds or looks alike."""
    words = [m for m in _WORD.finditer(lines[at]) if m[0].lower().replace("’", "'") in COMMON_SETS]
    if not words:
        return None
    found = words[rng.integers(len(words))]
    mates = [w for w in sets().others[found[0].lower().replace("’", "'")] if w in COMMON_SETS]
    if not mates:
        return None
    word = mates[int(rng.integers(len(mates)))]
    return _put(lines, at, found.start(), found.end(), _as(found[0], word), "confusable")


def doubled(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A word twice; two times of three a small one."""
    words = [m for m in _WORD.finditer(lines[at]) if m[0].islower()]
    small = [m for m in words if m[0] in SMALL]
    words = small if small and rng.random() < 0.67 else words
    if not words:
        return None
    found = words[rng.integers(len(words))]
    return _put(lines, at, found.end(), found.end(), " " + found[0], "doubled")


def missing(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """An article, a preposition or a verb of being left out."""
    words = [m for m in _WORD.finditer(lines[at]) if m[0] in WANTED and lines[at][m.end() : m.end() + 1] == " "]
    if not words:
        return None
    found = words[rng.integers(len(words))]
    return _put(lines, at, found.start(), found.end() + 1, "", "missing")


def article(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """a for an, an for a."""
    words = list(re.finditer(r"\ban?\b(?= [a-z]{3})", lines[at]))
    words = [m for m in words if not re.match(r" (?:h|u|eu|ew|one|once|y)", lines[at][m.end() :])]
    if not words:
        return None
    found = words[rng.integers(len(words))]
    return _put(lines, at, found.start(), found.end(), "a" if found[0] == "an" else "an", "article")


_THIRD = re.compile(r"\b(he|she|it) ([a-z]{2,}[a-z]s|has|goes|does|is)\b", re.IGNORECASE)
_BASE = re.compile(r"\b(they|we|you|I) (are|have|go|do|come|know|see|hear|love|think|stand|feel|want|say|sing)\b")
_NOUN = re.compile(
    r"\b(?:the|my|your|his|her|their|our|there) (?:[a-z]{3,} )?(is|are|was|were|has|have)\b", re.IGNORECASE
)
_PERFECT = re.compile(r"\b(?:have|has|had) (gone|seen|come|taken|given|eaten|known|begun|sung|flown|grown|thrown)\b")
_OTHER_NUMBER = {"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has"}
_AS_PAST = {
    "gone": "went", "seen": "saw", "come": "came", "taken": "took", "given": "gave", "eaten": "ate", "known": "knew",
    "begun": "began", "sung": "sang", "flown": "flew", "grown": "grew", "thrown": "threw",
}  # fmt: skip
_SINGULAR = {"has": "have", "goes": "go", "does": "do", "is": "are"}
_THIRD_OF = {base: third for third, base in _SINGULAR.items()}


def agreement(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """he go, they goes, the moon are, have went."""
    found = [m for m in (_THIRD.search(lines[at]), _BASE.search(lines[at])) if m and not m[2].endswith("ss")]
    verbs = [(m.span(2), _unlike(m[2])) for m in found]
    verbs += [(m.span(1), _OTHER_NUMBER[m[1]]) for m in _NOUN.finditer(lines[at])]
    verbs += [(m.span(1), _AS_PAST[m[1]]) for m in _PERFECT.finditer(lines[at])]
    if not verbs:
        return None
    (start, end), verb = verbs[int(rng.integers(len(verbs)))]
    return _put(lines, at, start, end, verb, "agreement")


def _unlike(verb: str) -> str:
    """The other number of a verb."""
    if verb in _THIRD_OF or not verb.endswith("s"):
        return _THIRD_OF.get(verb, verb + "s")
    return _SINGULAR.get(verb) or (verb[:-3] + "y" if verb.endswith("ies") else verb[:-1])


def capital(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """i for I."""
    found = list(re.finditer(r"\bI\b(?=[ '’])", lines[at]))
    if not found:
        return None
    own = found[int(rng.integers(len(found)))]
    return _put(lines, at, own.start(), own.end(), "i", "capital")


def mark(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A mark twice, or with the space on its wrong side."""
    found = list(re.finditer(r"(?<=[a-z]), (?=[a-z])|(?<=[a-z])[,.]$", lines[at]))
    if not found:
        return None
    own = found[rng.integers(len(found))]
    text = own[0]
    wrong = [" ,", ",, ", " , "] if text == ", " else [text * 2, " " + text]
    return _put(lines, at, own.start(), own.end(), wrong[int(rng.integers(len(wrong)))], "mark")


def foot(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A line that lost two syllables inside: a word of two, or two of one."""
    words = list(_WORD.finditer(lines[at]))
    if len(words) < 6:
        return None
    place = int(rng.integers(1, len(words) - 3))
    start, end = words[place].start(), words[place + 2].start()
    return _put(lines, at, start, end, "", "foot")


def rhyme(lines: list[str], at: int, rng: np.random.Generator) -> Planted | None:
    """A line that ends on another word."""
    words = list(_WORD.finditer(lines[at]))
    others = "window garden silver river mountain paper orange winter summer people water morning".split()
    if len(words) < 4:
        return None
    return _put(lines, at, words[-1].start(), words[-1].end(), others[int(rng.integers(len(others)))], "rhyme")


def _put(lines: list[str], at: int, start: int, end: int, text: str, kind: str) -> Planted:
    was = lines[at][start:end]
    lines[at] = lines[at][:start] + text + lines[at][end:]
    return Planted(at, start, start + len(text), kind, was)


def _as(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


ENGLISH: Mapping[str, Plant] = {
    "spelling": typo,
    "confusable": confusable,
    "doubled": doubled,
    "missing": missing,
    "article": article,
    "agreement": agreement,
    "capital": capital,
    "mark": mark,
}

FORM: Mapping[str, Plant] = {"foot": foot, "rhyme": rhyme}


def planted(
    lines: Sequence[str], kinds: Mapping[str, Plant], rng: np.random.Generator, every: int = 5
) -> tuple[list[str], list[Planted]]:
    """The lines with one slip in every so many, of drawn kinds."""
    out, done = list(lines), []
    names = list(kinds)
    for first in range(0, len(out), every):
        at = first + int(rng.integers(min(every, len(out) - first)))
        for name in rng.permutation(names):
            found = kinds[str(name)](out, at, rng) if out[at].strip() else None
            if found is not None:
                done.append(found)
                break
    return out, done


__all__ = ["ENGLISH", "FORM", "Planted", "planted"]
