"""What a request says in so many words; whatever is empty it leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """A request, understood. Its own words (write, a, poem, about) are gone."""

    request: str = ""
    subject: str = ""  # the phrase after "about"
    speaker: str = ""
    addressee: str = ""
    occasion: str = ""
    mood: str = ""
    manner: str = ""  # poet or period
    form: str = ""  # as it was called
    first_line: str = ""
    keywords: tuple[str, ...] = ()  # content words, in order
