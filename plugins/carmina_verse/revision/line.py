"""Other versions of one line of a poem: metre, rhymes, refrains and acrostic stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

from carmina import BadInput, BadOption, Form, NoSolution, Poem, VerseBrief
from carmina.text import HAN_CHARACTER

from ..drafting.scoring import SCORING
from ..forms.shipped import find
from ..forms.slots import Slot, slots
from ..modern.kinds import is_modern

WORD_TEMPERATURE = 1.3  # where one word changes: the gap is narrow, its fillers should differ
TEMPERATURE, ZH_TEMPERATURE = 0.6, 0.8
REVISED = ("en", "zh")
ALIKE = 0.6  # share of characters from which two versions of a Chinese line are one
HAN_RUN = re.compile(r"[一-鿿]+")


class Version(NamedTuple):
    """One way to write a line again."""

    text: str
    poem: Poem  # with it
    gain: float | None = None  # nats above the line that stands; None where that was not weighed


@dataclass(frozen=True)
class Wish:
    """What of a line is to stay, or to go."""

    keep: str = ""  # words that must stand in the new line
    word: str = ""  # the one word that changes; all others stay
    model: str | None = None


def versions(
    poem: Poem, number: int, wish: Wish, form_name: str | None, seed: int, many: int, conductor: Any
) -> list[Version]:
    """The best versions of line ``number`` (from 0), each with the whole poem that it makes."""
    if wish.keep and wish.word:
        raise BadInput(
            "--keep and --word contradict each other: --word keeps every other word of the line. Give one of them."
        )
    if not 0 <= number < len(poem.lines):
        raise BadOption("--line", number + 1, f"1 to {len(poem.lines)}")
    form, variant = _form_of(poem, form_name, conductor)
    planned = _slots(poem, form, variant)
    if (copied := planned[number].copies) is not None:
        raise BadInput(f"line {number + 1} repeats line {copied + 1}; revise that one.")
    mates = [
        at
        for at, slot in enumerate(planned)
        if slot.line.rhyme and slot.line.rhyme == planned[number].line.rhyme and at != number and slot.copies is None
    ]
    slot = replace(planned[number], rhymes_before=tuple(mates), rhymes_after=0)
    if form.language not in REVISED:
        raise BadInput(
            f"lines of {form.language!r} are not rewritten, only those of {' and '.join(REVISED)}. Change it by "
            "hand and scan."
        )
    write = (_modern if is_modern(form) else _chinese) if form.language == "zh" else _english
    texts = write(
        poem, form, variant, [*planned[:number], slot, *planned[number + 1 :]], number, wish, seed, many, conductor
    )
    if not texts:
        raise NoSolution(
            f"no other version of line {number + 1} fits; keep fewer words, change another word, or relax the form."
        )
    return [Version(text, _with(poem, planned, number, text), gain) for text, gain in texts]


def _form_of(poem: Poem, asked: str | None, conductor: Any) -> tuple[Form, str]:
    from ..scansion.report import recognised

    forms = conductor.all("form")
    if asked:
        form = find(forms, asked)
        return form, str(poem.notes.get("variant", next(iter(form.variants))))
    if poem.notes.get("form") in forms:
        return forms[poem.notes["form"]], str(poem.notes.get("variant", ""))
    code = "zh" if HAN_CHARACTER.search("".join(poem.lines)) else "en"
    name, _, variant = recognised(poem, forms, conductor.get("language", code)()).partition(" ")
    if not name:
        raise BadInput("the poem's form is not recognised. Say which it is with --form.")
    return forms[name], variant


def _slots(poem: Poem, form: Form, variant: str) -> list[Slot]:
    from ..scansion.faults import expected

    stanzas = expected(form, variant, [len(stanza) for stanza in poem.stanzas])
    if sum(map(len, stanzas)) != len(poem.lines):
        raise BadInput(
            f"{form.name} has {sum(map(len, stanzas))} lines, this poem {len(poem.lines)}. Say its form with --form."
        )
    letters = str(poem.notes.get("acrostic", ""))
    return slots(tuple(map(tuple, stanzas)), list(letters))


def _with(poem: Poem, planned: Sequence[Slot], number: int, text: str) -> Poem:
    """The poem with one line, and its refrains, changed. The certificate's text follows."""
    lines = [
        text if at == number or slot.copies == number else line
        for at, (slot, line) in enumerate(zip(planned, poem.lines, strict=True))
    ]
    rest, stanzas = iter(lines), []
    for stanza in poem.stanzas:
        stanzas.append(tuple(next(rest) for _ in stanza))
    notes = dict(poem.notes)
    if notes.get("lines"):
        notes["lines"] = [
            {**dict(entry), "text": line}
            if dict(entry).get("text") == line
            else {
                **{
                    key: dict(entry)[key]
                    for key in ("pattern", "rhyme", "rhyme_class", "refrain")
                    if key in dict(entry)
                },
                "text": line,
                "revised": True,
            }
            for entry, line in zip(cast("Sequence[Any]", notes["lines"]), lines, strict=True)
        ]
    return Poem(tuple(stanzas), poem.form, poem.language, poem.title, poem.author, notes)


def _english(
    poem: Poem,
    form: Form,
    variant: str,
    planned: Sequence[Slot],
    number: int,
    wish: Wish,
    seed: int,
    many: int,
    conductor: Any,
) -> list[tuple[str, float | None]]:
    from ..english.poet import EnglishPoet
    from ..english.request import understood
    from ..english.studio import EnglishStudio
    from ..english.task import Task
    from ..english.text import MARKS, words_of
    from ..english.typography import shown
    from .word import english_gap, replaced

    kept = [word for word in words_of(wish.keep) if word not in MARKS]
    every = [word for line in poem.lines for word in words_of(line) if word not in MARKS]
    brief = VerseBrief(tuple(kept), form.name, str(poem.notes.get("style") or "modern"), seed=seed, model=wish.model)
    studio = EnglishStudio(conductor, brief, [*every, *kept])
    request = understood(brief, form)
    lines = [studio.line(line) for line in poem.lines]
    pins, at = english_gap(studio.sounds, lines[number], poem.lines[number], wish.word) if wish.word else (None, -1)
    task = Task(
        planned,
        studio.tokens.prompt(form.teaching, request.style, kept[:4]),
        [studio.sounds.index[word] for word in kept],
        studio.allowed(request, request.plan),
        str(poem.notes.get("strictness", "classic")),
        lines,
        index=studio.index,
        scoring=replace(SCORING["en"], temperature=WORD_TEMPERATURE if wish.word else TEMPERATURE),
    )
    page = studio.pages.english(task.prompt, studio.sounds)
    poet = EnglishPoet(studio.sounds, page, studio.decoder, task, seed, until=number)
    standing = poet.worth_of(lines[number])
    found = [
        (worth - standing, draft.hypothesis)
        for worth, draft in poet.versions((8 if wish.word else 4) * max(6, many), pins)
        if set(task.keywords) <= set(draft.hypothesis.words)
    ]
    if wish.word:
        texts = [
            (gain, replaced(poem.lines[number], at, studio.sounds.words[hypothesis.words[::-1][at]].text))
            for gain, hypothesis in found
            if len(hypothesis.words) == len(lines[number].words)
        ]
    else:
        texts = [(gain, shown(hypothesis.text, studio.names({}))) for gain, hypothesis in found]
    best = {text: gain for gain, text in reversed(texts) if text != poem.lines[number]}
    return [(text, gain) for text, gain in sorted(best.items(), key=lambda pair: -pair[1])[:many]]


def _chinese(
    poem: Poem,
    form: Form,
    variant: str,
    planned: Sequence[Slot],
    number: int,
    wish: Wish,
    seed: int,
    many: int,
    conductor: Any,
) -> list[tuple[str, float | None]]:
    from ..chinese.poet import ChinesePoet
    from ..chinese.rhyming import Rhyming
    from ..chinese.task import Task
    from ..chinese.writer import ChineseStudio
    from ..scansion.levels import HAN
    from .word import chinese_gap

    brief = VerseBrief((), form.name, seed=seed, model=wish.model)
    studio = ChineseStudio(conductor, brief)
    lines = [studio.simplified("".join(HAN.findall(line))) for line in poem.lines]
    unknown = [c for line in lines for c in line if c not in studio.characters.ids]
    if unknown:
        raise BadInput(f"the model lacks {''.join(dict.fromkeys(unknown))!r}; no line beside it can be revised.")
    patterns = [
        next((p for p in slot.line.patterns if len(p) == len(line)), slot.line.patterns[0])
        for slot, line in zip(planned, lines, strict=True)
    ]
    claimed = [str(dict(entry).get("pattern", "")) for entry in cast("Iterable[Any]", poem.notes.get("lines", ()))]
    patterns = (
        [own if len(own) == len(p) else p for own, p in zip(claimed, patterns, strict=True)]
        if len(claimed) == len(lines)
        else patterns
    )
    kept = studio.simplified("".join(HAN.findall(wish.keep)))
    stay = chinese_gap(lines[number], studio.simplified(wish.word)) if wish.word else {}
    teaching = (
        form.teaching
        if studio.tokens.pieces.piece_to_id(f"<{form.teaching}>") != studio.tokens.pieces.unk_id()
        else "词"
    )
    book, kept_words = str(poem.notes.get("book") or form.book), [kept] if kept else []
    near = studio.near(str(poem.notes.get("strictness", "classic")), book)
    asked = studio.characters.mask(kept)
    classes = Rhyming(studio.characters, book, near).classes(planned, patterns, lines, "", None, asked, seed, kept)
    temperature = WORD_TEMPERATURE if wish.word else ZH_TEMPERATURE
    task = Task(
        planned,
        patterns,
        studio.tokens.prompt(teaching, str(poem.notes.get("style") or "唐"), _prompted(poem, kept)),
        kept_words,
        book,
        classes,
        given=lines,
        index=studio.index,
        near=near,
        scoring=replace(SCORING["zh"], temperature=temperature),
    )
    page = studio.pages.chinese(task.prompt, studio.characters)
    poet = ChinesePoet(studio.characters, studio.associations, page, studio.decoder, task, seed, number, stay)
    mark = HAN_CHARACTER.sub("", poem.lines[number])
    tried = poet.versions(number, (8 if wish.word else 4) * max(6, many))
    texts = [text for text in tried if not kept or kept in text]
    fit = [text for text in dict.fromkeys(texts) if text != lines[number]]
    best = fit if wish.word else differing(fit, lines[number], many)
    return [(text + mark, None) for text in best[:many]]


def _prompted(poem: Poem, kept: str) -> list[str]:
    """What the model is told: words that stay, then what the poem is about."""
    from ..chinese.segmentation import parts

    asked = [kept, *map(str, cast("Iterable[object]", poem.notes.get("keywords", ())))]
    return [part for word in asked if word for part in parts(word)][:3]


def _modern(
    poem: Poem,
    form: Form,
    variant: str,
    planned: Sequence[Slot],
    number: int,
    wish: Wish,
    seed: int,
    many: int,
    conductor: Any,
) -> list[tuple[str, float | None]]:
    from ..modern.revising import versions as modern_versions
    from .word import chinese_gap

    plain = ["".join(HAN_RUN.findall(line)) for line in poem.lines]
    stay = chinese_gap(plain[number], wish.word) if wish.word else {}
    keep = "".join(HAN_RUN.findall(wish.keep))
    found = modern_versions(poem, form, number, keep, stay, seed, 3 * many, conductor)
    fit = [text for text in dict.fromkeys(found) if text != poem.lines[number]]
    best = fit if wish.word else differing(fit, poem.lines[number], many)
    return [(text, None) for text in best[:many]]


def differing(texts: Sequence[str], original: str, many: int) -> list[str]:
    """The best of some versions that differ from the line and from one another, then the rest; in the order given."""
    chosen: list[str] = []
    for text in texts:
        if len(chosen) < many and all(_alike(text, other) <= ALIKE for other in (original, *chosen)):
            chosen.append(text)
    return [*chosen, *(text for text in texts if text not in chosen)]


def _alike(one: str, other: str) -> float:
    """The share of the shorter line's characters that the other has at any place, 0..1."""
    return len(set(one) & set(other)) / max(1, min(len(set(one)), len(set(other))))
