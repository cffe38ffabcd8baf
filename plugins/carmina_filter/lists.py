"""Lists of words by level: those that ship, and a user's own, whose every word is of every level."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

from carmina import BadInput, BadOption, Option
from carmina.text import is_han

LEVELS = ("light", "medium", "strict")  # each holds those before it
OFF = "off"
DATA = Path(__file__).parent / "data"
LEVEL_VARIABLE, LIST_VARIABLE, ALLOW_VARIABLE = "CARMINA_FILTER", "CARMINA_FILTER_LIST", "CARMINA_FILTER_ALLOW"
LEVEL = Option(
    "filter",
    "Keep words out of what is written: light (slurs, the coarsest), medium (swearing, sex), strict (all that is not "
    "for children); off unless given.",
    choices=(OFF, *LEVELS),
)
OWN = Option("filter-list", "A text file of words of your own to keep out, one a line.", Path)
ALLOW = Option("filter-allow", "A text file of words that a level lists and that are welcome all the same.", Path)
ENDINGS = ("s", "es", "ed", "ing", "in", "er", "ers", "y")
MOST_BYTES, MOST_WORDS, LONGEST = 1_000_000, 50_000, 60


def asked() -> Mapping[str, str]:
    """What is to be kept out by the environment, which the options set: word -> level; empty where nothing is."""
    level, path = os.environ.get(LEVEL_VARIABLE, "") or OFF, os.environ.get(LIST_VARIABLE, "")
    if level not in (OFF, *LEVELS):
        raise BadOption("--filter", level, f"one of {', '.join((OFF, *LEVELS))}")
    found = {**(listed(level) if level != OFF else {}), **(own(Path(path)) if path else {})}
    allowed = os.environ.get(ALLOW_VARIABLE, "")
    return without(found, allowed_in(Path(allowed))) if allowed else found


@cache
def listed(level: str) -> Mapping[str, str]:
    """The words of a level and those below it -> the level that each is of."""
    wanted = LEVELS[: LEVELS.index(level) + 1]
    found: dict[str, str] = {}
    for name in ("en", "zh"):
        for row in (DATA / f"{name}.txt").read_text("utf-8").splitlines():
            of, _, word = row.partition(" ")
            if of in wanted:
                found |= dict.fromkeys(_inflected(word), of)
    return found


def own(path: Path) -> Mapping[str, str]:
    """The words of a user's file; raises ``BadInput`` in one line. ``#`` begins a remark, a star after a word means its
    usual endings too."""
    return {form: "own" for word in _rows(path, "list") for form in _inflected(word)}


def allowed_in(path: Path) -> frozenset[str]:
    """The words and phrases of a file of exceptions, written as a list is; as :func:`own`."""
    return frozenset(form for word in _rows(path, "list of exceptions") for form in _inflected(word))


@cache
def innocent() -> frozenset[str]:
    """Phrases in which a listed word means something else (*the cock crows*), which are always welcome."""
    rows = (DATA / "innocent.txt").read_text("utf-8").splitlines()
    return frozenset(row for row in rows if row and not row.startswith("#"))


def without(words: Mapping[str, str], allowed: Set[str]) -> Mapping[str, str]:
    """A list without the words that are welcome; phrases that hold a listed word leave it listed."""
    return {word: level for word, level in words.items() if word not in allowed}


def _rows(path: Path, what: str) -> list[str]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig", "strict" if len(data) <= MOST_BYTES else "replace")
    except OSError as fault:
        raise BadInput(f"cannot read the {what} {str(path)!r}: {(fault.strerror or str(fault)).lower()}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"the {what} {str(path)!r} is not UTF-8 text. Save it as UTF-8.") from None
    rows = [row.partition("#")[0].strip().casefold() for row in text.splitlines()]
    words = [row for row in rows if row.rstrip("*")]
    if len(data) > MOST_BYTES or len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
        raise BadInput(
            f"the {what} {str(path)!r} is too long: at most {MOST_WORDS:,} words of {LONGEST} letters. Cut it."
        )
    if not words:
        raise BadInput(f"the {what} {str(path)!r} holds no words. Write one a line.")
    if starred := next((word for word in words if "*" in word.rstrip("*") or word.endswith("**")), None):
        raise BadInput(
            f"the {what} {str(path)!r} has {starred!r}: a star may stand at a word's end alone, for its usual endings. "
            "Write the words out."
        )
    return words


def _inflected(word: str) -> list[str]:
    stem = word.rstrip("*")
    if stem == word or is_han(stem[:1]):
        return [stem]
    short = stem[:-1] if stem.endswith("e") and len(stem) > 1 else stem
    doubled = [short + short[-1] + end for end in ("ed", "ing", "er")]
    return [stem, *(base + end for base in dict.fromkeys((stem, short)) for end in ENDINGS), *doubled]
