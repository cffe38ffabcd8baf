"""Other versions of one line of a poem: metre, rhymes, refrains and acrostic stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from carmina import BadInput, BadOption, Form, NoSolution, Poem, VerseBrief

from .forms import find
from .plans import Slot, slots

Versions = list[tuple[str, Poem]]


def versions(poem: Poem, number: int, keep: str, form_name: str | None, seed: int, many: int, conductor: Any) -> Versions:
    """The best versions of line ``number`` (from 0), each with the whole poem that it makes."""
    if not 0 <= number < len(poem.lines):
        raise BadOption("--line", number + 1, f"1 to {len(poem.lines)}")
    form, variant = _form_of(poem, form_name, conductor)
    planned = _slots(poem, form, variant)
    if planned[number].copies is not None:
        raise BadInput(f"line {number + 1} repeats line {planned[number].copies + 1}; revise that one.")
    mates = [at for at, slot in enumerate(planned) if slot.line.rhyme and slot.line.rhyme == planned[number].line.rhyme
             and at != number and slot.copies is None]
    slot = replace(planned[number], rhymes_before=tuple(mates), rhymes_after=0)
    write = _chinese if form.language == "zh" else _english
    texts = write(poem, form, variant, [*planned[:number], slot, *planned[number + 1:]], number, keep, seed, many, conductor)
    if not texts:
        raise NoSolution(f"no other version of line {number + 1} fits; keep fewer words, or relax the form.")
    return [(text, _with(poem, planned, number, text)) for text in texts]


def _form_of(poem: Poem, asked: str | None, conductor: Any) -> tuple[Form, str]:
    from .scanning import recognised

    forms = conductor.all("form")
    if asked:
        form = find(forms, asked)
        return form, str(poem.notes.get("variant", next(iter(form.variants))))
    if poem.notes.get("form") in forms:
        return forms[poem.notes["form"]], str(poem.notes.get("variant", ""))
    code = "zh" if re.search(r"[一-鿿]", "".join(poem.lines)) else "en"
    name, _, variant = recognised(poem, forms, conductor.get("language", code)()).partition(" ")
    if not name:
        raise BadInput("the poem's form is not recognised. Say which it is with --form.")
    return forms[name], variant


def _slots(poem: Poem, form: Form, variant: str) -> list[Slot]:
    from .check import expected

    stanzas = expected(form, variant, len(poem.stanzas), len(poem.lines))
    if sum(map(len, stanzas)) != len(poem.lines):
        raise BadInput(f"{form.name} has {sum(map(len, stanzas))} lines, this poem {len(poem.lines)}. Say its form with --form.")
    letters = str(poem.notes.get("acrostic", ""))
    return slots(tuple(map(tuple, stanzas)), list(letters))


def _with(poem: Poem, planned: Sequence[Slot], number: int, text: str) -> Poem:
    """The poem with one line, and its refrains, changed. The certificate's text follows."""
    lines = [text if at == number or slot.copies == number else line for at, (slot, line) in
             enumerate(zip(planned, poem.lines, strict=True))]
    rest, stanzas = iter(lines), []
    for stanza in poem.stanzas:
        stanzas.append(tuple(next(rest) for _ in stanza))
    notes = dict(poem.notes)
    if notes.get("lines"):
        notes["lines"] = [{**dict(entry), "text": line} if dict(entry).get("text") == line else {
            **{key: dict(entry)[key] for key in ("pattern", "rhyme", "rhyme_class", "refrain") if key in dict(entry)},
            "text": line, "revised": True} for entry, line in zip(notes["lines"], lines, strict=True)]
    return Poem(tuple(stanzas), poem.form, poem.language, poem.title, poem.author, notes)


def _english(poem: Poem, form: Form, variant: str, planned: Sequence[Slot], number: int, keep: str, seed: int, many: int,
             conductor: Any) -> list[str]:
    from .en_poet import EnglishPoet, Task, shown
    from .en_text import MARKS, words_of
    from .en_writer import EnglishStudio, understood
    from .stepping import Page

    kept = [word for word in words_of(keep) if word not in MARKS]
    every = [word for line in poem.lines for word in words_of(line) if word not in MARKS]
    brief = VerseBrief(tuple(kept), form.name, str(poem.notes.get("style") or "victorian"), seed=seed)
    studio = EnglishStudio(conductor, brief, [*every, *kept])
    request = understood(brief, form)
    lines = [studio.line(line) for line in poem.lines]
    task = Task(planned, studio.tokens.prompt(form.teaching, request.style, kept[:4]), [studio.sounds.index[word] for word in kept],
                studio.allowed(request), str(poem.notes.get("strictness", "classic")), lines, index=studio.index, candidates=max(24, 4 * many))
    poet = EnglishPoet(studio.sounds, Page(studio.runner, task.prompt), studio.decoder, task, seed)
    drafts = poet.versions(number)
    names = frozenset(word.text for word in studio.tokens.words.all if word.capital >= 60)
    texts = [shown(draft.walk.text, True, names) for draft in drafts if set(task.keywords) <= set(draft.walk.words)]
    return [text for text in dict.fromkeys(texts) if text != poem.lines[number]][:many]


def _chinese(poem: Poem, form: Form, variant: str, planned: Sequence[Slot], number: int, keep: str, seed: int, many: int,
             conductor: Any) -> list[str]:
    from .check import HAN
    from .stepping import Page
    from .zh_poet import ChinesePoet, Task
    from .zh_writer import ChineseStudio

    brief = VerseBrief((), form.name, seed=seed)
    studio = ChineseStudio(conductor, brief)
    lines = [studio.simplified("".join(HAN.findall(line))) for line in poem.lines]
    unknown = [c for line in lines for c in line if c not in studio.characters.ids]
    if unknown:
        raise BadInput(f"the model lacks {''.join(dict.fromkeys(unknown))!r}; no line beside it can be revised.")
    patterns = [next((p for p in slot.line.patterns if len(p) == len(line)), slot.line.patterns[0])
                for slot, line in zip(planned, lines, strict=True)]
    kept = studio.simplified("".join(HAN.findall(keep)))
    teaching = form.teaching if studio.tokens.pieces.piece_to_id(f"<{form.teaching}>") != 1 else "词"
    task = Task(planned, patterns, studio.tokens.prompt(teaching, str(poem.notes.get("style") or "唐"), [kept[:2]] if kept else []),
                [kept] if kept else [], str(poem.notes.get("book") or form.book), (), lines, index=studio.index, candidates=max(24, 4 * many))
    poet = ChinesePoet(studio.characters, studio.associations, Page(studio.runner, task.prompt), studio.decoder, task, seed)
    mark = re.sub(r"[一-鿿]", "", poem.lines[number])
    texts = [text for text in poet.versions(number) if not kept or kept in text]
    return [text + mark for text in dict.fromkeys(texts) if text != lines[number]][:many]
