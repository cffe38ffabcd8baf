"""Other versions of one line, or of one word of a line, of a modern text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

import numpy as np

from carmina import Form, Poem, VerseBrief

from .corpus import MARKS, STOPS
from .kinds import PROSE
from .line import LinePlan
from .plan import planned
from .request import understood
from .shapes import Step
from .tokenizer import LINE_END, SIZE, STANZA_END
from .writer import ModernStudio

ROOM = 2  # characters by which a free line may be longer or shorter
MOST = 38


def versions(
    poem: Poem, form: Form, number: int, keep: str, stay: Mapping[int, str], seed: int, many: int, conductor: Any
) -> list[str]:
    """The best versions of line ``number`` (from 0), marks included; ``stay``: characters that keep their places."""
    keywords = map(str, cast("Iterable[object]", poem.notes.get("keywords", ())))
    told = tuple(dict.fromkeys([*([keep] if keep else []), *keywords]))
    brief = VerseBrief(told, form.name, seed=seed)
    studio = ModernStudio(conductor, brief, form)
    wish = understood(brief, studio.language)
    persons = "".join(c for c in "我你他她它" if c in "".join(poem.lines))
    plan = planned(
        wish.keywords, "".join(poem.lines), len(poem.stanzas), np.random.default_rng(seed), (), (persons or "我",)
    )
    poet = studio.poet(wish, plan, 0)
    poet.allowed = poet.allowed | studio.characters.mask(set("".join(poem.lines)) - set(MARKS))
    closing = {sum(map(len, poem.stanzas[: at + 1])) - 1 for at in range(len(poem.stanzas))}
    for at, line in enumerate(poem.lines[:number]):
        end = None if form.teaching in PROSE else STANZA_END if at in closing else LINE_END
        poet.stand(re.sub("[，。]$", "", line) if form.teaching == "分行" else line, end=end)
    poet.standing.owed = [keep] if keep else []
    step = Step(_plans(poem, form, number, stay, poet, closing), due=poet.standing.owed)
    texts = poet.versions(step, many)
    mark = re.search("[，。]?$", poem.lines[number])
    texts = [text + mark.group() if mark and form.teaching == "分行" else text for text in texts]
    return [text for text in texts if not keep or keep in text]


def _plans(
    poem: Poem, form: Form, number: int, stay: Mapping[int, str], poet: Any, closing: set[int]
) -> list[LinePlan]:
    line, total = poem.lines[number], len(poem.lines)
    ids, inner = poet.characters.tokens.ids, poet.characters.mask(MARKS)
    soft = np.zeros(SIZE, np.float32)
    end = STANZA_END if number in closing else LINE_END
    if form.teaching in PROSE and not stay:
        stops, closers = frozenset(ids[c] for c in STOPS), frozenset((ids["”"],))
        return [
            LinePlan(
                poet.allowed,
                soft,
                stops=stops,
                closers=closers,
                most=MOST,
                inner=inner,
                first=poet.characters.not_first,
                dangling=poet.characters.not_last,
            )
        ]
    bare = re.sub("[，。]$", "", line) if form.teaching == "分行" else line
    places = [at for at, character in enumerate(bare) if character not in MARKS]
    pins = {places[at]: ids[character] for at, character in stay.items() if at < len(places) and character in ids}
    if stay:
        pins |= {at: ids[character] for at, character in enumerate(bare) if character in MARKS and character in ids}
    claims = list(cast("Iterable[Mapping[str, Any]]", poem.notes.get("lines", ({},) * total)))
    last, final, claim = None, 0, dict(claims[number])
    if claim.get("rhyme") and claim.get("rhyme_class") in poet.characters.rhymes:
        mates = [
            re.sub(f"[{MARKS}]", "", other)[-1:]
            for at, (other, own) in enumerate(zip(poem.lines, claims, strict=True))
            if own["rhyme"] == claim["rhyme"] and at != number
        ]
        last = poet.characters.rhymes[claim["rhyme_class"]] & ~poet.characters.mask(mates)
    spread = (0,) if stay or form.teaching == "分行" else range(-ROOM, ROOM + 1)
    return [
        LinePlan(
            poet.allowed,
            soft,
            max(2, len(bare) + more),
            number + 1,
            total - number,
            final,
            bool(claim.get("rhyme")),
            None if len(bare) - 1 in pins else last,
            end,
            inner=inner if form.teaching != "分行" else None,
            pins=pins,
            first=None if stay else poet.characters.not_first,
            dangling=None if stay else poet.characters.not_last,
        )
        for more in spread
    ]
