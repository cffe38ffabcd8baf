"""What the base is asked, in plain English, as it was taught: docs/models/verse-en-base.md has the grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOODS = ("sad", "joyful", "tender", "angry", "quiet", "comic", "dark", "longing", "hopeful", "devout")
FORMS = {
    "sonnet": "sonnet",
    "limerick": "limerick",
    "ballad": "ballad",
    "couplets": "poem in couplets",
    "quatrains": "poem in quatrains",
    "blank": "blank-verse poem",
    "free": "free-verse poem",
    "lyric": "poem",
}  # what a form is taught as -> what it is called
POETS = {
    "keats": "John Keats",
    "shelley": "Percy Bysshe Shelley",
    "byron": "Lord Byron",
    "wordsworth": "William Wordsworth",
    "tennyson": "Tennyson",
    "dickinson": "Emily Dickinson",
    "blake": "William Blake",
    "poe": "Edgar Allan Poe",
    "longfellow": "Longfellow",
    "yeats": "Yeats",
    "frost": "Robert Frost",
    "hardy": "Thomas Hardy",
    "housman": "Housman",
    "rossetti": "Christina Rossetti",
    "browning": "Elizabeth Barrett Browning",
    "whitman": "Walt Whitman",
    "teasdale": "Sara Teasdale",
    "stevenson": "Robert Louis Stevenson",
    "cawein": "Madison Cawein",
    "riley": "James Whitcomb Riley",
    "lear": "Edward Lear",
    "kipling": "Kipling",
    "swinburne": "Swinburne",
    "millay": "Edna St. Vincent Millay",
    "pope": "Alexander Pope",
}
PERIODS = {
    "modern": "a modern",
    "victorian": "a Victorian",
    "romantic": "a Romantic",
    "augustan": "an older",
    "renaissance": "an older",
}
MOST_IMAGES = 6


@dataclass(frozen=True, slots=True)
class PoemRequest:
    """What a poem is asked to be; whatever is empty is left to the model."""

    form: str = "lyric"  # of FORMS
    mood: str = ""  # of MOODS
    subject: str = ""  # what stands after "about"
    title: str = ""
    scheme: str = ""  # abab
    syllables: tuple[int, ...] = ()  # of the lines: one number, or two that alternate
    images: Sequence[str] = ()  # in the order in which the poem is to reach them
    style: str = ""  # of POETS or PERIODS
    thought: str = ""  # a sentence that the poem is to hold
    first_line: str = ""

    def text(self) -> str:
        """The request as it was taught."""
        return "".join(
            (
                f"Write {_with_article(' '.join(filter(None, (self.mood, FORMS[self.form]))))}",
                f" about {self.subject}" if self.subject else "",
                f' called "{self.title}"' if self.title else "",
                f", rhymed {self.scheme}" if self.scheme else "",
                f", in lines of {' and '.join(map(str, self.syllables))} syllables" if self.syllables else "",
                ".",
                f" Images: {', '.join(list(self.images)[:MOST_IMAGES])}." if self.images else "",
                self._manner(),
                f" Thought: {self.thought.rstrip('.')}." if self.thought else "",
                f" First line: {self.first_line.rstrip('.')}." if self.first_line else "",
            )
        )

    def _manner(self) -> str:
        if self.style in POETS:
            return f" In the manner of {POETS[self.style]}."
        return f" In {PERIODS[self.style]} manner." if self.style in PERIODS else ""


def _with_article(words: str) -> str:
    return ("an " if words[0] in "aeiou" else "a ") + words


def listed(words: Sequence[str]) -> str:
    """Words as a phrase: a, b and c."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
