"""Keywords -> an English poem: reads the request, prepares the words, writes several poems, returns the best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from carmina import BadInput, BadOption, Form, NoSolution, Poem, UnknownOffer, VerseBrief

from .associations import Associations
from .en_poet import CANDIDATES, TEMPERATURE, EnglishPoet, Task, Written, shown
from .en_scan import scan_line
from .en_sounds import Sounds
from .en_text import MARKS, words_of
from .en_tokens import EnglishVerse
from .en_vocabulary import STYLES, Word
from .model import open_runner
from .originality import Index
from .plans import poem_stanzas, poems_for, slots
from .stepping import Page

PROMPT_KEYWORDS = 4
OLD_STYLES = ("renaissance", "augustan", "romantic", "keats", "shelley", "byron", "blake", "pope", "wordsworth")
MOST_KEYWORDS = 24


@dataclass(frozen=True)
class Request:
    """A brief, understood."""

    brief: VerseBrief
    form: Form
    keywords: tuple[str, ...]          # known or pronounceable words
    style: str
    given: tuple[str, ...]             # lines


def understood(brief: VerseBrief, form: Form) -> Request:
    """Raises one clear error for what cannot be."""
    words = [word for keyword in brief.keywords for word in words_of(keyword) if word not in MARKS]
    if brief.keywords and not words and any(any(c.isalpha() for c in k) for k in brief.keywords):
        raise BadInput(f"no keyword that English can spell in {' '.join(brief.keywords)!r}; give English words, or --language zh.")
    if len(words) > MOST_KEYWORDS:
        raise BadOption("keywords", len(words), f"at most {MOST_KEYWORDS}")
    style = (brief.style or "victorian").lower()
    if style not in STYLES:
        raise UnknownOffer("style", style, [name for name in STYLES if name != "any"])
    given = tuple(line.strip() for line in re.split(r"[/\n]", brief.prompt) if line.strip())
    return Request(brief, form, tuple(dict.fromkeys(words)), style, given)


@lru_cache(maxsize=1)
def _tokens() -> EnglishVerse:
    return EnglishVerse()


@lru_cache(maxsize=4)
def _sounds(extra: tuple[Word, ...]) -> Sounds:
    return Sounds(_tokens(), extra)


class EnglishStudio:
    """Everything that writing English verse needs, opened once."""

    def __init__(self, workshop: Any, brief: VerseBrief, extra: Sequence[str] = ()):
        self.workshop = workshop
        self.language = workshop.get("language", "en")()
        self.tokens = _tokens()
        self.sounds = _sounds(tuple(dict.fromkeys(word for text in extra if (word := self._spelt(text)) is not None)))
        self.associations = Associations.shipped("en")
        self.index = Index.shipped("en")
        self.runner = open_runner(workshop, self.tokens, brief.model, brief.network)
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()

    def _spelt(self, text: str) -> Word | None:
        """A word that the table lacks, as it is likely to be said."""
        if text in self.tokens.words.by_text:
            return None
        phones = self.language.phonemes(text)
        return Word(text, 1, 0, phones) if any(phone[-1].isdigit() for phone in phones) else None

    def word(self, text: str) -> int | None:
        """The number of a word."""
        return self.sounds.index.get(text)

    def allowed(self, request: Request) -> np.ndarray:
        """(words,) what may be written: common words, no names, nothing archaic unless the style or the keywords want it."""
        sounds = self.sounds
        allowed = sounds.common & ~sounds.names
        if request.style not in OLD_STYLES:
            allowed &= ~sounds.archaic
        for text in request.keywords:
            if text in sounds.index:
                allowed[sounds.index[text]] = True
        return allowed

    def line(self, text: str) -> Written:
        """A line that a person wrote."""
        tokens = words_of(text)
        words = [self.sounds.index[word] for word in tokens if word not in MARKS]
        return Written(tokens, words, "")

    def relevance(self, keywords: Sequence[str]) -> np.ndarray | None:
        """(words,) how near each word is to the nearest keyword, 0..1."""
        return self.associations.relevance([word.text for word in self.sounds.words], keywords)


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first."""
    request = understood(brief, form)
    given_words = [word for line in request.given for word in words_of(line) if word not in MARKS]
    ends = [word for word in re.findall(r"[a-z']+", (brief.rhyme or "").lower())] if not (brief.rhyme or "").isupper() else []
    studio = EnglishStudio(workshop, brief, [*request.keywords, *given_words, *ends])
    task = _task(studio, request, ends)
    poems: list[tuple[float, int, Poem]] = []
    many = brief.candidates or poems_for(len(task.slots))
    fault: NoSolution | None = None
    for number in range(many):
        workshop.progress(number / many, "writing")
        try:
            poems.append(_poem(studio, request, task, number))
        except NoSolution as problem:
            fault = problem
    if not poems and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(poems, key=lambda entry: (-entry[0], entry[1]))]


def _task(studio: EnglishStudio, request: Request, ends: Sequence[str]) -> Task:
    brief = request.brief
    letters = [letter for letter in (brief.acrostic or _own_acrostic(request)).lower() if letter.isascii() and letter.isalpha()]
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(f"the acrostic {brief.acrostic!r} holds signs that are no English letters. Give letters a to z.")
    stanzas = poem_stanzas(request.form, next(iter(request.form.variants)), brief.stanzas, letters)
    keywords = [number for text in request.keywords if (number := studio.word(text)) is not None]
    rng = np.random.default_rng([brief.seed, 5])
    prompted = [request.keywords[n] for n in sorted(rng.permutation(len(request.keywords))[:PROMPT_KEYWORDS])]
    prompt = studio.tokens.prompt(request.form.teaching or "lyric", request.style, prompted)
    planned = slots(stanzas, letters)
    given = [studio.line(line) for line in request.given]
    _check_given(studio, given, planned, request)
    wanted, words = _wanted_rhyme(studio, brief.rhyme, ends)
    return Task(planned, prompt, keywords, studio.allowed(request), brief.strictness, given, words, wanted,
                studio.relevance(request.keywords), studio.index,
                int(brief.options.get("drafts", CANDIDATES)), brief.temperature or TEMPERATURE)


def _own_acrostic(request: Request) -> str:
    return (request.keywords or ("",))[0] if request.form.name == "acrostic" else ""


def _check_given(studio: EnglishStudio, given: Sequence[Written], planned: Sequence[Any], request: Request) -> None:
    if len(given) > len(planned):
        raise BadInput(f"--prompt has {len(given)} lines, and {request.form.name} only {len(planned)}. Give fewer.")
    for line, slot, text in zip(given, planned, request.given, strict=False):
        found = scan_line(studio.language, text, slot.line.patterns, request.brief.strictness)
        if found is None:
            asked = " or ".join(str(n) for n in sorted({len(p) for p in slot.line.patterns}))
            raise BadInput(f"--prompt line {text!r} does not fit {request.form.name}, whose line here has {asked} syllables in the "
                           f"pattern {slot.line.patterns[0]}. Change the line or the form.")
        line.pattern = found.pattern


def _wanted_rhyme(studio: EnglishStudio, asked: str | None, ends: Sequence[str]) -> tuple[str, list[int]]:
    """The class of the first rhyme group, and the words that should end its lines."""
    if not asked:
        return "", []
    if not ends:
        if asked not in studio.sounds.rhymes:
            raise NoSolution(f"no rhyme class {asked!r} among the words; give two words such as light/night.")
        return asked, []
    words = [studio.word(word) for word in ends]
    classes = [studio.sounds.rhyme_of[word] for word in words if word is not None]
    if len(set(classes)) > 1:
        raise NoSolution(f"--rhyme {asked!r}: {' and '.join(ends)} do not rhyme. Give words of one sound, or --strictness slant.")
    return classes[0], [word for word in words if word is not None]


def _poem(studio: EnglishStudio, request: Request, task: Task, number: int) -> tuple[float, int, Poem]:
    if task.wanted_rhyme:
        _check_class(studio, task, request)
    poet = EnglishPoet(studio.sounds, Page(studio.runner, task.prompt), studio.decoder, task, request.brief.seed * 1000 + number)
    lines = poet.write()
    score = poet.score / max(1, len(lines)) - 0.15 * len(poet.owed)
    return score, number, printed(studio, request, task, lines)


def _check_class(studio: EnglishStudio, task: Task, request: Request) -> None:
    from .en_rhymes import Rhymes

    group = next((slot for slot in task.slots if slot.line.rhyme), None)
    needed = 1 + group.rhymes_after if group else 0
    found = Rhymes(studio.sounds, task.allowed, task.strictness).partners(task.wanted_rhyme)
    if found < needed:
        raise NoSolution(f"no rhyme for {request.brief.rhyme!r} fits: {request.form.name} needs {needed} words that rhyme, and there are "
                         f"{found}; relax one of --rhyme, --form, --strictness.")


def printed(studio: EnglishStudio, request: Request, task: Task, lines: Sequence[Written]) -> Poem:
    """Lines of words as a poem with its certificate."""
    from .en_proof import certificate

    names = frozenset(word.text for word in studio.tokens.words.all if word.capital >= 60)
    texts = [shown(line.tokens, True, names) for line in lines]
    stanzas: list[list[str]] = []
    for slot, text in zip(task.slots, texts, strict=True):
        if slot.at == 0:
            stanzas.append([])
        stanzas[-1].append(text)
    proof = certificate(studio, task.slots, lines, texts, request)
    title = " ".join(request.keywords[:3]).title()
    return Poem(tuple(map(tuple, stanzas)), request.form.name, "en", title, notes=proof)


@lru_cache(maxsize=1)
def styles() -> tuple[str, ...]:
    """Names for ``--style``."""
    return tuple(name for name in STYLES if name != "any")
