"""Keywords -> an English poem: reads the request, prepares the words, writes several poems, returns the best."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np

from carmina import MOODS, BadInput, BadOption, Form, NoSolution, Plan, Poem, UnknownEntry, VerseBrief

from ..drafting.associations import Associations
from ..drafting.particles import Search, search
from ..drafting.request_checks import check_script, check_whole, plain_latin
from ..drafting.scoring import SCORING
from ..external.backends import Pages
from ..forms.slots import poem_stanzas, slots
from ..originality.opening import load_index
from ..planning.english_request import understood as understood_request
from ..planning.files import plan_as
from ..planning.stanzas import planned
from ..planning.wish import Wish
from .given import check_given
from .lexicon import Sounds
from .manners import Manners
from .pictures import pieces_of_pictures
from .poet import EnglishPoet, Task, Written
from .rhymes import BAD_ENDS, COMMON_END, TWO_WAYS
from .text import MARKS, words_of
from .tokenizer import EnglishVerse
from .typography import capital, shown
from .vocabulary import STYLES, Word
from .wishes import scene_of, wishes_of

PROMPT_KEYWORDS = 4
OLD_STYLES = ("renaissance", "augustan", "romantic", "keats", "shelley", "byron", "blake", "pope", "wordsworth")
MOST_KEYWORDS = 24
MOST_TOLD = 5  # words of a sentence that must appear
MISSING = 0.15  # nats a line from a poem for each keyword that found no place
NO_IMAGES = frozenset("said says made make went goes came come thing things way one ones something nothing".split())
RETRIES = 3  # further poems that are tried where none came to its end
NAME = 60  # per cent of its uses with a capital that make a word a name


@dataclass(frozen=True)
class Request:
    """A brief, understood."""

    brief: VerseBrief
    form: Form
    keywords: tuple[str, ...]  # known or pronounceable words that should appear
    style: str
    given: tuple[str, ...]  # lines
    spelt: Mapping[str, str]  # words that were asked for with capitals (Zanzibar), as they were written
    plan: Plan  # what is said already; ``planned`` fills it


def understood(brief: VerseBrief, form: Form) -> Request:
    """Raises one clear error for what cannot be."""
    told = understood_request(brief.request, STYLES) if brief.request else Wish()
    before = brief.plan or Plan()
    keywords = brief.keywords or before.keywords or _things(told.keywords)[:MOST_TOLD]
    plain = [plain_latin(keyword) for keyword in keywords]
    found = [[word for word in words_of(text) if word not in MARKS] for text in plain]
    check_script(keywords, list(map(bool, found)), "English", "zh")
    words = [word for lot in found for word in lot]
    if len(words) > MOST_KEYWORDS:
        raise BadOption("keywords", len(words), f"at most {MOST_KEYWORDS}")
    style = (brief.style or before.manner or (told.manner if told.manner in STYLES else "") or "victorian").lower()
    if style not in STYLES:
        raise UnknownEntry("style", style, [name for name in STYLES if name != "any"])
    mood = brief.mood or before.mood or told.mood
    if mood not in ("", *MOODS):
        raise BadOption("--mood", mood, ", ".join(MOODS))
    prompt = brief.prompt or told.first_line
    given = tuple(line.strip() for line in re.split(r"[/\n]", prompt) if line.strip()) or before.opening
    names = re.findall(r"[A-Za-z']+", " ".join((*plain, "" if brief.keywords else told.subject)))
    spelt = {text.lower(): text for text in names if text != text.lower()}
    plan = replace(
        before,
        request=brief.request or before.request,
        language="en",
        form=form.name,
        subject=before.subject or told.subject,
        speaker=before.speaker or told.speaker,
        addressee=before.addressee or told.addressee,
        occasion=before.occasion or told.occasion,
        mood=mood,
        diction=before.diction or ("old" if style in OLD_STYLES else "plain"),
        manner=style,
        keywords=tuple(dict.fromkeys(words)),
        opening=given,
    )
    return Request(brief, form, plan.keywords, style, given, spelt, plan)


def _things(words: Sequence[str]) -> tuple[str, ...]:
    """Those of a sentence's words that must appear: what it tells of, not what is done (hates, left), unless it tells
    of nothing else."""
    tokens = _tokens()
    pictures = pieces_of_pictures(tokens)
    found = tuple(
        word
        for word in words
        if word not in tokens.words.by_text or len(own := tokens.of_word(word)) > 1 or pictures[own[-1]]
    )
    return found or tuple(words)


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
        return Word(text, 1, 0, phones) if any(phone[-1].isdecimal() for phone in phones) else None

    def word(self, text: str) -> int | None:
        """The number of a word."""
        return self.sounds.index.get(text)

    def allowed(self, request: Request, plan: Plan) -> np.ndarray:
        """(words,) what may be written: common words, no names, nothing archaic unless the style or the plan wants
        it."""
        sounds = self.sounds
        allowed = sounds.common & ~sounds.names
        if request.style not in OLD_STYLES:
            allowed &= ~sounds.archaic
        told = [word for stanza in plan.stanzas for word in (*stanza.images, *stanza.ends)]
        for text in (*_to_appear(request), *plan.images, *told):
            if text in sounds.index:
                allowed[sounds.index[text]] = True
        return allowed

    def prompted(self, request: Request, plan: Plan) -> list[str]:
        """Keywords for the model's prompt: those that it knows, and images in the place of those that it does not."""
        known = self.tokens.words.by_text
        words = [word for word in request.keywords if word in known]
        words += [word for word in plan.images if word in known and word not in words]
        rng = np.random.default_rng([request.brief.seed, 5])
        first = words[: max(PROMPT_KEYWORDS, len([w for w in request.keywords if w in known]))]
        return [first[n] for n in sorted(rng.permutation(len(first))[:PROMPT_KEYWORDS])]

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

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Words that are no images: small ones, names, old ones."""
        sounds = self.sounds
        mask = sounds.function | sounds.names | sounds.archaic | ~self._pictures
        return frozenset(sounds.words[at].text for at in np.flatnonzero(mask)) | NO_IMAGES

    @cached_property
    def _pictures(self) -> np.ndarray:
        """(words,) that stand behind an article or a possessive often enough to name or paint something."""
        found = pieces_of_pictures(self.tokens)
        return np.array([found[pieces[-1]] for pieces in self.sounds.pieces])

    @cached_property
    def worn(self) -> np.ndarray:
        """(words,) nats by which each is worn as an end word."""
        return Manners.shipped().worn_costs([word.text for word in self.sounds.words])

    @cached_property
    def endings(self) -> np.ndarray:
        """(words,) that a plan may put at the end of a line."""
        sounds = self.sounds
        mask = sounds.common & ~sounds.names & ~sounds.archaic & (sounds.counts >= COMMON_END)
        return mask & ~np.array([word.text in BAD_ENDS or word.text in TWO_WAYS for word in sounds.words])


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first."""
    request = understood(brief, form)
    given_words = [word for line in request.given for word in words_of(plain_latin(line)) if word not in MARKS]
    ends = list(re.findall(r"[a-z']+", (brief.rhyme or "").lower())) if not (brief.rhyme or "").isupper() else []
    told = [word for stanza in request.plan.stanzas for word in (*stanza.images, *stanza.ends) if word]
    studio = EnglishStudio(workshop, brief, [*request.keywords, *request.plan.images, *told, *given_words, *ends])
    found: list[tuple[float, int, Poem]] = []
    fault: NoSolution | None = None
    many = brief.candidates or 1
    for number in range(many + RETRIES):
        if number >= many and found:
            break
        try:
            found += _poems(studio, request, ends, number, partial(_tell_of, workshop, number, many))
        except NoSolution as problem:
            fault = problem
    if not found and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(found, key=lambda entry: (-entry[0], entry[1]))]


def _tell_of(workshop: Any, number: int, many: int, done: float) -> None:
    """How much of all searches is done when ``done`` of search ``number`` is."""
    _tell(workshop, (number + done) / many)


def _tell(workshop: Any, done: float) -> None:
    workshop.progress(min(done, 1.0), "writing")


def _task(studio: EnglishStudio, request: Request, ends: Sequence[str], number: int) -> tuple[Task, Plan]:
    """What a poem must be, and the plan that it comes from."""
    brief = request.brief
    letters = _letters(brief, request)
    stanzas = poem_stanzas(request.form, next(iter(request.form.variants)), brief.stanzas, letters)
    rows = slots(stanzas, letters)
    check_whole(brief, request.form, rows)
    given = [studio.line(line) for line in request.given]
    check_given(studio, given, rows, request)
    wanted, words = _wanted_rhyme(studio, brief, ends)
    plan = planned(studio, request.plan, rows, np.random.default_rng([brief.seed, number, 5]))
    told = [word for line in request.given for word in words_of(line)]
    allowed = studio.allowed(request, plan)
    allowed[words] = True
    scoring = SCORING["en"]
    if brief.temperature:
        scoring = replace(scoring, temperature=brief.temperature)
    if "drafts" in brief.options:
        scoring = replace(scoring, drafts=int(str(brief.options["drafts"])))
    task = Task(
        slots=rows,
        prompt=studio.tokens.prompt(request.form.teaching or "lyric", request.style, studio.prompted(request, plan)),
        keywords=[at for text in _to_appear(request) if (at := studio.word(text)) is not None],
        allowed=allowed,
        strictness=brief.strictness,
        given=given,
        ends=words,
        wanted_rhyme=wanted,
        wishes=wishes_of(studio, plan, rows),
        scene=scene_of(studio, plan, [*_to_appear(request), *told]),
        index=studio.index,
        scoring=scoring,
        bare=studio.pages.bare(studio.tokens, request.form.teaching or "lyric", request.style),
    )
    return task, plan


def _letters(brief: VerseBrief, request: Request) -> list[str]:
    asked = brief.acrostic or _own_acrostic(request)
    if request.form.name == "acrostic" and not asked.strip():
        raise BadInput("an acrostic needs the word that its lines begin with. Give --acrostic WORD, or a keyword.")
    letters = [letter for letter in asked.lower() if letter.isascii() and letter.isalpha()]
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(f"the acrostic {brief.acrostic!r} holds signs that are no English letters. Give letters a to z.")
    return letters


def _to_appear(request: Request) -> tuple[str, ...]:
    """The keywords; not the one whose letters an acrostic spells."""
    spelt = request.form.name == "acrostic" and not request.brief.acrostic
    return request.keywords[1:] if spelt else request.keywords


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
    words = [number for word in ends if (number := studio.word(word)) is not None]  # those without one were refused
    classes = [studio.sounds.rhyme_of[word] for word in words]
    name = max(dict.fromkeys(classes), key=classes.count)
    return name, [word for word, own in zip(words, classes, strict=True) if own == name or brief.strictness == "slant"]


def _poems(
    studio: EnglishStudio, request: Request, ends: Sequence[str], number: int, told: Callable[[float], None]
) -> list[tuple[float, int, Poem]]:
    """The particles of one search, each with its figure, as poems."""
    task, plan = _task(studio, request, ends, number)
    if task.wanted_rhyme:
        _check_class(studio, task, request)
    seed = request.brief.seed * 1000 + number
    page = studio.pages.english(task.prompt, studio.sounds, plan)
    first = EnglishPoet(studio.sounds, page, studio.decoder, task, seed)
    settings = Search(task.scoring.particles, task.scoring.drafts, task.scoring.heat)
    rng = np.random.default_rng([seed, 9])
    walkers = search(first, settings, rng, lambda walker: told(len(walker.lines) / len(task.slots)))
    return [
        (
            walker.score / max(1, len(walker.lines)) - MISSING * len(walker.owed),
            number,
            printed(studio, request, task, walker.lines, plan),
        )
        for walker in walkers
    ]


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


def printed(
    studio: EnglishStudio, request: Request, task: Task, lines: Sequence[Written], plan: Plan | None = None
) -> Poem:
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
    if plan is not None:
        proof["plan"] = plan_as(plan)
    title = " ".join(capital(names.get(word, word)) for word in request.keywords[:3])
    return Poem(tuple(map(tuple, stanzas)), request.form.name, "en", title, notes=proof)


@lru_cache(maxsize=1)
def styles() -> tuple[str, ...]:
    """Names for ``--style``."""
    return tuple(name for name in STYLES if name != "any")
