"""What a poem is to be before its lines are: readable, editable, kept as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from .checks import require

MOODS = ("sad", "joyful", "tender", "angry", "quiet", "comic", "dark", "longing", "hopeful", "devout")
DICTIONS = ("plain", "modern", "old")
MOST_STANZAS = 60
MOST_WORDS = 60  # of one list


@dataclass(frozen=True, slots=True)
class StanzaPlan:
    """One stanza. A list for its lines may be shorter than the stanza; an empty text leaves a line free."""

    subject: str = ""  # what it is about, in a few words of the poem's language
    images: tuple[str, ...] = ()  # words in the order in which the stanza reaches them
    ends: tuple[str, ...] = ()  # the word (or character) that ends each line
    marks: tuple[str, ...] = ()  # the mark that closes each line; "/": it runs on
    openers: tuple[str, ...] = ()  # "^": the line does not begin with And, But, When and their like
    words: tuple[str, ...] = ()  # what each line says: words in order, spaces between; "dusk|evening": either of them

    def __post_init__(self) -> None:
        lists = (self.images, self.ends, self.marks, self.openers, self.words)
        require(
            all(len(words) <= MOST_WORDS for words in lists), f"a stanza's plan has lists of over {MOST_WORDS} words"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A poem as it is meant. Whatever is empty is open."""

    request: str = ""  # as it was asked
    language: str = ""  # code
    form: str = ""  # name of a form
    subject: str = ""
    speaker: str = ""  # "I", "we", "he", "she", ...
    addressee: str = ""  # whom it is spoken to
    occasion: str = ""  # wedding, birthday, ...
    mood: str = ""  # one of MOODS
    diction: str = ""  # one of DICTIONS
    manner: str = ""  # poet or period
    keywords: tuple[str, ...] = ()  # words that must appear
    images: tuple[str, ...] = ()  # of the whole poem, in the order in which it reaches them
    turn: int = 0  # the stanza, from 1, at which it turns; 0: none
    ending: str = ""  # the word or image it ends on
    opening: tuple[str, ...] = ()  # lines that stand as they were given
    stanzas: tuple[StanzaPlan, ...] = ()
    place: str = ""  # where it is
    season: str = ""
    hour: str = ""  # time of day

    def __post_init__(self) -> None:
        require(self.mood in ("", *MOODS), f"mood {self.mood!r} is none of {', '.join(MOODS)}")
        require(self.diction in ("", *DICTIONS), f"diction {self.diction!r} is none of {', '.join(DICTIONS)}")
        require(len(self.stanzas) <= MOST_STANZAS, f"a plan has at most {MOST_STANZAS} stanzas")
        require(0 <= self.turn <= MOST_STANZAS, f"turn {self.turn} is no stanza")
        lists = (self.keywords, self.images, self.opening)
        require(all(len(words) <= MOST_WORDS for words in lists), f"a plan has lists of at most {MOST_WORDS} words")
