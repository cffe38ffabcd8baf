"""What a modern text is to be about: subjects out of a request, and images in the order in which its stanzas reach
them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from .subjects import EMPTY, SINGLE, words

ADDRESSED = re.compile(
    r"(?:给|写给|送给|献给|致|寄给)(?:我的?|亲爱的)?(妈妈|母亲|爸爸|父亲|爷爷|奶奶|外婆|外公|老师|朋友|同学|妻子|丈夫|女儿|儿子|孩子|哥哥|姐姐|弟弟|妹妹|"
    r"祖国|自己|你|[一-鿿]{2,3}(?=的|，|。|$))"
)
KIN = frozenset(
    "妈妈 母亲 爸爸 父亲 爷爷 奶奶 外婆 外公 老师 朋友 同学 妻子 丈夫 女儿 儿子 孩子 哥哥 姐姐 弟弟 妹妹".split()
)
CLOSEST = 14  # associates of a subject among which images are drawn
REQUEST = re.compile(
    r"(?:请|帮我|给我|我想)?(?:写|作|来|讲)(?:一?[首篇段个支]|点)?|关于|有关|现代诗|诗歌?|故事|散文|儿歌|歌词|主题|题目"
)


@dataclass(frozen=True)
class ModernPlan:
    """A plan, which the certificate shows."""

    subjects: tuple[str, ...]  # what must be there, as asked
    images: tuple[tuple[str, ...], ...]  # of every stanza, in order
    addressee: str = ""
    occasion: str = ""
    openers: tuple[str, ...] = ()  # how stanzas begin that tell what happens; "" leaves one free

    def as_notes(self) -> dict[str, object]:
        """JSON-able."""
        return {
            "subjects": list(self.subjects),
            "images": [list(own) for own in self.images],
            "addressee": self.addressee,
            "occasion": self.occasion,
            "openers": list(self.openers),
        }


@lru_cache(maxsize=1)
def scenes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """things and occasions of today -> words that go with them."""
    raw = tomllib.loads(files("carmina_verse").joinpath("data", "modern-scenes.toml").read_text("utf-8"))
    return {name: {key: tuple(text.split()) for key, text in table.items()} for name, table in raw.items()}


def subjects_of(text: str, most: int = 4) -> list[str]:
    """What a sentence or story is about: the things of today in it, then its telling words, in order, each once."""
    things = [*scenes()["things"], *scenes()["occasions"]]
    plain = REQUEST.sub("，", text)
    named = [thing for thing in sorted(things, key=len, reverse=True) if thing in plain]
    named = [thing for thing in named if not any(thing != other and thing in other for other in named)]
    rest = [
        word
        for word in words(plain)
        if word not in EMPTY and not any(word in thing or thing in word for thing in named)
    ]
    told = [word for word in rest if len(word) > 1 or word in SINGLE]
    found = sorted(
        dict.fromkeys([*named, *told]), key=lambda word: (word not in named, len(word) == 1, plain.find(word))
    )
    return sorted(found[:most], key=plain.find)


def associates(word: str, table: tuple[Sequence[str], np.ndarray]) -> list[str]:
    """Words that keep a word company: what was written down for it, else what the corpus has beside it."""
    for kind in ("things", "occasions"):
        own = scenes()[kind].get(word)
        if own:
            return list(own)
    names, vectors = table
    if word not in names:
        return []
    near = vectors @ vectors[list(names).index(word)]
    return [names[at] for at in np.argsort(-near)[1 : CLOSEST + 1] if near[at] > 0.35]


@lru_cache(maxsize=1)
def company() -> tuple[list[str], np.ndarray]:
    """Words of modern texts and their unit vectors (``making/modern_words.py``)."""
    path = files("carmina_verse").joinpath("data", "zh-modern-associations.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
        vectors = table["vectors"].astype(np.float32)
        names = bytes(table["words"]).decode().split("\n")
    return names, vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)


def planned(
    keywords: Sequence[str], text: str, stanzas: int, rng: np.random.Generator, openers: Sequence[str] = ()
) -> ModernPlan:
    """A plan from keywords and what stands already; images of a subject stand near it, and every stanza has some."""
    subjects = list(dict.fromkeys([*keywords, *(subjects_of(text) if text else ())]))
    whole = "".join(keywords) + text
    addressed = ADDRESSED.search(whole)
    occasion = next((name for name in scenes()["occasions"] if name in whole), "")
    pool: list[str] = []
    lots = [
        list(rng.permutation(associates(word, company()))) for word in [*subjects, *([occasion] if occasion else [])]
    ]
    while any(lots):
        pool += [str(lot.pop(0)) for lot in lots if lot]
    pool = [word for word in dict.fromkeys(pool) if word not in subjects]
    each = max(2, min(4, len(pool) // max(1, stanzas)))
    images = [tuple(pool[at * each : (at + 1) * each]) for at in range(stanzas)]
    return ModernPlan(tuple(subjects), tuple(images), addressed.group(1) if addressed else "", occasion, tuple(openers))
