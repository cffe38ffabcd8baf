"""Which poems teach the base, and what each is asked for: clean, whole, later and shorter ones first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...corpus import read_poems, split_of
from ...english.corpus import AUTHORS, FORMS, Clean, cleaned, period_of
from ...english.pretrained.requests import POETS, PoemRequest, listed
from ...english.pretrained.tokenizer import EnglishBase
from ...english.text import MARKS
from ...english.word_lists import ARCHAIC, FUNCTION_WORDS

MOST_LINES, CUT_LINES, LEAST_LINES = 32, 26, 4  # of a whole poem; of the beginning of a longer one
MOST_SYLLABLES = 16
MOODS = {
    "sad": "grave tears weep dead death sorrow grief mourn wept sad lonely died lost tomb sigh pain alone",
    "joyful": "joy glad laugh merry sing happy dance mirth bright gay sunshine delight cheer",
    "tender": "love kiss dear darling heart sweet gentle mother baby tender lips lover beloved",
    "angry": "wrath curse hate rage scorn tyrant fury vengeance shame slave chains liar",
    "quiet": "still quiet silent peace calm hush sleep rest soft dusk twilight silence",
    "comic": "funny joke grin pig cat fat nose bald wig silly ate dinner parrot donkey beard monkey",
    "dark": "dark black ghost night fear dread blood cold shadow hell doom horror bone",
    "longing": "longing yearn far home dream wish remember gone away absent memory wander",
    "hopeful": "hope dawn spring morning rise new light seed bloom faith begin",
    "devout": "god lord christ heaven pray soul angel holy saviour grace cross altar",
}
_MOOD = {word: mood for mood, words in MOODS.items() for word in words.split()}
_SPOILT = re.compile(r"[A-Z]{4,}|\b(CHORUS|Enter|Exeunt|Act|Scene|vide|viz|ibid|cf|MS|edition|editor)\b|_|\bi\.e\.")
_NO_POEM = re.compile(r"act |scene|prologue|epilogue|translat|/", re.I)
PREFERRED = ("frost", "millay", "yeats", "teasdale", "housman", "dickinson", "hardy", "stevenson", "lear", "rossetti")
PERIOD_WEIGHT = {"modern": 3.0, "victorian": 1.5, "any": 1.0, "romantic": 0.7}
FORM_WEIGHT = {"limerick": 8.0, "free": 1.5, "sonnet": 1.5, "blank": 0.7, "couplets": 0.8, "ballad": 1.2}


@dataclass(frozen=True)
class Taught:
    """A poem, cleaned."""

    form: str
    period: str
    poet: str  # of AUTHORS, or ""
    title: str
    scheme: str
    keywords: tuple[str, ...]
    stanzas: Clean
    counts: tuple[int, ...]  # syllables of each line
    whole: bool
    split: str
    kind: str
    asked: str = ""  # the request that it was written for, where it is ours
    felt: str = ""  # its mood, as its writer calls it

    @property
    def words(self) -> list[str]:
        return [word for stanza in self.stanzas for line in stanza for word in line if word not in MARKS]


def taught(folder: Path, syllables: Callable[[str], int], known: Callable[[str], bool]) -> Iterator[Taught]:
    """Every poem of a corpus that is fit to teach; those that begin alike once."""
    seen: set[tuple[str, ...]] = set()
    for poem in read_poems(folder, "en"):
        form, stanzas, whole = FORMS.get(poem["form"]), *_beginning(poem.get("stanzas", []))
        raw = [line for stanza in stanzas for line in stanza]
        if form is None or not raw or _NO_POEM.search(poem["title"]) or any(_SPOILT.search(line) for line in raw):
            continue
        clean = cleaned(stanzas, known)
        if clean is None or form in ("free", "blank") and not whole:
            continue
        counts = [sum(syllables(w) for w in line if w not in MARKS) for stanza in clean for line in stanza]
        begins = tuple(word for stanza in clean for line in stanza for word in line)[:12]
        if begins in seen or max(counts) > MOST_SYLLABLES:
            continue
        seen.add(begins)
        yield _taught(poem, form, clean, tuple(counts), whole)


def _taught(poem: Mapping[str, Any], form: str, clean: Clean, counts: tuple[int, ...], whole: bool) -> Taught:
    poet = next((key for key, name in AUTHORS.items() if name in poem.get("author", "")), "")
    title = re.sub(r"\s*[\[(]\d.*", "", poem["title"])
    facts = poem.get("scheme") or "", tuple(poem.get("keywords", ()))
    own = poem.get("request", ""), poem.get("mood", "")
    period = period_of(poem.get("author_died"))
    return Taught(form, period, poet, title, *facts, clean, counts, whole, *split_of(poem), *own)


def _beginning(stanzas: list[list[str]]) -> tuple[list[list[str]], bool]:
    """The whole of a short poem, or the first stanzas of a longer one."""
    total = sum(map(len, stanzas))
    kept: list[list[str]] = []
    if LEAST_LINES <= total <= MOST_LINES:
        return stanzas, True
    for stanza in stanzas:
        if sum(map(len, kept)) + len(stanza) > CUT_LINES:
            break
        kept.append(stanza)
    return (kept if sum(map(len, kept)) >= 2 * LEAST_LINES else []), False


def weight(poem: Taught) -> float:
    """How soon a poem is taught, against others."""
    words, lines = poem.words, len(poem.counts)
    old = sum(word in ARCHAIC for word in words) / len(words)
    found = PERIOD_WEIGHT.get(poem.period, 0.1) * FORM_WEIGHT.get(poem.form, 1.0)
    found *= 0.1 if old > 0.03 else 0.4 if old > 0.012 else 1.0
    found *= (1.0 if poem.whole else 0.35) * (1.4 if lines <= 16 else 0.6 if lines > 24 else 1.0)
    found *= 3.0 if poem.poet in PREFERRED else 1.0
    hymns = sum(word in ("lord", "jesus", "christ", "saviour", "savior", "god", "thy") for word in words)
    return found * (0.3 if hymns > max(1, lines / 8) else 1.0)


def request(poem: Taught, tokens: EnglishBase, rng: np.random.Generator) -> PoemRequest:
    """What the poem could have been asked for; each wish is there or not by chance."""
    order = {word: at for at, word in reversed(list(enumerate(poem.words)))}
    keywords = [word for word in poem.keywords if word in order]
    lines = [line for stanza in poem.stanzas for line in stanza]
    some = [tokens.spelt(str(w)) for w in rng.permutation(keywords)[: int(rng.integers(1, 4))]] if keywords else []
    title, place = _plain(poem.title), int(rng.integers(len(lines)))
    about = rng.random()
    images = [w for w in sorted(order, key=order.__getitem__) if w in keywords or content(w) and rng.random() < 0.1]
    return PoemRequest(
        form=poem.form,
        mood=mood(poem) if rng.random() < 0.6 else "",
        subject=title.lower() if title and about < 0.3 else listed(some) if some and about < 0.7 else "",
        title=title if title and rng.random() < 0.25 else "",
        scheme=poem.scheme if re.fullmatch("[a-gx]{2,8}", poem.scheme) and rng.random() < 0.4 else "",
        syllables=lengths(poem.counts) if poem.form not in ("limerick", "free") and rng.random() < 0.5 else (),
        images=[tokens.spelt(word) for word in images] if rng.random() < 0.45 else (),
        style=_style(poem, rng),
        thought=line_of(lines[place], tokens) if rng.random() < 0.2 else "",
        first_line=first_line(poem, tokens) if rng.random() < 0.12 else "",
    )


def _style(poem: Taught, rng: np.random.Generator) -> str:
    if poem.poet in POETS and rng.random() < 0.6:
        return poem.poet
    return poem.period if rng.random() < 0.3 else ""


def first_line(poem: Taught, tokens: EnglishBase) -> str:
    """The first line as a request quotes it."""
    return line_of(poem.stanzas[0][0], tokens)


def content(word: str) -> bool:
    """Whether a word tells something."""
    return word.isalpha() and len(word) > 3 and word not in FUNCTION_WORDS


def _plain(title: str) -> str:
    fits = re.fullmatch(r"[A-Za-z' ,\-]{3,50}", title.strip()) and not re.search(r"\b[IVX]{2,}\b", title)
    return title.strip().capitalize() if fits else ""


def line_of(line: tuple[str, ...], tokens: EnglishBase) -> str:
    """A line as a request quotes it."""
    text = "".join(token if token in MARKS else " " + tokens.spelt(token) for token in line)
    return text.strip().rstrip(",;:—.!? ")


def mood(poem: Taught) -> str:
    """The mood whose words the poem uses clearly most; empty where none is."""
    if poem.form == "limerick":
        return "comic"
    counts = Counter(_MOOD[word] for word in poem.words if word in _MOOD).most_common(2)
    if not counts or counts[0][1] < max(2, 0.13 * len(poem.counts)):
        return ""
    return counts[0][0] if len(counts) == 1 or counts[0][1] > 1.2 * counts[1][1] else ""


def lengths(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The syllables that most lines have, or those of odd and even lines."""
    (most, many), *_ = Counter(counts).most_common(1)
    if many >= 0.6 * len(counts):
        return (most,)
    odd, even = (Counter(counts[at::2]).most_common(1)[0] for at in (0, 1))
    return (odd[0], even[0]) if odd[1] + even[1] >= 0.65 * len(counts) else ()
