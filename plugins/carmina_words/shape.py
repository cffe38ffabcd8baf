"""Phrases of a tune -> a form of verse that fits them."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import TICKS_PER_QUARTER, Form, FormLine
from carmina.theory import Phrase

NAME = "words-for-a-tune"
LETTERS = "abcdefghijklmnopqrstuvwyz"
REACH = 4  # phrases within which a rhyme is heard
TEACHING = {"en": "lyric", "zh": "分行"}
BEAT = 2  # strength of a beat in the bar
LONG = TICKS_PER_QUARTER * 3 // 2


def form_of(phrases: Sequence[Phrase], language: str) -> Form:
    """A form whose lines are the tune's phrases, its stanzas the tune's sections."""
    letters = rhymes_of(phrases)
    stanzas: dict[int, list[FormLine]] = {}
    for at, (phrase, letter) in enumerate(zip(phrases, letters, strict=True)):
        model = phrase.copies if phrase.copies is not None else at
        back = phrase.copies is not None or any(other.copies == at for other in phrases)
        pattern = english_pattern(phrase) if language == "en" else "中" * len(phrase.slots)
        stanzas.setdefault(phrase.section, []).append(
            FormLine((pattern,), letters[model] if back else letter, f"line {model}" if back else "")
        )
    return Form(
        NAME,
        "as a tune asks",
        language,
        {"": tuple(map(tuple, stanzas.values()))},
        teaching=TEACHING.get(language, ""),
        book="xinyun" if language == "zh" else "",
    )


def english_pattern(phrase: Phrase) -> str:
    """``+`` where a stress belongs: on a place stronger than those beside it; ``-`` beside one; ``~`` where neighbours
    are equal, or a long note makes up for its place."""
    own = [slot.strength for slot in phrase.slots]
    marks = []
    for at, here in enumerate(own):
        beside = [own[n] for n in (at - 1, at + 1) if 0 <= n < len(own)]
        if here < max(beside, default=here):
            marks.append("~" if here >= BEAT and phrase.slots[at].length_ticks >= LONG else "-")
        else:
            marks.append("+" if here > min(beside, default=here) and here not in beside else "~")
    return "".join(marks)


def rhymes_of(phrases: Sequence[Phrase]) -> list[str]:
    """A letter for each phrase: those that close alike and lie near rhyme; where the music says nothing, every second
    one; empty: none."""
    letters = [""] * len(phrases)
    names = iter(LETTERS * 40)
    for section in sorted({phrase.section for phrase in phrases}):
        own = [at for at, phrase in enumerate(phrases) if phrase.section == section]
        for start in range(0, len(own), REACH):
            _rhymed(phrases, own[start : start + REACH], letters, names)
    return letters


def _rhymed(phrases: Sequence[Phrase], own: Sequence[int], letters: list[str], names: object) -> None:
    for one, other in _pairs(phrases, own):
        letter = next(names)  # type: ignore[call-overload]
        letters[one] = letters[other] = letter


def _pairs(phrases: Sequence[Phrase], own: Sequence[int]) -> list[tuple[int, int]]:
    """The lines of two to four that rhyme: aabb where neighbours are of a length, abab where the music comes back
    after one, else the second and the last."""
    if len(own) < 2:
        return []
    if len(own) < 4:
        return [(own[-2], own[-1])]
    a, b, c, d = own
    crossed = _alike(phrases[a], phrases[c]) and _alike(phrases[b], phrases[d])
    coupled = _alike(phrases[a], phrases[b]) and _alike(phrases[c], phrases[d])
    if crossed and not coupled:
        return [(a, c), (b, d)]
    return [(a, b), (c, d)] if coupled else [(b, d)]


def _alike(one: Phrase, other: Phrase) -> bool:
    return len(one.slots) == len(other.slots) and one.close == other.close
