"""Keywords -> an English poem: reads the request, prepares the words, writes several poems, returns the best."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import BadInput, BadOption, Form, NoSolution, Poem, UnknownEntry, VerseBrief

from ..drafting.associations import Associations
from ..drafting.request_checks import check_script, check_whole, plain_latin
from ..external.backends import Pages
from ..forms.slots import poem_stanzas, poems_for, slots
from ..originality.opening import load_index
from .given import check_given
from .lexicon import Sounds
from .poet import CANDIDATES, TEMPERATURE, EnglishPoet, Task, Written
from .text import MARKS, words_of
from .tokenizer import EnglishVerse
from .typography import capital, shown
from .vocabulary import STYLES, Word

PROMPT_KEYWORDS = 4
OLD_STYLES = ("renaissance", "augustan", "romantic", "keats", "shelley", "byron", "blake", "pope", "wordsworth")
MOST_KEYWORDS = 24
RETRIES = 3  # further poems that are tried where none came to its end
NAME = 60  # per cent of its uses with a capital that make a word a name


@dataclass(frozen=True)
class Request:
    """A brief, understood."""

    brief: VerseBrief
    form: Form
    keywords: tuple[str, ...]  # known or pronounceable words
    style: str
    given: tuple[str, ...]  # lines
    spelt: Mapping[str, str]  # words that were asked for with capitals (Zanzibar), as they were written


def understood(brief: VerseBrief, form: Form) -> Request:
    """Raises one clear error for what cannot be."""
    plain = [plain_latin(keyword) for keyword in brief.keywords]
    found = [[word for word in words_of(text) if word not in MARKS] for text in plain]
    check_script(brief.keywords, list(map(bool, found)), "English", "zh")
    words = [word for lot in found for word in lot]
    if len(words) > MOST_KEYWORDS:
        raise BadOption("keywords", len(words), f"at most {MOST_KEYWORDS}")
    style = (brief.style or "victorian").lower()
    if style not in STYLES:
        raise UnknownEntry("style", style, [name for name in STYLES if name != "any"])
    given = tuple(line.strip() for line in re.split(r"[/\n]", brief.prompt) if line.strip())
    spelt = {text.lower(): text for text in re.findall(r"[A-Za-z']+", " ".join(plain)) if text != text.lower()}
    return Request(brief, form, tuple(dict.fromkeys(words)), style, given, spelt)


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
        self.index = load_index(workshop, "en", brief.options.get("index"))
        self.pages = Pages(workshop, self.tokens, brief)
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
        """(words,) what may be written: common words, no names, nothing archaic unless the style or the keywords want
        it."""
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
        tokens = words_of(plain_latin(text))
        words = [word for word in tokens if word not in MARKS]
        unsaid = next((word for word in words if word not in self.sounds.index), "" if words else text)
        if unsaid or not words:
            raise BadInput(f"no way to say {unsaid!r} in the line {text!r} is known. Write the line in English words.")
        return Written(tokens, [self.sounds.index[word] for word in words], "")

    def names(self, spelt: Mapping[str, str]) -> dict[str, str]:
        """How words with capitals are printed: names of the corpus, and what was asked for."""
        table = self.tokens.words
        own = {
            word: text
            for word, text in spelt.items()
            if word not in table.by_text or table.by_text[word].capital >= NAME
        }
        return {word.text: capital(word.text) for word in table.all if word.capital >= NAME} | own

    def relevance(self, keywords: Sequence[str]) -> np.ndarray | None:
        """(words,) how near each word is to the nearest keyword, 0..1."""
        return self.associations.relevance([word.text for word in self.sounds.words], keywords)


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first."""
    request = understood(brief, form)
    given_words = [word for line in request.given for word in words_of(plain_latin(line)) if word not in MARKS]
    ends = list(re.findall(r"[a-z']+", (brief.rhyme or "").lower())) if not (brief.rhyme or "").isupper() else []
    studio = EnglishStudio(workshop, brief, [*request.keywords, *given_words, *ends])
    task = _task(studio, request, ends)
    poems: list[tuple[float, int, Poem]] = []
    many = brief.candidates or poems_for(len(task.slots))
    fault: NoSolution | None = None
    for number in range(many + RETRIES):
        if number >= many and poems:
            break
        workshop.progress(min(number / many, 1), "writing")
        try:
            poems.append(_poem(studio, request, task, number))
        except NoSolution as problem:
            fault = problem
    if not poems and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(poems, key=lambda entry: (-entry[0], entry[1]))]


def _task(studio: EnglishStudio, request: Request, ends: Sequence[str]) -> Task:
    brief = request.brief
    letters = [
        letter for letter in (brief.acrostic or _own_acrostic(request)).lower() if letter.isascii() and letter.isalpha()
    ]
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(f"the acrostic {brief.acrostic!r} holds signs that are no English letters. Give letters a to z.")
    stanzas = poem_stanzas(request.form, next(iter(request.form.variants)), brief.stanzas, letters)
    keywords = [number for text in request.keywords if (number := studio.word(text)) is not None]
    rng = np.random.default_rng([brief.seed, 5])
    prompted = [request.keywords[n] for n in sorted(rng.permutation(len(request.keywords))[:PROMPT_KEYWORDS])]
    prompt = studio.tokens.prompt(request.form.teaching or "lyric", request.style, prompted)
    planned = slots(stanzas, letters)
    check_whole(brief, request.form, planned)
    given = [studio.line(line) for line in request.given]
    check_given(studio, given, planned, request)
    wanted, words = _wanted_rhyme(studio, brief, ends)
    allowed = studio.allowed(request)
    allowed[words] = True
    return Task(
        slots=planned,
        prompt=prompt,
        keywords=keywords,
        allowed=allowed,
        strictness=brief.strictness,
        given=given,
        ends=words,
        wanted_rhyme=wanted,
        relevance=studio.relevance(request.keywords),
        index=studio.index,
        candidates=int(brief.options.get("drafts", CANDIDATES)),
        temperature=brief.temperature or TEMPERATURE,
        bare=studio.pages.bare(studio.tokens, request.form.teaching or "lyric", request.style),
    )


def _own_acrostic(request: Request) -> str:
    return (request.keywords or ("",))[0] if request.form.name == "acrostic" else ""


def _wanted_rhyme(studio: EnglishStudio, brief: VerseBrief, ends: Sequence[str]) -> tuple[str, list[int]]:
    """The class of the first rhyme group, and the words that should end its lines."""
    asked = brief.rhyme
    if not asked:
        return "", []
    if not ends:
        if asked not in studio.sounds.rhymes:
            raise NoSolution(f"no rhyme class {asked!r} among the words; give two words such as light/night.")
        return asked, []
    for word in ends:
        if studio.word(word) is None:
            raise BadInput(f"--rhyme {asked!r}: no way to say {word!r} is known. Give English words.")
    kinds = ("perfect", "slant") if brief.strictness == "slant" else ("perfect",)
    for one, other in zip(ends, ends[1:], strict=False):
        if studio.language.rhymes_with(one, other) not in kinds:
            raise NoSolution(
                f"--rhyme {asked!r}: {one} and {other} do not rhyme. Give words of one sound, or --strictness slant."
            )
    words = [studio.word(word) for word in ends]
    classes = [studio.sounds.rhyme_of[word] for word in words]
    name = max(dict.fromkeys(classes), key=classes.count)
    return name, [word for word, own in zip(words, classes, strict=True) if own == name or brief.strictness == "slant"]


def _poem(studio: EnglishStudio, request: Request, task: Task, number: int) -> tuple[float, int, Poem]:
    if task.wanted_rhyme:
        _check_class(studio, task, request)
    poet = EnglishPoet(
        studio.sounds,
        studio.pages.english(task.prompt, studio.sounds),
        studio.decoder,
        task,
        request.brief.seed * 1000 + number,
    )
    lines = poet.write()
    score = poet.score / max(1, len(lines)) - 0.15 * len(poet.owed)
    return score, number, printed(studio, request, task, lines)


def _check_class(studio: EnglishStudio, task: Task, request: Request) -> None:
    from .rhymes import Rhymes

    group = next((slot for slot in task.slots if slot.line.rhyme), None)
    needed = 1 + group.rhymes_after if group else 0
    found = Rhymes(studio.sounds, task.allowed, task.strictness).partners(task.wanted_rhyme)
    if found < needed:
        raise NoSolution(
            f"no rhyme for {request.brief.rhyme!r} fits: {request.form.name} needs {needed} words that rhyme, and "
            "there are "
            f"{found}; relax one of --rhyme, --form, --strictness."
        )


def printed(studio: EnglishStudio, request: Request, task: Task, lines: Sequence[Written]) -> Poem:
    """Lines of words as a poem with its certificate."""
    from .certificate import certificate

    names = studio.names(request.spelt)
    texts = [shown(line.tokens, names) for line in lines]
    texts[: len(request.given)] = request.given
    stanzas: list[list[str]] = []
    for slot, text in zip(task.slots, texts, strict=True):
        if slot.at == 0:
            stanzas.append([])
        stanzas[-1].append(text)
    proof = certificate(studio, task.slots, lines, texts, request)
    title = " ".join(capital(names.get(word, word)) for word in request.keywords[:3])
    return Poem(tuple(map(tuple, stanzas)), request.form.name, "en", title, notes=proof)


@lru_cache(maxsize=1)
def styles() -> tuple[str, ...]:
    """Names for ``--style``."""
    return tuple(name for name in STYLES if name != "any")
