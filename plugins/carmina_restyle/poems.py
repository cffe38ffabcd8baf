"""A poem in another form or manner: every line is written again to say what its line said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import BadInput, Form, FormLine, Plan, Poem, StanzaPlan, UnknownEntry, VerseBrief, Writer
from carmina.text import is_han, words_of

from .saying import SaidLine, said_line
from .spreading import said_again, spread, with_ends

MOST_STANZAS = 60  # of a plan
LEAST = 6  # content syllables that a poem must have to be known again
FAR = 1.5  # syllables a line by which a form may differ from the poem's own lines
FREE = 0.5  # what a form without rhyme counts as further off
OWN_MARKS = 0.5  # strength from which lines close as the style has them
STEM = 4  # letters, or three quarters of the longer word, by which words are of one family


@dataclass(frozen=True, slots=True)
class Content:
    """What a poem says, as far as its words tell."""

    language: str
    stanzas: tuple[tuple[SaidLine, ...], ...]

    @property
    def lines(self) -> list[SaidLine]:
        """Every line."""
        return [line for stanza in self.stanzas for line in stanza]

    @property
    def words(self) -> list[str]:
        """Every content word once, in order."""
        return list(dict.fromkeys(word.text for line in self.lines for word in line.words if word.content))


def content_of(poem: Poem, name: str, workshop: Any) -> Content:
    """Raises ``BadInput`` in one line for a poem in a language without poets, or of too few words."""
    language = _language(poem, workshop)
    if language not in (known := poets(workshop)):
        raise BadInput(
            f"{name} is in a language ({language or 'unknown'}) that no poet here writes: {', '.join(sorted(known))}."
        )
    reader = workshop.get("language", language)()
    found = Content(language, tuple(tuple(said_line(line, reader) for line in stanza) for stanza in poem.stanzas))
    if sum(word.syllables for line in found.lines for word in line.words if word.content) < LEAST:
        raise BadInput(
            f"{name} has {len(found.words)} words that tell what it is about; a poem that is to be known again needs "
            f"some more, of at least {LEAST} syllables."
        )
    return found


def poets(workshop: Any) -> dict[str, type[Writer]]:
    """The writers of verse by their languages."""
    offered = workshop.all("writer").values()
    return {one.language: one for one in offered if (one.takes, one.gives) == ("VerseBrief", "Poem") and one.language}


def restyled(
    poem: Poem, name: str, style: str | None, form: str | None, strength: float, seed: int, workshop: Any
) -> Poem:
    """The poem in the manner and the form. ``strength``: above 0, to 1."""
    content = content_of(poem, name, workshop)
    wanted = _form(poem, form, content, workshop)
    if wanted.name == poem.form and style is not None and style == _manner(poem):
        raise BadInput(f"{name} is a {poem.form} in the manner of {style} already. Name another --style or --form.")
    marked = style is None or strength < OWN_MARKS
    stanzas = planned(content, wanted, workshop.get("language", content.language)(), marked)
    if len(stanzas) > MOST_STANZAS:
        raise BadInput(
            f"{name} would have {len(stanzas)} stanzas as {wanted.name}; at most {MOST_STANZAS} are written. Cut it, "
            "or name a --form with longer ones."
        )
    brief = VerseBrief(
        _weightiest(content),
        wanted.name,
        style,
        stanzas=len(stanzas) if wanted.repeat else None,
        plan=Plan(language=content.language, stanzas=stanzas),
        seed=seed,
        options={"freedom": strength},
    )
    done: Poem = workshop.get("writer", "verse")().write(brief, workshop)
    return replace(done, title=poem.title)


def planned(content: Content, form: Form, language: Any, marked: bool = True) -> tuple[StanzaPlan, ...]:
    """What each line of each stanza says; where the form has the source's lines and it is ``marked``, their marks; and
    ends that rhyme."""
    stanzas = next(iter(form.variants.values()))
    if form.repeat:
        size = sum(len(line.patterns[0]) for line in stanzas[0])
        whole = sum(line.syllables for line in content.lines)
        same = len(stanzas[0]) == len(content.stanzas[0])
        stanzas = stanzas * (len(content.stanzas) if same else max(1, round(whole / size)))
    same = [len(stanza) for stanza in stanzas] == [len(stanza) for stanza in content.stanzas]
    rooms = [[len(line.patterns[0]) for line in stanza] for stanza in stanzas]
    told: Sequence[Sequence[SaidLine]] = content.stanzas if same else spread(content.lines, rooms)
    return tuple(_stanza(own, lines, language, same and marked) for own, lines in zip(told, stanzas, strict=True))


def _stanza(lines: Sequence[SaidLine], slots: Sequence[Any], language: Any, marked: bool) -> StanzaPlan:
    ends = with_ends(lines, [slot.rhyme for slot in slots], language)
    said = (said_again(line.words, end) for line, end in zip(lines, ends, strict=True))
    return StanzaPlan(
        ends=tuple(ends) if any(ends) else (),
        marks=tuple(line.mark for line in lines) if marked and all(line.mark for line in lines) else (),
        words=tuple(" ".join(word.text for word in words) for words in said),
    )


def _weightiest(content: Content) -> tuple[str, ...]:
    """The longest words, three of them: what the poem is about."""
    order = sorted(content.words, key=lambda word: -len(word))[:3]
    return tuple(word for word in content.words if word in order)


def kept(content: Content, other: Poem, words: Sequence[str] = ()) -> float:
    """Share of the content words of one poem, or of these ``words``, that another has, in some form of theirs."""
    text = "\n".join(other.lines).lower()
    asked = words or content.words
    runs = set(words_of(text))
    return sum(word in text if is_han(word[0]) else any(_family(word, one) for one in runs) for word in asked) / len(
        asked
    )


def _form(poem: Poem, asked: str | None, content: Content, workshop: Any) -> Form:
    """The form that is asked for, else the poem's own, else the one nearest to it in its lines."""
    forms, language = workshop.all("form"), content.language
    name = asked or (poem.form if poem.form in forms else _nearest(content, forms.values(), workshop))
    name = (name or poets(workshop)[language].usual_form).strip()
    for form in forms.values():
        if name.lower() in (form.name.lower(), *map(str.lower, form.aliases)):
            if form.language != language:
                raise BadInput(f"--form {name} is of verse in {form.language!r}, and the poem is in {language!r}.")
            found: Form = form
            return found
    raise UnknownEntry("form", name, [f.name for f in forms.values() if f.language == language])


def _nearest(content: Content, forms: Iterable[Form], workshop: Any) -> str:
    """The name of the form with the poem's stanzas whose lines are nearest to it in length and rhyme most as it does;
    empty where none has its stanzas."""
    language, sizes = workshop.get("language", content.language)(), [len(stanza) for stanza in content.stanzas]
    found: list[tuple[float, int, str]] = []
    loose = ""
    for number, form in enumerate(forms):
        stanzas = next(iter(form.variants.values()))
        stanzas = stanzas * len(sizes) if form.repeat else stanzas
        if form.language == content.language and form.repeat and _is_loose(stanzas[0]):
            loose = loose or form.name
        if form.language != content.language or [len(stanza) for stanza in stanzas] != sizes:
            continue
        slots = [slot for stanza in stanzas for slot in stanza]
        lengths = [
            min(abs(len(p) - line.syllables) for p in s.patterns) for s, line in zip(slots, content.lines, strict=True)
        ]
        if any(slot.refrain or slot.closing for slot in slots) or sum(lengths) > FAR * len(slots):
            continue
        unmet = [
            not any(with_ends(own, [slot.rhyme for slot in stanza], language))
            for own, stanza in zip(content.stanzas, stanzas, strict=True)
            if any(slot.rhyme for slot in stanza)
        ]
        free = not any(slot.rhyme for slot in slots)
        found.append((sum(lengths) / len(slots) + sum(unmet) / max(1, len(unmet)) + FREE * free, number, form.name))
    return min(found, default=(0.0, 0, loose))[2]


def _is_loose(lines: Sequence[FormLine]) -> bool:
    """Whether lines of any length may stand in a form, unrhymed."""
    return all(not line.rhyme and len({len(pattern) for pattern in line.patterns}) > 1 for line in lines)


def _manner(poem: Poem) -> str:
    plan = poem.notes.get("plan")
    return str(plan.get("manner", "")) if isinstance(plan, dict) else ""


# ---- words ----------------------------------------------------------------------------------------------------------


def _language(poem: Poem, workshop: Any) -> str:
    if poem.language:
        return poem.language
    letters = [letter for line in poem.lines for letter in line if letter.isalpha()]
    if letters and sum(map(is_han, letters)) * 2 > len(letters):
        return "zh"
    found: str = workshop.language_of("\n".join(poem.lines))
    return found


def _family(one: str, other: str) -> bool:
    """Whether two English words are forms of one: harbour and harbours, sleeping and sleep."""
    size = max(STEM, round(0.75 * max(len(one), len(other)) - 0.75))
    return one == other or (len(one) >= STEM and one[:size] == other[:size])
