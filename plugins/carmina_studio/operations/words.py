"""The desk of words: what a line could be, and what comes next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from carmina import BadInput, NoSolution, Poem

from .commands import told
from .lines import language_of, stanzas_of, verse_only, with_lines
from .scanning import heard
from .shapes import form_for, shaped

MAX_TEXT = 100_000
MOST_ALTERNATIVES = 8
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Short = Annotated[str, msgspec.Meta(max_length=2000)]
Name = Annotated[str, msgspec.Meta(max_length=200)]
Seed = Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
Many = Annotated[int, msgspec.Meta(ge=1, le=MOST_ALTERNATIVES)]
LineNumber = Annotated[int, msgspec.Meta(ge=0, le=4000)]


@dataclass(frozen=True, slots=True)
class Rhymes:
    """A word whose rhymes are wanted."""

    word: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be written again; with ``word``, only that word of it."""

    text: Text
    line: LineNumber
    form: Name = ""
    word: Name = ""
    many: Many = 3
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Next:
    """A text that is to go on."""

    text: Text
    form: Name = ""
    many: Many = 3
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Again:
    """A text whose lines are written again but for the locked ones."""

    text: Text
    locked: Annotated[tuple[LineNumber, ...], msgspec.Meta(max_length=4000)] = ()
    form: Name = ""
    many: Many = 3
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Write:
    """A poem that is asked for by keywords, a sentence or a plan."""

    about: Short = ""
    form: Name = ""
    manner: Name = ""
    mood: Name = ""
    language: Name = "auto"
    plan: Any = None
    many: Many = 1
    seed: Seed = 0
    stanzas: Annotated[int, msgspec.Meta(ge=1, le=60)] | None = None


def rhymes(conductor: Any, asked: Rhymes) -> list[dict[str, Any]]:
    """The rhymes of a word in groups, the commonest first, as ``carmina rhymes`` lists them."""
    said = told("rhymes", [asked.word, *(["--slant"] if asked.near else [])]).said
    groups = [line.partition(": ") for line in said.splitlines()]
    return [{"group": name, "words": words.split()} for name, _, words in groups if words.strip()]


def line(conductor: Any, asked: Line) -> list[str]:
    """Other versions of one line, or of one word in it, as ``carmina revise`` writes them."""
    lines, numbers = asked.text.split("\n"), [n for stanza in stanzas_of(asked.text) for n in stanza]
    if asked.line not in numbers:
        raise BadInput(f"line {asked.line + 1} holds no verse. Stand in a line with words.")
    return _versions(conductor, lines, numbers, asked)


def _versions(conductor: Any, lines: Sequence[str], numbers: Sequence[int], asked: Line) -> list[str]:
    """As many versions as are found; within the form that is named, else that the poem has, else one for the line."""
    verse = [lines[number].strip() for number in numbers]
    at = numbers.index(asked.line)
    if not asked.form:
        with suppress(BadInput):
            return _revised(conductor, [verse], at, asked, "")
    language = language_of(verse, conductor.languages())
    name = asked.form or form_for(language, _syllables(conductor, verse[at], language))
    stanzas, place = shaped(conductor.all("form").get(name), verse, at)
    return _revised(conductor, stanzas, place, asked, name)


def _syllables(conductor: Any, line: str, language: str) -> int:
    return len(heard(conductor, Poem(((line,),), "", language))[0]["units"])


def _revised(conductor: Any, stanzas: Sequence[Sequence[str]], at: int, asked: Line, form: str) -> list[str]:
    options = ["--line", str(at + 1), "--alternatives", str(asked.many), "--seed", str(asked.seed)]
    options += ["--form", form] if form else []
    options += ["--word", asked.word] if asked.word else []
    text = "\n\n".join("\n".join(stanza) for stanza in stanzas)
    return told("revise", ["poem.txt", *options], {"poem.txt": text.encode()}).said.splitlines()


def next_line(conductor: Any, asked: Next) -> list[str]:
    """Lines that could come next: in the metre of the form, rhyming where it asks for that."""
    stand = [line for line in verse_only(asked.text).split("\n") if line]
    if not stand:
        raise BadInput("there is no line to go on from yet. Write one, or ask for a poem.")
    language = language_of(stand, conductor.languages())
    name = asked.form or form_for(language, _syllables(conductor, stand[-1], language))
    form = conductor.get("form", name)
    lines = sum(map(len, next(iter(form.variants.values()))))
    if not form.repeat and len(stand) >= lines and asked.form:
        raise NoSolution(f"{name} has {lines} lines, and they are there. Choose another form, or none.")
    stanzas, place = shaped(form, stand, len(stand))
    return _revised(conductor, stanzas, place, Line(asked.text, 0, many=asked.many, seed=asked.seed), name)


def again(conductor: Any, asked: Again) -> list[str]:
    """The text with every unlocked line written again, in as many versions as asked; locked lines, labels and stanzas
    stay. A line that cannot be changed within the form stays as it is."""
    numbers = [n for stanza in stanzas_of(asked.text) for n in stanza]
    free = [n for n in numbers if n not in asked.locked]
    if not free:
        raise BadInput("every line is locked. Unlock those that are to be written again.")
    texts = [asked.text] * asked.many
    last: Exception | None = None
    for done, number in enumerate(free):
        conductor.progress(done / len(free), "lines")
        try:
            request = Line(texts[0], number, asked.form, many=min(MOST_ALTERNATIVES, asked.many + 1), seed=asked.seed)
            found = _versions(conductor, texts[0].split("\n"), numbers, request)
        except (NoSolution, BadInput) as fault:
            last = fault
            continue
        texts = [with_lines(text, {number: found[at % len(found)]}) for at, text in enumerate(texts)]
    if last is not None and texts[0] == asked.text:
        raise last
    return list(dict.fromkeys(texts))


def write(conductor: Any, asked: Write) -> list[dict[str, Any]]:
    """Poems with their plans, as ``carmina verse`` writes them."""
    return _poems(conductor, asked, ["--seed", str(asked.seed)], asked.many)


def _poems(conductor: Any, asked: Write, options: Sequence[str], many: int) -> list[dict[str, Any]]:
    words = [asked.about] if asked.about.strip() else []
    given = {"--form": asked.form, "--manner": asked.manner, "--mood": asked.mood}
    if asked.language != "auto" and not asked.form:
        given["--language"] = asked.language
    named = [part for name, value in given.items() if value for part in (name, value)]
    named += ["--stanzas", str(asked.stanzas)] if asked.stanzas else []
    named += ["--plan", "plan.json"] if asked.plan else []
    files = {"plan.json": json.dumps(asked.plan).encode()} if asked.plan else {}
    arguments = [*named, *options, "--alternatives", str(many), "-o", "poem.json", "--", *_parted(words)]
    made = told("verse", arguments, files).files
    return [_told(conductor.read(made[name], name, "Poem")) for name in sorted(made)]


def _parted(words: Sequence[str]) -> list[str]:
    """Keywords with commas between them are parted; a sentence stays whole."""
    return [
        part.strip() for text in words for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()
    ]


def _told(poem: Poem) -> dict[str, Any]:
    return {
        "text": "\n\n".join("\n".join(stanza) for stanza in poem.stanzas),
        "title": poem.title,
        "form": poem.form,
        "language": poem.language,
        "plan": poem.notes.get("plan"),
    }
