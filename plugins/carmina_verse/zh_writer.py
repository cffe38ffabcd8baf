"""Keywords -> a Chinese poem: reads the request, writes several poems, returns the best first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from carmina import BadInput, BadOption, Form, NoSolution, Poem, UnknownOffer, VerseBrief

from .associations import Associations
from .model import open_runner
from .originality import Index
from .plans import Slot, poem_stanzas, poems_for, slots
from .stepping import Page
from .zh_poet import CANDIDATES, TEMPERATURE, ChinesePoet, Task
from .zh_proof import certificate
from .zh_sounds import BOOK_NAMES, Characters
from .zh_tokens import AUTHORS, PERIODS, ChineseVerse

PROMPT_KEYWORDS = 3
MOST_KEYWORDS = 24
LONGEST_KEYWORD = 7
REGULATED = ("五绝", "七绝", "五律", "七律")
_HAN = re.compile(r"[一-鿿]+")


@lru_cache(maxsize=1)
def _characters() -> Characters:
    return Characters(ChineseVerse())


class ChineseStudio:
    """Everything that writing Chinese verse needs, opened once."""

    def __init__(self, workshop: Any, brief: VerseBrief):
        self.workshop = workshop
        self.characters = _characters()
        self.tokens = self.characters.tokens
        self.associations = Associations.shipped("zh")
        self.index = Index.shipped("zh")
        self.runner = open_runner(workshop, self.tokens, brief.model, brief.network)
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()

    def simplified(self, text: str) -> str:
        """The text in simplified characters; only asked of the language where a character is unknown."""
        if all(character in self.characters.ids for character in text):
            return text
        return self.workshop.get("language", "zh")().simplified(text)


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first; each may be of another variant of the form."""
    style = _style(brief.style, form)
    book = _book(brief.book or form.book)
    studio = ChineseStudio(workshop, brief)
    keywords = _keywords(brief, studio)
    many = brief.candidates or poems_for(sum(map(len, next(iter(form.variants.values())))))
    poems: list[tuple[float, int, Poem]] = []
    fault: NoSolution | None = None
    for number in range(many):
        workshop.progress(number / many, "writing")
        try:
            poems.append(_poem(studio, brief, form, style, book, keywords, number))
        except NoSolution as problem:
            fault = problem
    if not poems and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(poems, key=lambda entry: (-entry[0], entry[1]))]


def _style(asked: str | None, form: Form) -> str:
    if asked is None:
        return "现代" if form.teaching == "现代诗" else "唐" if form.name in REGULATED else "宋"
    if asked not in (*PERIODS, *AUTHORS):
        raise UnknownOffer("style", asked, (*PERIODS, *AUTHORS))
    return asked


def _book(asked: str) -> str:
    if asked not in BOOK_NAMES:
        raise BadOption("--book", asked, ", ".join(dict.fromkeys(BOOK_NAMES)))
    return BOOK_NAMES[asked]


def _keywords(brief: VerseBrief, studio: ChineseStudio) -> list[str]:
    found = [studio.simplified(run)[:LONGEST_KEYWORD] for keyword in brief.keywords for run in _HAN.findall(keyword)]
    if brief.keywords and not found and any(any(c.isalpha() for c in k) for k in brief.keywords):
        raise BadInput(f"no Chinese keyword in {' '.join(brief.keywords)!r}; give Chinese words, or --language en.")
    if len(found) > MOST_KEYWORDS:
        raise BadOption("keywords", len(found), f"at most {MOST_KEYWORDS}")
    return list(dict.fromkeys(found))


def _poem(studio: ChineseStudio, brief: VerseBrief, form: Form, style: str, book: str, keywords: Sequence[str], number: int):
    letters = _letters(brief, form, studio, keywords)
    given = [studio.simplified(line) for line in _HAN.findall(brief.prompt)]
    variant = _variant(studio, brief, form, book, given, letters, number)
    planned = slots(poem_stanzas(form, variant, brief.stanzas, letters), letters)
    seed = brief.seed * 1000 + number
    rng = np.random.default_rng([seed, 6])
    patterns = _patterns(planned, given, rng)
    teaching = form.teaching if studio.tokens.pieces.piece_to_id(f"<{form.teaching}>") != studio.tokens.pieces.unk_id() else "词"
    prompted = [keywords[n][:2] for n in sorted(rng.permutation(len(keywords))[:PROMPT_KEYWORDS])]
    task = Task(planned, patterns, studio.tokens.prompt(teaching, style, prompted), keywords, book, form.parallel, given,
                _wanted(studio, brief.rhyme, book, planned, patterns), studio.index, brief.temperature or TEMPERATURE,
                int(brief.options.get("drafts", CANDIDATES)))
    poet = ChinesePoet(studio.characters, studio.associations, Page(studio.runner, task.prompt), studio.decoder, task, seed)
    lines = poet.write()
    score = poet.score / len(lines) - 0.2 * len(poet.owed)
    return score, number, _printed(studio, brief, form, variant, style, task, poet.classes, lines)


def _letters(brief: VerseBrief, form: Form, studio: ChineseStudio, keywords: Sequence[str]) -> list[str]:
    text = brief.acrostic or ("".join(keywords) if form.name == "藏头诗" else "")
    letters = list(studio.simplified("".join(_HAN.findall(text))))
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(f"the acrostic {brief.acrostic!r} holds signs that are no Chinese characters. Give characters only.")
    for letter in letters:
        if letter not in studio.characters.ids:
            raise NoSolution(f"no line can begin with {letter!r}, a character that the model lacks. Choose another for the acrostic.")
    return letters


def _variant(studio: ChineseStudio, brief: VerseBrief, form: Form, book: str, given: Sequence[str], letters: Sequence[str],
             number: int) -> str:
    """The variant that the given lines and the acrostic allow; which of them depends on the seed."""
    names = [name for name in form.variants if _allows(studio, form, name, brief, book, given, letters)]
    if not names and given:
        sizes = sorted({len(line.patterns[0]) for stanzas in form.variants.values() for stanza in stanzas for line in stanza})
        raise BadInput(f"--prompt {given[0]!r} fits no variant of {form.name} (lines of {' or '.join(map(str, sizes))} characters, "
                       "平仄 by the book). Change the line or the form.")
    if not names:
        raise NoSolution(f"the acrostic {''.join(letters)!r} fits no variant of {form.name}: its tones stand in the way. Choose 藏头诗 or "
                         "other characters.")
    return names[(brief.seed + number) % len(names)]


def _allows(studio: ChineseStudio, form: Form, name: str, brief: VerseBrief, book: str, given: Sequence[str],
            letters: Sequence[str]) -> bool:
    planned = slots(poem_stanzas(form, name, brief.stanzas, letters), letters)
    levels = studio.characters.levels(book)
    for line, slot in zip(given, planned, strict=False):
        if _fitting(levels, studio, line, slot.line.patterns) is None:
            return False
        if slot.line.rhyme and not studio.characters.classes(line[-1], book):
            return False
    if len(given) > len(planned):
        return False
    return all(any(levels[pattern[0]][studio.characters.ids[slot.letter]] for pattern in slot.line.patterns)
               for slot in planned if slot.letter)


def _fitting(levels: Any, studio: ChineseStudio, line: str, patterns: Sequence[str]) -> str | None:
    for pattern in patterns:
        if len(pattern) == len(line) and all(
                character in studio.characters.ids and levels[place][studio.characters.ids[character]]
                for character, place in zip(line, pattern, strict=True)):
            return pattern
    return None


def _patterns(planned: Sequence[Slot], given: Sequence[str], rng: np.random.Generator) -> list[str]:
    drawn = [slot.line.patterns[int(rng.integers(len(slot.line.patterns)))] for slot in planned]
    for at, line in enumerate(given):
        drawn[at] = next(pattern for pattern in planned[at].line.patterns if len(pattern) == len(line))
    return drawn


def _wanted(studio: ChineseStudio, asked: str | None, book: str, planned: Sequence[Slot], patterns: Sequence[str]) -> str:
    """The rhyme class that was asked for, by its name or by characters of it."""
    if not asked:
        return ""
    rhymes = studio.characters.rhymes(book)
    first = next((at for at, slot in enumerate(planned) if slot.line.rhyme), None)
    level = studio.characters.levels(book)[patterns[first][-1]] if first is not None else studio.characters.common
    text = studio.simplified(asked)
    named = [name for name in rhymes if text in (name, name[-1], name[1:]) or name.startswith(text)]
    shared = set.intersection(*(set(studio.characters.classes(c, book)) for c in _HAN.findall(text.replace("/", ""))[0])) \
        if not named and _HAN.search(text) else set()
    for name in (*named, *sorted(shared)):
        if (rhymes[name] & level & studio.characters.common).sum() >= 5:
            return name
    raise NoSolution(f"no rhyme for {asked!r} fits: {book} has {', '.join(named) or 'no such class'} at this level of tone too few or none; "
                     f"relax --rhyme, --book or --form. Classes: {' '.join(rhymes)}.")


def _printed(studio: ChineseStudio, brief: VerseBrief, form: Form, variant: str, style: str, task: Task, classes: dict[str, str],
             lines: Sequence[str]) -> Poem:
    stanzas: list[list[str]] = []
    regulated = all(len(line) == len(lines[0]) for line in lines) and form.teaching != "现代诗"
    texts = []
    for at, (slot, line) in enumerate(zip(task.slots, lines, strict=True)):
        full = slot.closes or (at % 2 == 1 if regulated else bool(slot.line.rhyme))
        text = line + ("。" if full else "，")
        texts.append(text)
        if slot.at == 0:
            stanzas.append([])
        stanzas[-1].append(text)
    notes = certificate(task, classes, lines, texts, form, variant, brief, style)
    return Poem(tuple(map(tuple, stanzas)), form.name, "zh", "·".join(task.keywords[:2]), notes=notes)
