"""Our own texts as the base is taught them: poems under the request that each was written for, and stories."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ...english.pretrained.requests import PoemRequest, listed
from ...english.pretrained.tokenizer import EnglishBase
from ...english.pretrained.voice import REQUEST, TELL
from ...english.vocabulary import STYLES
from ...planning.english_request import understood
from .poems import Taught, content, first_line, lengths, line_of
from .sequences import MOST_IDS, Asked, sequence

FILE = "en-own.jsonl.gz"
COPIES = 4  # times that a poem is taught, each under another request
SHARE = 0.6  # of what is taught, as long as there are any
LONGEST = 90  # letters of a subject; longer requests are told by their title
MOODS = {
    "sad": "sad grief sorrowful mournful grieving melancholy sorrow heavy elegiac wistful rueful regretful",
    "joyful": "joyful happy glad bright cheerful celebratory merry delighted proud elated",
    "tender": "tender loving warm affectionate grateful fond intimate gentle kind",
    "angry": "angry indignant furious bitter defiant resentful scornful",
    "quiet": "quiet calm still peaceful solemn reflective patient plain steady content thoughtful resigned serene",
    "comic": "comic funny wry amused playful humorous light ironic mischievous silly droll sly absurd teasing",
    "dark": "dark eerie uneasy haunted grim fearful ominous tense anxious afraid uncanny",
    "longing": "longing nostalgic homesick yearning lonely missing",
    "hopeful": "hopeful determined brave relieved resolute expectant courageous",
    "devout": "devout reverent prayerful faithful humble",
}
_MOOD_OF = {word: mood for mood, words in MOODS.items() for word in words.split()}


def request(poem: Taught, tokens: EnglishBase, rng: np.random.Generator) -> PoemRequest:
    """What the poem was asked for, as a person would say it; each further wish is there or not by chance."""
    wish = understood(poem.asked, STYLES)
    words = [tokens.spelt(word) for word in dict.fromkeys(poem.words) if content(word)]
    some = sorted(rng.permutation(len(words))[: int(rng.integers(2, 7))])
    subject = wish.subject if wish.subject and rng.random() < 0.7 else listed(wish.keywords[:4] or [poem.title.lower()])
    lines = [line for stanza in poem.stanzas for line in stanza]
    told = re.fullmatch("[a-gx]{2,8}", poem.scheme) and set(poem.scheme) != {"x"} and rng.random() < 0.6
    return PoemRequest(
        form=poem.form,
        mood=_MOOD_OF.get(poem.felt, "") if rng.random() < 0.7 else "",
        subject=subject if len(subject) <= LONGEST else poem.title.lower(),
        title=poem.title if rng.random() < 0.2 else "",
        scheme=poem.scheme if told else "",
        syllables=lengths(poem.counts) if poem.form not in ("limerick", "free") and rng.random() < 0.7 else (),
        images=[words[at] for at in some] if rng.random() < 0.5 else (),
        style="modern" if rng.random() < 0.5 else "",
        thought=line_of(lines[int(rng.integers(len(lines)))], tokens) if rng.random() < 0.1 else "",
        first_line=first_line(poem, tokens) if rng.random() < 0.15 else "",
    )


def poems(taught: list[Taught], tokens: EnglishBase, rng: np.random.Generator) -> list[Asked]:
    """Every poem of ours, each time under another request, shuffled within each time."""
    found = []
    for _ in range(COPIES):
        found += [sequence(taught[at], tokens, rng, request) for at in rng.permutation(len(taught))]
    return [one for one in found if len(one.asked) + len(one.answer) <= MOST_IDS]


def stories(folder: Path, tokens: EnglishBase, rng: np.random.Generator) -> Iterator[Asked]:
    """Each story of ours as something to go on from, or as something to tell."""
    if not (Path(folder) / FILE).exists():
        return
    with gzip.open(Path(folder) / FILE, "rt", encoding="utf-8") as file:
        records = [record for record in map(json.loads, file) if record["form"] == "story"]
    for record in records:
        text = "\n\n".join(record["paragraphs"])
        first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0] if rng.random() < 0.5 else ""
        about = (understood(record["request"]).subject or record["title"]).rstrip(".").lower()
        asked = tokens.asked(REQUEST if first else f"{TELL} about {about}.") + list(map(int, tokens.encode(first)))
        answer = [*map(int, tokens.encode(text[len(first) :])), tokens.text_end]
        if record["split"] == "train" and len(asked) + len(answer) <= 2 * MOST_IDS:
            yield Asked(np.array(asked, np.uint16), np.array(answer, np.uint16))


def mixed(own: list[Asked], people: list[Asked], rng: np.random.Generator) -> list[Asked]:
    """Both in their order, ``SHARE`` of them ours until ours are at their end."""
    out, mine, theirs = [], iter(own), iter(people)
    while (one := next(mine if rng.random() < SHARE else theirs, None)) is not None:
        out.append(one)
    return [*out, *mine, *theirs]  # one of the two is at its end
