"""The verse writer: a brief in, a poem out; and the choice among different poems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from carmina import BadInput, BadOption, Form, FormLine, NoSolution, Poem, VerseBrief, Writer
from carmina.text import HAN

from .drafting.request_checks import check_asked_language, check_printable, check_subject
from .forms.shipped import find
from .manner_names import own_name
from .own_styles import settled
from .tasks import CHARACTER, PIECE, PROSE, WORD

MOST_ALTERNATIVES = 20
MORE_TRIES = 6  # poems beyond those asked for, where some are too much alike
STEP = 7919  # between the seeds of alternatives
ALIKE = 0.4  # share of words in common from which two poems are too much alike
SMALL = 3  # letters of words that do not count
STORIES = ("story", "prose")
STRICTNESS = ("strict", "classic", "slant")


class EnglishVerse(Writer):
    """Keywords -> English verse."""

    name, summary = "verse-en", "English verse from keywords"
    takes, gives, language, usual_form = "VerseBrief", "Poem", "en", "sonnet"
    tasks = (PIECE, WORD, PROSE)

    @classmethod
    def manners(cls) -> tuple[str, ...]:
        from .english.vocabulary import STYLES

        return STYLES

    def write(self, brief: VerseBrief, workshop: Any) -> Poem:
        """The best poem; same brief, same model: same poem."""
        from .english.writer import write

        form = find(workshop.all("form"), brief.form)
        if any(line.closing and line.rhyme for line in lines_of(form)):
            raise NoSolution(
                f"{form.name} rhymes in the word before a closing refrain, which is scanned and not yet written. "
                "Write it by hand and scan it, or choose another form."
            )
        return write(settled(brief, workshop, self.language), form, workshop)[0]


class ChineseVerse(Writer):
    """Keywords -> Chinese verse."""

    name, summary = "verse-zh", "Chinese verse from keywords"
    takes, gives, language, usual_form = "VerseBrief", "Poem", "zh", "七绝"
    tasks = (CHARACTER,)

    @classmethod
    def manners(cls) -> tuple[str, ...]:
        from .chinese.manners import poets
        from .chinese.tokenizer import AUTHORS, PERIODS
        from .modern.corpus import AUTHORS as MODERN

        return tuple(dict.fromkeys((*PERIODS, *AUTHORS, *MODERN, *poets())))

    def write(self, brief: VerseBrief, workshop: Any) -> Poem:
        """The best poem; same brief, same model: same poem."""
        from .chinese.writer import write as old
        from .modern.writer import write, writes

        form = find(workshop.all("form"), brief.form)
        if any(line.closing for line in lines_of(form)):
            raise NoSolution(
                f"{form.name} has lines that close with one word, which are scanned and not yet written in Chinese. "
                "Write it by hand and scan it, or choose another form."
            )
        asked = settled(brief, workshop, self.language)
        return (write if writes(asked, form, workshop) else old)(asked, form, workshop)[0]


def lines_of(form: Form) -> Iterator[FormLine]:
    """Every line of every variant of a form."""
    return (line for stanzas in form.variants.values() for stanza in stanzas for line in stanza)


def poets(workshop: Any) -> dict[str, type[Writer]]:
    """The writers of verse by their languages; of two for one language the first by name."""
    offered = sorted(workshop.all("writer").items(), reverse=True)
    return {
        entry.language: entry
        for _name, entry in offered
        if (entry.takes, entry.gives) == ("VerseBrief", "Poem") and entry.language
    }


class VerseWriter(Writer):
    """Keywords -> verse whose form holds, in whichever language the form is of and a writer is installed for."""

    name, summary = "verse", "verse from keywords, in forms that hold by construction"
    takes, gives = "VerseBrief", "Poem"

    def write(self, brief: VerseBrief, workshop: Any) -> Poem:
        """The best poem; same brief, same model: same poem."""
        if brief.strictness not in STRICTNESS:
            raise BadOption("--strictness", brief.strictness, ", ".join(STRICTNESS))
        check_printable(brief)
        check_subject(brief)
        check_asked_language(brief)
        brief = replace(brief, style=own_name(brief.style, workshop.all("style"), poets(workshop).values()))
        _check_art(brief.style, workshop)
        if brief.form in STORIES:
            from .story.writer import write

            return write(brief, workshop)[0]
        form, known = find(workshop.all("form"), brief.form), poets(workshop)
        if form.language not in known:
            raise NoSolution(
                f"the form {form.name!r} is for the language {form.language!r}; verse is written in "
                f"{', '.join(sorted(known))}."
            )
        return known[form.language]().write(brief, workshop)

    def alternatives(self, brief: VerseBrief, workshop: Any, many: int) -> list[Poem]:
        """So many poems, no two alike."""
        if not 1 <= many <= MOST_ALTERNATIVES:
            raise BadOption("--alternatives", many, f"1 to {MOST_ALTERNATIVES}")
        given = len([line for line in re.split(r"[/\n，。；,;.]", brief.prompt) if line.strip()])
        found: list[Poem] = []
        for number in range(many + MORE_TRIES):
            if len(found) < many:
                poem = self.write(replace(brief, seed=brief.seed + number * STEP), workshop)
                if all(_shared(poem, other) <= given and _likeness(poem, other) < ALIKE for other in found):
                    found.append(poem)
        if len(found) < many:
            raise NoSolution(
                f"only {len(found)} of {many} poems differ enough from one another. Ask for fewer --alternatives, "
                "or give the form "
                "more room (fewer keywords, no --rhyme, a longer form)."
            )
        return found


def _check_art(style: str | None, workshop: Any) -> None:
    """Refuse a style of tunes."""
    # asked for by name, since what a locked style is for is only known once it is opened
    own = workshop.get("style", style) if style in workshop.all("style") else None
    if own is None or any(style in poet.manners() or poet.name in own.models for poet in poets(workshop).values()):
        return
    raise BadInput(
        f"{style} is a style of tunes, and a manner of verse is wanted: a period or a poet, e.g. romantic, dickinson, "
        "宋, 李白."
    )


def _likeness(one: Poem, other: Poem) -> float:
    """The share of the smaller poem's words (Chinese: pairs of characters) that the other has too, 0..1; keywords
    aside."""
    first, second = (_units(poem) for poem in (one, other))
    asked = {str(word) for word in cast("Iterable[object]", one.notes.get("keywords", ()))}
    first, second = first - asked, second - asked
    return len(first & second) / max(1, min(len(first), len(second)))


def _units(poem: Poem) -> set[str]:
    text = " ".join(poem.lines).lower()
    if poem.language == "zh":
        runs = re.findall(f"[{HAN}]+", text)
        return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return {word for word in re.findall(r"[^\W\d_']+(?:'[^\W\d_]+)*", text) if len(word) > SMALL}


def _shared(one: Poem, other: Poem) -> int:
    """Lines that two poems have in common."""
    return len(set(one.lines) & set(other.lines))
