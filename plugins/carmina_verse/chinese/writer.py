"""Keywords or a request -> a Chinese poem in an old form: plans, writes several, returns the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from carmina import Form, NoSolution, Plan, Poem, VerseBrief

from ..drafting.associations import Associations
from ..drafting.particles import Search, search
from ..drafting.request_checks import check_whole
from ..drafting.scoring import SCORING, Scoring
from ..external.backends import Pages
from ..forms.slots import Slot
from ..originality.opening import load_index
from ..planning.files import plan_as
from .asked import HAN_RUN, Asked, asked_of, given_lines, letters_of
from .certificate import certificate
from .characters import Characters
from .given import classes_of, variant_of
from .given import planned as fitted
from .manners import favour, period_of
from .plan import planned, wishes, with_ends
from .poet import ChinesePoet
from .rhyming import Rhyming, wanted_class
from .scenes import moods
from .segmentation import parts
from .task import LineWish, Task
from .tokenizer import SIZE, ChineseVerse

PROMPT_KEYWORDS = 3
RETRIES = 3  # further searches where none came to its end
RETRY_STEP = 13  # further searches, where none came to its end, take other rhymes
MISSING = 0.3  # nats a line from a poem for each keyword that it lacks
COUPLETS = ("五绝", "七绝", "五律", "七律", "古体")


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
        self.index = load_index(workshop, "zh", brief.options.get("index"))
        self.pages = Pages(workshop, self.tokens, brief)
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()

    def near(self, strictness: str, book: str) -> dict[str, tuple[str, ...]]:
        """The classes that may rhyme with each class, besides itself."""
        if strictness != "slant":
            return {}
        chinese = self.workshop.get("language", "zh")()
        return {name: chinese.near_classes(name, book) for name in self.characters.rhymes(book)}

    def simplified(self, text: str) -> str:
        """The text in simplified characters; only asked of the language where a character is unknown."""
        if all(character in self.characters.ids for character in text):
            return text
        return self.workshop.get("language", "zh")().simplified(text)

    def teaching(self, form: Form) -> str:
        """What the model was taught the form as: 词 where it knows no mark of its own."""
        known = self.tokens.pieces.piece_to_id(f"<{form.teaching}>") != self.tokens.pieces.unk_id()
        return form.teaching if known else "词"

    def relevance(self, words: Sequence[str]) -> np.ndarray | None:
        """(V,) nearness of each character to the nearest of some words, 0..1."""
        texts = [self.characters.text.get(number, "") for number in range(SIZE)]
        return self.associations.relevance(texts, [c for word in words for c in word])


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first."""
    studio = ChineseStudio(workshop, brief)
    asked = asked_of(brief, form, studio)
    found: list[tuple[float, int, Poem]] = []
    fault: NoSolution | None = None
    many = brief.candidates or 1
    for number in range(many + RETRIES):
        if number >= many and found:
            break
        try:
            found += _poems(studio, asked, number, partial(_tell, workshop, number, many))
        except NoSolution as problem:
            fault = problem
    if not found and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(found, key=lambda entry: (-entry[0], entry[1]))]


def _tell(workshop: Any, number: int, many: int, done: float) -> None:
    workshop.progress(min((number + done) / many, 1.0), "writing")


def _poems(studio: ChineseStudio, asked: Asked, number: int, told: Any) -> list[tuple[float, int, Poem]]:
    """The particles of one search, each with its figure, as poems."""
    task, plan, variant = _task(studio, asked, number)
    seed = asked.brief.seed * 1000 + number
    page = studio.pages.chinese(task.prompt, studio.characters)
    first = ChinesePoet(studio.characters, studio.associations, page, studio.decoder, task, seed)
    weights = task.scoring
    settings = Search(weights.particles, weights.drafts, weights.heat)
    walkers = search(
        first, settings, np.random.default_rng([seed, 9]), lambda walker: told(len(walker.lines) / len(task.slots))
    )
    return [
        (
            walker.score / max(1, len(walker.lines)) - MISSING * len(walker.owed),
            number,
            _printed(studio, asked, variant, task, plan, walker.lines),
        )
        for walker in walkers
    ]


def _task(studio: ChineseStudio, asked: Asked, number: int) -> tuple[Task, Plan, str]:
    """What a poem must be, the plan that it comes from, and the variant of the form."""
    brief, form, book, keywords = asked.brief, asked.form, asked.book, asked.keywords
    letters, given = letters_of(brief, form, studio, keywords), given_lines(studio, brief)
    rng = np.random.default_rng([brief.seed * 1000 + number, 6])
    variant = variant_of(studio, brief, form, book, given, letters, number)
    fit = fitted(studio, brief, form, variant, book, given, letters, rng)
    if fit is None:  # the variant was tried with other patterns than were drawn now
        raise NoSolution(f"what is given fits none of the patterns drawn for {form.name}; give another --seed.")
    slots, patterns = fit
    check_whole(brief, form, slots)
    plan = planned(asked.plan, asked.about, slots, studio.characters, rng)
    own = wishes(plan, slots, [""] * len(slots), True)
    about = [*asked.about, *plan.images, *moods().get(plan.mood, ())]
    rhyming = Rhyming(studio.characters, book, studio.near(brief.strictness, book))
    plan_seed = brief.seed + RETRY_STEP * number
    classes = rhyming.classes(
        slots,
        patterns,
        given,
        _wanted(studio, brief, book, slots, patterns, own),
        studio.relevance(about),
        studio.characters.mask("".join(keywords)),
        plan_seed,
        "".join(keywords),
    )
    images = [wish.images for wish in own]
    free = [at >= len(given) and not slot.letter for at, slot in enumerate(slots)]
    ends = rhyming.ends(slots, patterns, classes, images, studio.associations, free, rng)
    told = [part for word in (*keywords, *asked.about) for part in parts(word)]
    prompted = [told[n] for n in sorted(rng.permutation(len(told))[:PROMPT_KEYWORDS])]
    prompted = list(dict.fromkeys([*prompted, *(str(word) for word in rng.permutation(plan.images))]))[:PROMPT_KEYWORDS]
    teaching = studio.teaching(form)
    task = Task(
        slots=slots,
        patterns=patterns,
        prompt=studio.tokens.prompt(teaching, period_of(asked.style), prompted),
        keywords=keywords,
        book=book,
        classes=classes,
        parallel=form.parallel,
        given=given,
        about=about,
        index=studio.index,
        near=rhyming.near,
        bare=studio.pages.bare(studio.tokens, teaching, period_of(asked.style)),
        wishes=wishes(plan, slots, ends, brief.plan is not None),
        world={"season": plan.season, "hour": plan.hour},
        favour=favour(asked.style, studio.characters.ids, SIZE),
        phase=float(rng.random()) * 0.6,
        scoring=_scoring(brief),
    )
    return task, with_ends(plan, slots, ends), variant


def _scoring(brief: VerseBrief) -> Scoring:
    scoring = SCORING["zh"]
    drafts = int(str(brief.options.get("drafts", scoring.drafts)))
    return replace(scoring, temperature=brief.temperature or scoring.temperature, drafts=drafts)


def _wanted(
    studio: ChineseStudio,
    brief: VerseBrief,
    book: str,
    slots: Sequence[Slot],
    patterns: Sequence[str],
    wishes: Sequence[LineWish],
) -> str:
    """The rhyme class that was asked for, by its name, by characters of it, or by planned endings."""
    if not brief.rhyme:
        letter = next((slot.line.rhyme for slot in slots if slot.line.rhyme), "")
        ends = [wish.end for slot, wish in zip(slots, wishes, strict=True) if wish.end and slot.line.rhyme == letter]
        return next(iter(classes_of(studio.characters, ends, book)), "") if ends else ""
    first = next(at for at, slot in enumerate(slots) if slot.line.rhyme)
    text = studio.simplified("".join(HAN_RUN.findall(brief.rhyme)))
    level = studio.characters.levels(book)[patterns[first][-1]]
    return wanted_class(studio.characters, text, book, level, brief.book or book, brief.form)


def _printed(studio: ChineseStudio, asked: Asked, variant: str, task: Task, plan: Plan, lines: Sequence[str]) -> Poem:
    stanzas: list[list[str]] = []
    couplets = asked.form.teaching in COUPLETS  # a 词 stops where it rhymes
    texts = []
    for at, (slot, line) in enumerate(zip(task.slots, lines, strict=True)):
        full = slot.closes or (at % 2 == 1 if couplets else bool(slot.line.rhyme))
        text = line + ("。" if full else "，")
        texts.append(text)
        if slot.at == 0:
            stanzas.append([])
        stanzas[-1].append(text)
    notes = certificate(task, task.classes, lines, texts, asked.form, variant, asked.brief, asked.style)
    notes["occasion"], notes["addressee"] = plan.occasion, plan.addressee
    notes["plan"] = plan_as(plan)
    title = "·".join(task.keywords[:2]) or plan.occasion
    return Poem(tuple(map(tuple, stanzas)), asked.form.name, "zh", title, notes=notes)
