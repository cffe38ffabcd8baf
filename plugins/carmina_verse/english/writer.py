"""Keywords -> an English poem: reads the request, prepares the words, writes several poems, returns the best."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from carmina import BadInput, Form, NoSolution, Plan, Poem, VerseBrief

from ..drafting.particles import Search, search
from ..drafting.request_checks import check_whole, plain_latin
from ..drafting.scoring import SCORING
from ..forms.slots import poem_stanzas, slots
from ..planning import said
from ..planning.files import plan_as
from ..planning.stanzas import planned
from .given import check_given
from .poet import EnglishPoet
from .request import Request, letters_of, to_appear, understood
from .studio import EnglishStudio
from .task import Task, Written
from .text import MARKS, words_of
from .typography import capital, shown
from .vocabulary import STYLES
from .wishes import scene_of, wishes_of

MISSING = 0.15  # nats a line from a poem for each keyword that found no place
RETRIES = 3  # further poems that are tried where none came to its end


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first."""
    request = understood(brief, form)
    given_words = [word for line in request.given for word in words_of(plain_latin(line)) if word not in MARKS]
    ends = list(re.findall(r"[a-z']+", (brief.rhyme or "").lower())) if not (brief.rhyme or "").isupper() else []
    told = [word for stanza in request.plan.stanzas for word in (*stanza.images, *stanza.ends) if word]
    told += said.told(request.plan.stanzas)
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
    letters = letters_of(brief, request)
    stanzas = poem_stanzas(request.form, next(iter(request.form.variants)), brief.stanzas, letters)
    rows = slots(stanzas, letters)
    check_whole(brief, request.form, rows)
    given = [studio.line(line) for line in request.given]
    check_given(studio, given, rows, request)
    wanted, words = _wanted_rhyme(studio, brief, ends)
    plan = planned(studio, request.plan, rows, np.random.default_rng([brief.seed, number, 5]))
    told = [word for line in request.given for word in words_of(line)] + said.told(plan.stanzas)
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
        keywords=[at for text in to_appear(request) if (at := studio.word(text)) is not None],
        allowed=allowed,
        strictness=brief.strictness,
        given=given,
        ends=words,
        wanted_rhyme=wanted,
        wishes=wishes_of(studio, plan, rows, request.plan, said.freedom(brief)),
        scene=scene_of(studio, plan, [*to_appear(request), *told]),
        index=studio.index,
        scoring=scoring,
        favour=studio.favour(request.style),
        bare=studio.pages.bare(studio.tokens, request.form.teaching or "lyric", request.style),
    )
    return task, plan


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
    first = EnglishPoet(studio.sounds, page, studio.decoder, task, seed, second=studio.pages.second_reader(plan))
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
