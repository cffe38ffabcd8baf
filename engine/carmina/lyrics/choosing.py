"""Which installed language reads a text: by what the languages claim, and where that is not sure by identification
among all languages, so that a text of a language that nobody here reads is refused, never read as another."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence

from ..contracts import Language
from ..errors import BadInput, LanguageWarning
from ..text.tongues import NAMES, TWINS, is_vocable, tongue_name, tongues

FAVOURITES = ("en", "zh")  # win when no language claims the words more surely than another
CLEAR, LEAD = 0.4, 0.25  # a favourite that claims so much, and so much more than any other, is not doubted
SURE = 0.2  # probability of an installed language by identification that is enough
PLAIN = 0.6  # a claim of few words below which they are doubted
FOREIGN, NOT_THERE = 0.75, 0.05  # a share of another language, and of this one, that makes them doubted
FEW = 5  # words below which identification alone refuses nothing unless it is all but certain
CERTAIN, LIKELY = 0.9, 0.5
UNSURE = 0.2  # of the likeliest language's share, by which its twin may be meant as well
FEW_TO_DOUBT = 2  # of fewer words nobody can tell
SEEN_WORDS = 400


def surest(words: Sequence[str], names: Sequence[str], opened: Callable[[str], Language]) -> str:
    """The name of the language, of several of one script, that reads the words.

    Raises :class:`BadInput` where they are in a language that none of these is.
    """
    said = [word for word in words[:SEEN_WORDS] if not is_vocable(word)]
    if not said:
        return max(sorted(names), key=lambda name: name in FAVOURITES)
    claims = {name: opened(name).claim(said) for name in names}
    best = max(sorted(names), key=lambda name: (claims[name], name in FAVOURITES))
    others = max((claim for name, claim in claims.items() if name != best), default=0.0)
    if best in FAVOURITES and claims[best] >= CLEAR and claims[best] - others >= LEAD:
        if claims[best] < PLAIN and len(said) < FEW and _foreign(tongues(" ".join(said)), claims)[1] >= LIKELY:
            _warn(said, best)
        return best
    return _identified(said, claims)


def _identified(words: Sequence[str], claims: Mapping[str, float]) -> str:
    shares = tongues(" ".join(words))
    best = max(sorted(claims), key=lambda name: (claims[name] + 2 * shares.get(name, 0.0), name in FAVOURITES))
    share = shares.get(best, 0.0)
    other, doubt = _foreign(shares, claims)
    if share >= SURE and share > doubt / 2 or best in FAVOURITES and claims[best] >= CLEAR:
        return best
    several = len({word.lower() for word in words})
    if several < FEW and (claims[best] >= SURE or doubt < LIKELY) and doubt < CERTAIN:
        little = claims[best] < SURE
        if little:
            best = next((name for name in FAVOURITES if name in claims), best)
        weak = claims[best] < PLAIN or doubt >= FOREIGN or share < NOT_THERE
        foreign_seems = several >= FEW_TO_DOUBT and doubt > share and weak
        if several >= FEW_TO_DOUBT and (little or foreign_seems):
            _warn(words, best)
        return best
    raise BadInput(
        f"these words look like {_name(other, shares)}, which no installed language reads; installed: "
        f"{', '.join(sorted(claims))}. Say --language CODE to read them by the rules of one of these."
    )


def _foreign(shares: Mapping[str, float], claims: Mapping[str, float]) -> tuple[str, float]:
    """(the likeliest language that is not installed, its share)."""
    return next(((code, own) for code, own in shares.items() if code not in claims and code != "zxx"), ("", 0.0))


def _warn(words: Sequence[str], best: str) -> None:
    warnings.warn(
        f"{' '.join(words)[:40]!r} is read as {tongue_name(best)}, which little speaks for; --language says another",
        LanguageWarning,
        stacklevel=4,
    )


def _name(code: str, shares: Mapping[str, float]) -> str:
    """``Polish (pl)``; of two that are much alike (``TWINS``) both where neither is sure."""
    share, twin = shares.get(code, 0.0), TWINS.get(code, "")
    other = shares.get(twin, 0.0)
    if share + other < LIKELY or code not in NAMES:
        return "a language not known here"
    return f"{tongue_name(code)} or {tongue_name(twin)}" if other >= UNSURE * share else tongue_name(code)
