"""Keywords -> a Chinese poem: reads the request, writes several poems, returns the best first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

import numpy as np

from carmina import BadInput, BadOption, Form, NoSolution, Poem, UnknownEntry, VerseBrief
from carmina.text import HAN

from ..drafting.associations import Associations
from ..drafting.request_checks import check_script, check_whole, has_letters
from ..external.backends import Pages
from ..forms.slots import Slot, poems_for
from ..modern.plan import is_sentence, subjects_of
from ..originality.opening import load_index
from .certificate import certificate
from .characters import BOOK_NAMES, Characters
from .given import planned, variant_of
from .occasions import images, named
from .poet import CANDIDATES, TEMPERATURE, ChinesePoet, Task
from .segmentation import parts
from .tokenizer import AUTHORS, PERIODS, ChineseVerse

PROMPT_KEYWORDS = 3
MOST_KEYWORDS = 24
RETRIES = 3  # further poems that are tried where none came to its end
RETRY_STEP = 13  # further poems, where none came to its end, take other rhymes
LEAST_RHYMES = 5  # common characters that a rhyme asked for must have
REGULATED = ("五绝", "七绝", "五律", "七律")
COUPLETS = (*REGULATED, "古体")
_HAN = re.compile(f"[{HAN}]+")


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


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The poems, the best first; each may be of another variant of the form."""
    style = _style(brief.style, form)
    book = _book(brief.book or form.book)
    studio = ChineseStudio(workshop, brief)
    keywords = _keywords(brief, studio)
    if _is_request(brief, form, studio):
        keywords, brief = [*keywords, *subjects_of(studio.simplified(brief.prompt))], replace(brief, prompt="")
    many = brief.candidates or poems_for(sum(map(len, next(iter(form.variants.values())))))
    poems: list[tuple[float, int, Poem]] = []
    fault: NoSolution | None = None
    for number in range(many + RETRIES):
        if number >= many and poems:
            break
        workshop.progress(min(number / many, 1), "writing")
        try:
            poems.append(_poem(studio, brief, form, style, book, keywords, number))
        except NoSolution as problem:
            fault = problem
    if not poems and fault is not None:
        raise fault
    return [poem for _score, _number, poem in sorted(poems, key=lambda entry: (-entry[0], entry[1]))]


def _is_request(brief: VerseBrief, form: Form, studio: ChineseStudio) -> bool:
    """Whether a prompt says what to write of: none of its lines has the length of a line of the form."""
    lengths = {
        len(p) for stanzas in form.variants.values() for stanza in stanzas for line in stanza for p in line.patterns
    }
    given = _given(studio, brief)
    return bool(given) and not any(len(line) in lengths for line in given)


def _style(asked: str | None, form: Form) -> str:
    if asked is None:
        return "现代" if form.teaching == "现代诗" else "唐" if form.name in REGULATED else "宋"
    if asked not in (*PERIODS, *AUTHORS):
        raise UnknownEntry("style", asked, (*PERIODS, *AUTHORS))
    return asked


def _book(asked: str) -> str:
    if asked not in BOOK_NAMES:
        raise BadOption("--book", asked, ", ".join(dict.fromkeys(BOOK_NAMES)))
    return BOOK_NAMES[asked]


def _keywords(brief: VerseBrief, studio: ChineseStudio) -> list[str]:
    runs = [_HAN.findall(keyword) for keyword in brief.keywords]
    check_script(brief.keywords, list(map(bool, runs)), "Chinese", "en")
    found = [studio.simplified(run) for lot in runs for run in lot]
    if len(found) > MOST_KEYWORDS:
        raise BadOption("keywords", len(found), f"at most {MOST_KEYWORDS}")
    words = [part for word in found for part in (_subjects(word, brief.form) if is_sentence(word) else [word])]
    return list(dict.fromkeys(words))


def _subjects(sentence: str, form: str) -> list[str]:
    """What a sentence is about; the form that it may name aside."""
    return subjects_of(sentence.replace(form, "，"))


def _poem(
    studio: ChineseStudio, brief: VerseBrief, form: Form, style: str, book: str, keywords: Sequence[str], number: int
):
    letters = _letters(brief, form, studio, keywords)
    given = _given(studio, brief)
    seed = brief.seed * 1000 + number
    rng = np.random.default_rng([seed, 6])
    variant = variant_of(studio, brief, form, book, given, letters, number)
    found = planned(studio, brief, form, variant, book, given, letters, rng)
    if found is None:  # the variant was tried with other patterns than were drawn now
        raise NoSolution(f"what is given fits none of the patterns drawn for {form.name}; give another --seed.")
    slots, patterns = found
    check_whole(brief, form, slots)
    teaching = (
        form.teaching
        if studio.tokens.pieces.piece_to_id(f"<{form.teaching}>") != studio.tokens.pieces.unk_id()
        else "词"
    )
    chosen = [keywords[n] for n in sorted(rng.permutation(len(keywords))[:PROMPT_KEYWORDS])]
    told = [part for word in chosen for part in parts(word)]
    prompted = [*told, *images(keywords, rng)][:PROMPT_KEYWORDS]
    task = Task(
        slots=slots,
        patterns=patterns,
        prompt=studio.tokens.prompt(teaching, style, prompted),
        keywords=keywords,
        book=book,
        parallel=form.parallel,
        given=given,
        wanted=_wanted(studio, brief, book, slots, patterns),
        index=studio.index,
        temperature=brief.temperature or TEMPERATURE,
        candidates=int(cast("int | str", brief.options.get("drafts", CANDIDATES))),
        near=studio.near(brief.strictness, book),
        plan_seed=brief.seed + (number * RETRY_STEP if number >= poems_for(len(slots)) else 0),
        bare=studio.pages.bare(studio.tokens, teaching, style),
    )
    poet = ChinesePoet(
        studio.characters,
        studio.associations,
        studio.pages.chinese(task.prompt, studio.characters),
        studio.decoder,
        task,
        seed,
    )
    lines = poet.write()
    score = poet.score / len(lines) - 0.2 * len(poet.owed)
    return score, number, _printed(studio, brief, form, variant, style, task, poet.classes, lines)


def _given(studio: ChineseStudio, brief: VerseBrief) -> list[str]:
    given = [studio.simplified(line) for line in _HAN.findall(brief.prompt)]
    if not given and has_letters(brief.prompt):
        raise BadInput(f"--prompt {brief.prompt!r} holds no Chinese. Give Chinese lines, or an English form.")
    return given


def _letters(brief: VerseBrief, form: Form, studio: ChineseStudio, keywords: Sequence[str]) -> list[str]:
    text = brief.acrostic or ("".join(keywords) if form.name == "藏头诗" else "")
    letters = list(studio.simplified("".join(_HAN.findall(text))))
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(
            f"the acrostic {brief.acrostic!r} holds signs that are no Chinese characters. Give characters only."
        )
    for letter in letters:
        if letter not in studio.characters.ids:
            raise NoSolution(
                f"no line can begin with {letter!r}, a character that the model lacks. Choose another for the acrostic."
            )
    return letters


def _wanted(
    studio: ChineseStudio, brief: VerseBrief, book: str, planned: Sequence[Slot], patterns: Sequence[str]
) -> str:
    """The rhyme class that was asked for, by its name or by characters of it."""
    asked = brief.rhyme
    if not asked:
        return ""
    rhymes = studio.characters.rhymes(book)
    first = next(at for at, slot in enumerate(planned) if slot.line.rhyme)
    level = studio.characters.levels(book)[patterns[first][-1]]
    text = studio.simplified("".join(_HAN.findall(asked)))
    short = text.removesuffix("韵")
    named = [name for name in rhymes if short and (short in (name, name[-1], name[1:]) or name.startswith(short))]
    shared = set.intersection(*(set(studio.characters.classes(c, book)) for c in text)) if not named and text else set()
    for name in (*named, *sorted(shared), *_of_another_book(studio, short, book)):
        if (rhymes[name] & level & studio.characters.common).sum() >= LEAST_RHYMES:
            return name
    fit = sorted(
        (name for name in rhymes if (rhymes[name] & level & studio.characters.common).sum() >= LEAST_RHYMES),
        key=lambda name: -(rhymes[name] & level & studio.characters.common).sum(),
    )
    raise NoSolution(
        f"no rhyme for {asked!r} fits: {brief.book or book} has "
        f"{'too few characters in ' + named[0] if named else 'no such class'} "
        f"at the tone that {brief.form} asks for; relax one of --rhyme, --book, --form. Classes that fit: "
        f"{' '.join(fit[:12])}."
    )


def _of_another_book(studio: ChineseStudio, name: str, book: str) -> list[str]:
    """The class of this book that most characters of a class of 平水韵 belong to (一东 is 第一部平 in 词林正韵)."""
    members = studio.characters.rhymes("pingshui").get(name)
    if members is None:
        return []
    common = members & studio.characters.common
    return sorted(
        studio.characters.rhymes(book), key=lambda own: -int((studio.characters.rhymes(book)[own] & common).sum())
    )[:1]


def _printed(
    studio: ChineseStudio,
    brief: VerseBrief,
    form: Form,
    variant: str,
    style: str,
    task: Task,
    classes: dict[str, str],
    lines: Sequence[str],
) -> Poem:
    stanzas: list[list[str]] = []
    couplets = form.teaching in COUPLETS  # a 词 stops where it rhymes
    texts = []
    for at, (slot, line) in enumerate(zip(task.slots, lines, strict=True)):
        full = slot.closes or (at % 2 == 1 if couplets else bool(slot.line.rhyme))
        text = line + ("。" if full else "，")
        texts.append(text)
        if slot.at == 0:
            stanzas.append([])
        stanzas[-1].append(text)
    notes = certificate(task, classes, lines, texts, form, variant, brief, style)
    notes["occasion"], notes["addressee"] = named(task.keywords)
    return Poem(tuple(map(tuple, stanzas)), form.name, "zh", "·".join(task.keywords[:2]), notes=notes)
