"""An English request, understood: "write a sad poem about my grandmother who died in winter"."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..english.word_lists import FUNCTION_WORDS
from .wish import Wish

KINDS = (
    "poem|poems|verse|verses|sonnet|haiku|limerick|ballad|villanelle|triolet|rondeau|acrostic|elegy|ode|hymn|song|lyric|lyrics|"
    "couplets|quatrain|quatrains|rhyme|story|stanza|stanzas|lullaby|piece|something"
)
ASKING_WORDS = (
    "please|can|could|would|will|i'd|i want|i need|i like|kindly|write|compose|make|create|generate|give|tell|pen|craft"
)
_ASKING = re.compile(
    r"^\W*(?:please\s+|can you\s+|could you\s+|would you\s+|will you\s+|i(?:'d| would)? (?:like|want"
    r"|need)(?: you to)?\s+|let's\s+|kindly\s+)*"
    r"(?:(?:write|compose|make|create|generate|give|tell|do|pen|have|craft)(?:\s+(?:me|us))?\s+)?"
    rf"(?:(?:a|an|the|some|another)\s+)?(?P<how>(?:[a-z'-]+[\s,]+(?:and\s+)?){{0,5}}?)(?P<kind>{KINDS})\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|on|upon|of|concerning|describing|where|in which|that tells|with)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for|to|dedicated to|addressed to)\s+(?P<whom>(?:my|our|his|her|their|a|an|the)\s+[a-z' -]+?|[A-Z][a-z]+)"
    r"(?=\s+(?:about|on|who|whom|that|which|for|at|in|and)\b|[,.;!?]|$)"
)
_SPOKEN_TO = re.compile(
    r"\b(?:(?:letter|note|prayer|farewell|goodbye|apology|thanks|toast|tribute|message|words|lines|vow|vows|promise)\s+"
    r"(?:to|for)|thank|greet|bless|forgive|console|comfort|praise)\s+"
    r"(?P<whom>(?:my|our)\s+[a-z'-]+|[A-Z][a-z]+)\b"
)
_DOING = re.compile(r"\b(?:who|which)\s+(?:(?:never|always|still|only|once|just|often)\s+)?([a-z']+)")
_MANNER = re.compile(
    r"\b(?:in the (?:style|manner|voice) of|in the spirit of|like|after)\s+(?P<who>[A-Z][\w.']*(?:\s+[A-Z][\w.']*)*)"
)
_QUOTED = re.compile(
    r"\b(?:start|starts|starting|begin|begins|beginning|open|opens|opening)\w*\s+(?:with|from"
    r"|on)?\s*(?:the line\s*)?[:,]?\s*[\"“'‘](?P<line>[^\"”]{3,200}?)[\"”'’]\s*[.!]?\s*(?:$|,)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:called|titled|entitled)\s+[\"“'‘]?(?P<title>[^\"”,.;]{2,60})[\"”'’]?", re.IGNORECASE)
OCCASIONS = {
    "wedding": "wedding", "marriage": "wedding", "birthday": "birthday", "funeral": "funeral", "anniversary":
    "anniversary",
    "christmas": "christmas", "graduation": "graduation", "retirement": "retirement", "farewell": "farewell",
    "valentine": "valentine", "valentine's": "valentine", "baptism": "baptism", "christening": "baptism", "easter":
    "easter",
    "thanksgiving": "thanksgiving", "mother's": "mother's day", "father's": "father's day",
}  # fmt: skip
MOOD_WORDS = {
    "sad": "sad mournful sorrowful melancholy elegiac tearful grieving heartbroken gloomy wistful bittersweet",
    "joyful": "joyful happy glad cheerful merry bright festive jolly upbeat uplifting celebratory sunny",
    "tender": "tender loving romantic gentle sweet warm affectionate soft intimate",
    "angry": "angry furious bitter raging fierce defiant",
    "quiet": "quiet calm peaceful still serene soothing contemplative meditative",
    "comic": "comic funny humorous silly witty playful whimsical light-hearted nonsense absurd",
    "dark": "dark spooky scary eerie ghostly gothic grim haunting sinister macabre",
    "longing": "longing yearning nostalgic homesick lonely lonesome",
    "hopeful": "hopeful encouraging inspiring inspirational optimistic",
    "devout": "devout religious holy prayerful reverent pious",
}
TOLD = {
    "sad": "died dead death funeral grief lost mourning grave cancer widow divorce burial loss grieving",
    "joyful": "birthday wedding party celebrate festival graduation",
    "comic": "silly pig toad fart sneeze",
    "angry": "betrayed betrayal injustice war rage",
    "longing": "missing miss homesick faraway away remember",
    "dark": "ghost ghosts haunted nightmare murder vampire",
    "hopeful": "hope recovery newborn dawn",
    "devout": "god prayer lord church faith",
    "tender": "wife husband love kiss beloved baby",
}
PERIODS = ("renaissance", "augustan", "romantic", "victorian", "modern")
PLAIN = frozenset(
    "write poem verse want like please make about something thing things really very just get got going one who "
    "whom whose which "
    "there their that when where while how why what because been being does did doing have has had would could "
    "should can will "
    "someone somebody everyone everything nothing anything lot way kind sort being also etc whenever always already "
    "long short little two three four lines line stanzas stanza words day's "
    "after before during between around near".split()
)
SHORT = 3  # words from which a text may be a request
_MOOD_OF = {word: mood for mood, words in MOOD_WORDS.items() for word in words.split()}
_TOLD_OF = {word: mood for mood, words in TOLD.items() for word in words.split()}
FIRST = frozenset("my i me our we us i'm i've mine".split())


def is_request(text: str) -> bool:
    """Whether a text is a sentence that asks, or tells, rather than a list of keywords."""
    words = _words(text)
    if len(words) < SHORT:
        return False
    asks = _ASKING.match(text)
    return bool(
        asks and (asks["kind"].lower() not in ("song", "piece", "something", "rhyme") or _ABOUT.search(text))
    ) or any(word in FUNCTION_WORDS for word in words)


def asks(text: str) -> bool:
    """Whether a text asks for something to be written, and is no beginning of it."""
    found = _ASKING.match(text)
    return bool(found and re.match(rf"\W*(?:{ASKING_WORDS})\b", text, re.IGNORECASE))


def understood(text: str, poets: Collection[str] = ()) -> Wish:
    """What a request says. ``poets``: names of manners that the writer has, in small letters."""
    rest, first_line = _without(_QUOTED, text, "line")
    rest, manner = _without(_MANNER, rest, "who")
    rest, _title = _without(_CALLED, rest, "title")
    asks, form, how = _ASKING.match(rest), "", ""
    if asks:
        form, how, rest = asks["kind"].lower(), asks["how"].lower(), rest[asks.end() :]
    about = _ABOUT.search(rest) if asks else None
    addressee = ""
    if asks and (found := _FOR.search(rest)) and (about is None or found.start() < about.start()):
        addressee, rest = found["whom"].strip(), f"{rest[: found.start()]} {rest[found.end() :]}"
        about = _ABOUT.search(rest)
    addressee = addressee or (spoken["whom"] if (spoken := _SPOKEN_TO.search(text)) else "")
    subject = (rest[about.end() :] if about else rest).strip(" ,.;:!?\n\t\"'“”")
    words = _words(f"{subject} {addressee}")
    told = [*_words(how), *_words(text)]
    mood = next((_MOOD_OF[word] for word in _words(how) if word in _MOOD_OF), "") or next(
        (_TOLD_OF[word] for word in told if word in _TOLD_OF), ""
    )
    styled = [word for word in (*_words(manner), *_words(how)) if word in poets or word in PERIODS]
    return Wish(
        text.strip(),
        subject,
        "I" if FIRST & set(_words(text[asks.start("kind") :] if asks else text)) else "",
        addressee,
        next((OCCASIONS[word] for word in told if word in OCCASIONS), ""),
        mood,
        styled[0] if styled else manner.lower(),
        form,
        first_line.strip(),
        _telling(words, text),
    )


def _without(pattern: re.Pattern[str], text: str, group: str) -> tuple[str, str]:
    """The text without what matched, and the group."""
    found = pattern.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found[group]) if found else (text, "")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))


def _telling(words: list[str], text: str) -> tuple[str, ...]:
    """The words that carry what a poem is about, in order; what somebody does (a cat who hates) only where it is
    all."""
    found = tuple(dict.fromkeys(word for word in words if _tells(word)))
    done = set(_DOING.findall(text.lower()))
    return tuple(word for word in found if word not in done) or found


def _tells(word: str) -> bool:
    """Whether a word carries what a poem is about."""
    return len(word) > 2 and word not in FUNCTION_WORDS and word not in PLAIN and word not in _MOOD_OF
