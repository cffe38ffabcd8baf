"""Chooses and cleans the English poems that teach the model, and cuts them to passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..corpus import draw, read_poems, split_of
from .text import MARKS, words_of

FORMS = {
    "sonnet": "sonnet",
    "limerick": "limerick",
    "ballad/common metre": "ballad",
    "short metre": "ballad",
    "couplets": "couplets",
    "heroic couplets": "couplets",
    "quatrains": "quatrains",
    "long metre quatrains": "quatrains",
    "rubaiyat quatrains": "quatrains",
    "blank verse": "blank",
    "free verse": "free",
    "unrhymed quatrains": "free",
    "unrhymed metrical": "blank",
    "haiku": "free",
    "sestets": "lyric",
    "octaves": "lyric",
    "quintains": "lyric",
    "tercets": "lyric",
    "stanzaic": "lyric",
    "villanelle": "lyric",
    "triolet": "lyric",
    "rhymed irregular": "lyric",
}
SHARE = {"couplets": 80, "blank": 50}  # per cent of the passages that is used; the others whole
PERIODS = ((1700, "renaissance"), (1790, "augustan"), (1850, "romantic"), (1912, "victorian"), (9999, "modern"))
OLD = {"renaissance": 50, "augustan": 60}  # per cent of the poems that is used; the others whole
AUTHORS = {
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
    "rossetti": "Christina",
    "browning": "Elizabeth Barrett Browning",
    "whitman": "Walt Whitman",
    "teasdale": "Sara Teasdale",
    "stevenson": "Robert Louis Stevenson",
    "cawein": "Cawein",
    "riley": "Riley",
    "lear": "Edward Lear",
    "kipling": "Kipling",
    "swinburne": "Swinburne",
    "millay": "Millay",
    "pope": "Alexander Pope",
}
AUTHOR_LINES = 30000  # at most this many lines of one author
LEAST, MOST = 4, 26  # lines of a passage
SLURS = frozenset(
    "nigger niggers nigga darky darkies darkey darkeys coon coons pickaninny pickaninnies squaw squaws chink "
    "chinks jap japs kike wop mulatto redskin redskins injun injuns negro negroes savages heathen jew jews "
    "whore whores rape raped bitch harlot harlots slut bastard".split()
)
_BAD = re.compile(r"\d|[\[\]{}<>=|\\/@#^~+]|^[A-Z]{3,}[.:]|[A-Z]{3,}\W+[A-Z]{2,}|[^\x00-\x7f“”‘’—–…éèêëàâäöôüïîçæœ]")


Clean = tuple[tuple[tuple[str, ...], ...], ...]  # stanzas of lines of words and marks


@dataclass(frozen=True, slots=True)
class Passage:
    """A few stanzas, cleaned."""

    form: str  # of FORMS' values
    period: str
    author: str  # key of AUTHORS, or ""
    stanzas: Clean
    split: str
    kind: str
    piece: str = ""  # id of the poem

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(line for stanza in self.stanzas for line in stanza)


def passages(
    folder: Path, known: Callable[[str], bool], seen: Callable[[str], None] = lambda _: None
) -> Iterator[Passage]:
    """What is taught, in the order of the corpus. ``known`` says whether a dictionary has a word; ``seen`` gets each
    raw line."""
    lines_of: Counter[str] = Counter()
    for poem in read_poems(folder, "en"):
        form, period = FORMS.get(poem["form"]), period_of(poem.get("author_died"))
        whole = bool(poem.get("keep"))  # a corpus of one's own is not thinned
        if form is None or not whole and draw("o" + poem["id"]) % 100 >= OLD.get(period, 100):
            continue
        author = poem.get("author", "")
        who = next((key for key, name in AUTHORS.items() if name in author), "")
        for number, stanzas in enumerate(_cut(poem["stanzas"])):
            if not whole and (
                lines_of[author] > AUTHOR_LINES or draw(f"{poem['id']}-{number}") % 100 >= SHARE.get(form, 100)
            ):
                continue
            for clean, raw in _clean_parts(stanzas, known):
                lines_of[author] += 0 if "various" in author else sum(map(len, clean))
                for line in raw:
                    seen(line)
                yield Passage(form, period, who, clean, *split_of(poem), poem["id"])


def period_of(died: int | None) -> str:
    """The period of a poet by the year of death; ``any`` when unknown."""
    return "any" if not died else next(name for last, name in PERIODS if died <= last)


def _cut(stanzas: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Whole stanzas up to MOST lines; longer stanzas in pieces."""
    kept: list[Sequence[str]] = []
    for stanza in stanzas:
        for piece in [stanza[at : at + MOST] for at in range(0, len(stanza), MOST)]:
            if kept and sum(map(len, kept)) + len(piece) > MOST:
                yield kept
                kept = []
            kept.append(piece)
    if kept:
        yield kept


def _clean_parts(stanzas: Sequence[Sequence[str]], known: Callable[[str], bool]) -> Iterator[tuple[Clean, list[str]]]:
    """The passage with its raw lines; where a line spoils it, what is clean of its halves."""
    clean = cleaned(stanzas, known)
    if clean is not None:
        yield clean, [line for stanza in stanzas for line in stanza]
    elif sum(map(len, stanzas)) >= 2 * LEAST:
        at, only = len(stanzas) // 2, stanzas[0]
        halves = (stanzas[:at], stanzas[at:]) if at else ([only[: len(only) // 2]], [only[len(only) // 2 :]])
        for half in halves:
            yield from _clean_parts(half, known)


def cleaned(stanzas: Sequence[Sequence[str]], known: Callable[[str], bool]) -> Clean | None:
    """Words and marks, or None when this is no clean verse: digits, speakers, dialect, slurs, too many unknown
    words."""
    lines = [line for stanza in stanzas for line in stanza]
    if len(lines) < LEAST or any(_BAD.search(line) or len(line) > 80 for line in lines):
        return None
    clean = tuple(tuple(tuple(words_of(line)) for line in stanza) for stanza in stanzas)
    flat = [line for stanza in clean for line in stanza]
    words = [word for line in flat for word in line if word not in MARKS]
    if not all(2 <= sum(w not in MARKS for w in line) <= 13 for line in flat) or SLURS.intersection(words):
        return None
    strange = sum(not known(word) for word in words)
    return None if strange > 0.025 * len(words) + 0.5 else clean
