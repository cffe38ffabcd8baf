"""What training by preference asks of verse: people's poems with their forms and keywords, attempts at those, and
what a network chose in a finished poem. A prompt is ``FORM: WORD WORD``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from carmina import BadInput, Example, Poem, PromptedWork, VerseBrief, Workshop
from carmina.text import HAN_CHARACTER

from .chinese.corpus import FORMS as CHINESE
from .chinese.corpus import TUNES, Verse, verses
from .english.corpus import FORMS as ENGLISH
from .english.corpus import Passage, passages
from .english.text import MARKS, words_of

KEYWORDS = 3  # at most of a prompt
LINES = 32  # of a Chinese poem
WRITTEN = {"quatrains": "quatrain-abab", "lyric": "quatrain-abab"}  # a corpus's form -> one that is written
LONG = 5  # letters of an English word that may be a keyword


def asked(prompt: str) -> tuple[str, tuple[str, ...]]:
    """Form and keywords."""
    form, colon, words = prompt.partition(":")
    if not colon or not form.strip():
        raise BadInput(f"the prompt {prompt!r} names no form: FORM: WORD WORD.")
    return form.strip(), tuple(words.split()[:KEYWORDS])


def _written(writer: str, prompt: str, seed: int, model: str, workshop: Workshop) -> Poem:
    form, words = asked(prompt)
    brief = VerseBrief(words, form=form, seed=seed, candidates=1, model=model)
    poem: Poem = workshop.get("writer", writer)().write(brief, workshop)
    return poem


# ---- Chinese --------------------------------------------------------------------------------------------------------


def chinese_people(folder: Path, workshop: Workshop) -> Iterator[PromptedWork]:
    """The poems in forms that are written too."""
    forms = workshop.all("form")
    for verse in verses(folder):
        words = [word for word in verse.keywords if 1 <= len(word) <= 2][:KEYWORDS]
        if verse.form in forms and words:
            poem = Poem((verse.lines,), verse.form, "zh", verse.title, notes={"keywords": words})
            yield PromptedWork(f"{verse.form}: {' '.join(words)}", poem, verse.split)


def chinese_attempt(prompt: str, seed: int, model: str, workshop: Workshop) -> Poem:
    """The first poem that comes."""
    return _written("verse-zh", prompt, seed, model, workshop)


def chinese_traced(tokenizer: Any, work: Poem) -> list[Example]:
    """The poem as one sequence; one with a character that is unknown is none."""
    lines = tuple(line for line in ("".join(HAN_CHARACTER.findall(one)) for one in work.lines) if line)
    form = work.form if work.form in (*CHINESE.values(), *TUNES) else "古体"
    text = tokenizer.encode("".join(lines))
    if not lines or tokenizer.pieces.unk_id() in text or len(lines) > LINES:
        return []
    verse = Verse(form, "古", "", tuple(_keywords(work)), work.title, lines, (), "train", "")
    return [tokenizer.example(verse, text, _keywords(work))]


def _keywords(work: Poem) -> list[str]:
    said = work.notes.get("keywords", ())
    return [str(word) for word in said][:KEYWORDS] if isinstance(said, Sequence) else []


# ---- English --------------------------------------------------------------------------------------------------------


def english_people(folder: Path, workshop: Any) -> Iterator[PromptedWork]:
    """The passages in forms that are written too, each with its longest words for keywords."""
    forms = workshop.all("form")
    for passage in passages(folder, lru_cache(maxsize=None)(workshop.get("language", "en")().knows)):
        form = WRITTEN.get(passage.form, passage.form)
        words = {word for line in passage.lines for word in line if word.isalpha() and len(word) >= LONG}
        keywords = sorted(words, key=lambda word: (-len(word), word))[:2]
        if form in forms and keywords:
            stanzas = tuple(tuple(_spaced(line) for line in stanza) for stanza in passage.stanzas)
            yield PromptedWork(f"{form}: {' '.join(keywords)}", Poem(stanzas, form, "en"), passage.split)


def english_attempt(prompt: str, seed: int, model: str, workshop: Workshop) -> Poem:
    """The first poem that comes."""
    return _written("verse-en", prompt, seed, model, workshop)


def english_traced(tokenizer: Any, work: Poem, workshop: Workshop) -> list[Example]:
    """The poem as one sequence."""
    stanzas = tuple(tuple(tuple(words_of(line)) for line in stanza) for stanza in work.stanzas)
    if not all(any(word not in MARKS for word in line) for stanza in stanzas for line in stanza):
        return []
    form = next((own for own, written in WRITTEN.items() if written == work.form), work.form)
    form = form if form in ENGLISH.values() else "lyric"
    return [
        tokenizer.example(Passage(form, "any", "", stanzas, "train", ""), tokenizer.heard(workshop), _keywords(work))
    ]


def _spaced(line: Sequence[str]) -> str:
    return re.sub(r" ([,.;:!?])", r"\1", " ".join(line))
