"""Holds every statement of a certificate against the poem and the lexicon. Shares nothing with what writes poems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carmina import BadInput, Phonemic, Tonal

from .english import readings, words_in
from .levels import HAN, keeps, levels


def claim_faults(lines: Sequence[str], notes: Mapping[str, Any], language: Any) -> list[str]:
    """What the certificate says of the lines that is not so."""
    claims = notes.get("lines", ())
    if not isinstance(claims, (list, tuple)) or not all(isinstance(claim, Mapping) for claim in claims):
        raise BadInput("the certificate's lines are no list of objects. Give the poem.json as carmina verse wrote it.")
    if [claim.get("text") for claim in claims] != list(lines):
        return ["the certificate's lines are not the poem's lines"]
    check = _chinese if isinstance(language, Tonal) else _english
    return [
        f"line {number}: {fault}"
        for number, (text, claim) in enumerate(zip(lines, claims, strict=True), 1)
        if not claim.get("revised")
        for fault in check(text, claim, language, str(notes.get("book") or "pingshui"))
    ]


def _english(text: str, claim: Mapping[str, Any], language: Any, _book: str) -> Iterator[str]:
    words, said = words_in(text), claim.get("words", ())
    if [word.get("word") for word in said] != words:
        yield "the certificate's words are not the line's words"
        return
    for word in said if isinstance(language, Phonemic) else ():
        phones = str(word.get("phones", "")).split()
        stresses = "".join(phone[-1] for phone in phones if phone[-1].isdecimal())
        if stresses != word.get("stress") or not _pronounced(language, word["word"], phones):
            yield f"{word['word']!r} is not said {' '.join(phones)!r} with stress {word.get('stress')!r}"
    for word in () if isinstance(language, Phonemic) else said:
        if word.get("stress") not in readings(language, word["word"]):
            yield f"{word['word']!r} is not said with stress {word.get('stress')!r}"
    total = sum(len(str(word.get("stress", ""))) for word in said)
    if total != claim.get("syllables"):
        yield f"{claim.get('syllables')} syllables are claimed, {total} said"
    if claim.get("pattern") and len(str(claim["pattern"])) != total:
        yield f"the pattern {claim['pattern']} has another length than the {total} syllables"
    if said and claim.get("rhyme_class") and not _in_class(language, words[-1], str(claim["rhyme_class"])):
        yield f"{words[-1]!r} does not rhyme on {claim['rhyme_class']!r}"


def _pronounced(language: Any, word: str, phones: Sequence[str]) -> bool:
    """Whether the lexicon says the word so, or in a way of as many syllables and the same stresses."""
    if tuple(phones) == tuple(language.phonemes(word)):
        return True
    digits = [phone[-1] for phone in phones if phone[-1].isdecimal()]
    return any([str(syllable.stress) for syllable in way] == digits for way in language.pronunciations(word))


def _in_class(language: Any, word: str, name: str) -> bool:
    return any(way and way[-1].rhyme == name for way in language.pronunciations(word))


def _chinese(text: str, claim: Mapping[str, Any], language: Any, book: str) -> Iterator[str]:
    characters = "".join(HAN.findall(text))
    said = str(claim.get("characters"))
    if said != characters:
        yield f"the certificate has {said!r} for {characters!r}"
        return
    pattern = str(claim.get("pattern", ""))
    if not keeps(levels(characters, language, book), pattern):
        yield f"{characters} does not keep the pattern {pattern!r} that is claimed"
    name = str(claim.get("rhyme_class") or "")
    if claim.get("rhyme") and not any(
        _near(own, name, language, book) for own in language.rhyme_class(characters[-1], book)
    ):
        yield f"{characters[-1]} does not rhyme in {name!r}"


def _near(own: str, name: str, language: Any, book: str) -> bool:
    group = name.rstrip("平仄")
    return own.rstrip("平仄") == group or group in {near.rstrip("平仄") for near in language.near_classes(own, book)}
