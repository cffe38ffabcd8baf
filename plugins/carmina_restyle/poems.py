"""A poem in another form or manner: what it is about is asked for again; the draft that kept most is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import BadInput, Form, Plan, Poem, StanzaPlan, UnknownEntry, VerseBrief
from carmina.text import is_han, words_of

DRAFTS = 2  # of which the one that keeps most is taken
STEP = 7919  # between their seeds
KEYWORDS = {"en": (8, 14), "zh": (4, 6)}  # at strength 1 and 0, at most
RHYMES_BELOW = 0.5  # strength under which lines end on the poem's own words
LEAST = {"en": 6, "zh": 4}  # content words that a poem must have to be known again
STEM = 4  # letters, or three quarters of the longer word, by which words are of one family
FORMS = {"en": "quatrain-abab", "zh": "七绝"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a poem says, as far as its words tell."""

    language: str
    stanzas: tuple[tuple[tuple[str, ...], ...], ...]  # the content words of each line of each stanza
    ends: tuple[tuple[str, ...], ...]  # the word that ends each line

    @property
    def words(self) -> list[str]:
        """Every content word once, in order."""
        return list(dict.fromkeys(word for stanza in self.stanzas for line in stanza for word in line))


def content_of(poem: Poem, name: str, workshop: Any) -> Content:
    """Raises ``BadInput`` in one line for a poem in a language without poets, or of too few words."""
    language = _language(poem, workshop)
    if language not in KEYWORDS:
        raise BadInput(f"{name} is in a language ({language or 'unknown'}) that no poet here writes: en, zh.")
    stanzas = tuple(tuple(tuple(_content(line, language, workshop)) for line in stanza) for stanza in poem.stanzas)
    ends = tuple(tuple(_end(line, language) for line in stanza) for stanza in poem.stanzas)
    found = Content(language, stanzas, ends)
    if len(found.words) < LEAST[language]:
        raise BadInput(
            f"{name} has {len(found.words)} words that tell what it is about; a poem that is to be known again needs "
            f"at least {LEAST[language]}."
        )
    return found


def restyled(
    poem: Poem, name: str, style: str | None, form: str | None, strength: float, seed: int, workshop: Any
) -> Poem:
    """The poem in the manner and the form; at strength 0 as it is."""
    if strength == 0:
        return poem
    content = content_of(poem, name, workshop)
    wanted = _form(poem, form, content.language, workshop)
    if wanted.name == poem.form and style is not None and style == _manner(poem):
        raise BadInput(f"{name} is a {poem.form} in the manner of {style} already. Name another --style or --form.")
    words = keywords(content, strength)
    brief = VerseBrief(
        words,
        wanted.name,
        style,
        stanzas=len(poem.stanzas) if wanted.repeat else None,
        plan=_plan(content, words, wanted, strength),
        candidates=None,
    )
    writer = workshop.get("writer", "verse")()
    drafts = [writer.write(replace(brief, seed=(seed + n * STEP) % 2**32), workshop) for n in range(DRAFTS)]
    best: Poem = max(drafts, key=lambda draft: kept(content, draft))
    return replace(best, title=poem.title)


def kept(content: Content, other: Poem, words: Sequence[str] = ()) -> float:
    """Share of the content words of one poem, or of these ``words``, that another has, in some form of theirs."""
    text = "\n".join(other.lines)
    said = text if content.language == "zh" else [word.lower() for word in words_of(text)]
    asked = words or content.words
    return sum(_said(word, said) for word in asked) / len(asked)


def keywords(content: Content, strength: float) -> tuple[str, ...]:
    """The weightiest word of each line, fewer the greater the strength: lines in turn from all over the poem."""
    least, most = KEYWORDS[content.language]
    many = round(most + (least - most) * strength)
    lines = [line for stanza in content.stanzas for line in stanza if line]
    heads = list(dict.fromkeys(max(line, key=len) for line in lines))
    chosen = [heads[n * len(heads) // min(many, len(heads))] for n in range(min(many, len(heads)))]
    return tuple(dict.fromkeys(chosen))


# ---- the plan -------------------------------------------------------------------------------------------------------


def _plan(content: Content, words: Sequence[str], form: Form, strength: float) -> Plan:
    """Images in the poem's order; below the strength at which rhymes are given up, its ends where the form has as many
    lines."""
    shape = [len(stanza) for stanza in next(iter(form.variants.values()))]
    shape = shape * len(content.stanzas) if form.repeat else shape
    same = shape == [len(stanza) for stanza in content.stanzas]
    stanzas = []
    for own, ends in zip(content.stanzas, content.ends, strict=True):
        images = tuple(dict.fromkeys(word for line in own for word in line if word not in words))[:8]
        stanzas.append(StanzaPlan(images=images, ends=ends if same and strength < RHYMES_BELOW else ()))
    if not same:  # what the stanzas say is spread over those of the form
        images = tuple(word for word in content.words if word not in words)
        size = -(-len(images) // len(shape))
        stanzas = [StanzaPlan(images=images[n * size : (n + 1) * size][:8]) for n in range(len(shape))]
    return Plan(language=content.language, keywords=tuple(words), stanzas=tuple(stanzas))


def _form(poem: Poem, asked: str | None, language: str, workshop: Any) -> Form:
    forms = workshop.all("form")
    name = (asked or (poem.form if poem.form in forms else "") or FORMS[language]).strip()
    for form in forms.values():
        if name.lower() in (form.name.lower(), *map(str.lower, form.aliases)):
            if form.language != language:
                raise BadInput(f"--form {name} is of verse in {form.language!r}, and the poem is in {language!r}.")
            found: Form = form
            return found
    raise UnknownEntry("form", name, [f.name for f in forms.values() if f.language == language])


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


def _content(line: str, language: str, workshop: Any) -> Iterator[str]:
    """The words of a line that carry what it says: nouns, verbs, adjectives of some length."""
    runs = words_of(line)
    if not runs:
        return
    if language == "zh":
        for run in runs:
            yield from _chinese(run, workshop)
        return
    for word, syllables in zip(runs, workshop.get("language", language)().syllabify(runs), strict=True):
        if len(word) > 3 and any(s.content for s in syllables) and "'" not in word and "’" not in word:
            yield word.lower()


def _chinese(run: str, workshop: Any) -> Iterator[str]:
    """Two characters that are a word, as the language reads the run."""
    word = ""
    for syllable in workshop.lyrics(run, "zh").syllables:
        word += syllable.text
        if syllable.ends_word:
            if len(word) >= 2 and syllable.content:
                yield word
            word = ""


def _end(line: str, language: str) -> str:
    runs = words_of(line)
    if not runs:
        return ""
    return runs[-1][-1] if language == "zh" else runs[-1].lower()


def _said(word: str, said: Sequence[str] | str) -> bool:
    if isinstance(said, str):
        return word in said
    return any(_family(word, other) for other in said)


def _family(one: str, other: str) -> bool:
    """Whether two English words are forms of one: harbour and harbours, sleeping and sleep."""
    size = max(STEM, round(0.75 * max(len(one), len(other)) - 0.75))
    return one == other or (len(one) >= STEM and one[:size] == other[:size])
