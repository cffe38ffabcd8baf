"""What a modern text is to be about: subjects out of a request, and images in the order of its stanzas."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np

from carmina import Plan, StanzaPlan

from ..chinese.segmentation import words as segmented
from ..planning.said import is_worded
from .subjects import EMPTY, SINGLE, tags, words
from .vocabulary import SHUNNED

ADDRESSED = re.compile(
    r"(?:给|写给|送给|献给|致|寄给)(?:我的?|亲爱的)?(妈妈|母亲|爸爸|父亲|爷爷|奶奶|外婆|外公|老师|朋友|同学|妻子|丈夫|女儿|儿子|孩子|哥哥|姐姐|弟弟|妹妹|"
    r"祖国|自己|你|[一-鿿]{2,3}(?=的|，|。|$))"
)
WEAK = frozenset("今天天气 天气 今天 昨天 明天 后来 事情 发生 奇怪 很好 那天 有人 一个 故事 开始 非常 特别".split())
PERSONS = "我你他她它"
WOMEN = ("妈妈", "母亲", "外婆", "奶奶", "姐姐", "妹妹", "女儿", "妻子", "姑娘", "阿姨", "祖母")
MEN = ("爸爸", "父亲", "外公", "爷爷", "哥哥", "弟弟", "儿子", "丈夫", "叔叔", "祖父")
LONGEST_WORD = 7  # characters of what is taken as a word
SAID = re.compile(r"[的了吗呢吧很着]|我们|一[首个只篇]")
CLOSEST = 14  # associates of a subject among which images are drawn
REQUEST = re.compile(
    r"(?:请|帮我|给我|我想|我要)*(?:写|作|讲|来)(?:[一两几三]?[首篇段个支阕]|点|[一两二三四五六七八九十几]+[句行节])|关于|有关|现代诗|诗歌|故事|散文|儿歌|歌词|主题|题目|[七五][律绝]|绝句|律诗|的诗"
)


@dataclass(frozen=True)
class ModernPlan:
    """A plan, which the certificate shows."""

    subjects: tuple[str, ...]  # what must be there, as asked
    images: tuple[tuple[str, ...], ...]  # of every stanza, in order
    addressee: str = ""
    occasion: str = ""
    persons: str = ""  # pronouns of whom it tells; others do not come in
    openers: tuple[str, ...] = ()  # how stanzas begin that tell what happens; "" leaves one free
    said: tuple[tuple[str, ...], ...] = ()  # of each stanza what its lines say, as in ``StanzaPlan.words``

    def as_plan(self, request: str, form: str, given: Sequence[str]) -> Plan:
        """As every poet shows its plan, to be read, changed and given back."""
        stanzas = tuple(
            StanzaPlan(images=own, openers=(opener,) if opener else ())
            for own, opener in zip(self.images, (*self.openers, *[""] * len(self.images)), strict=False)
        )
        stanzas = stanzas or tuple(StanzaPlan(words=own) for own in self.said)
        return Plan(
            request=request,
            language="zh",
            form=form,
            subject="，".join(self.subjects),
            speaker=self.persons,
            addressee=self.addressee,
            occasion=self.occasion,
            keywords=self.subjects,
            images=tuple(word for own in self.images for word in own),
            opening=tuple(given),
            stanzas=stanzas,
        )


def changed(plan: ModernPlan, given: Plan) -> ModernPlan:
    """The plan with what a person's plan says in place of it."""
    if is_worded(given):
        return _as_told(plan, given)
    openers = tuple(own.openers[0] if own.openers else "" for own in given.stanzas)
    return ModernPlan(
        given.keywords or plan.subjects,
        tuple(own.images for own in given.stanzas) or plan.images,
        given.addressee or plan.addressee,
        given.occasion or plan.occasion,
        "".join(c for c in given.speaker if c in PERSONS) or plan.persons,
        openers if any(openers) else plan.openers,
    )


def _as_told(plan: ModernPlan, given: Plan) -> ModernPlan:
    """A plan that says what its lines say; nothing is drawn beside it, and nobody comes in."""
    said = tuple(own.words for own in given.stanzas)
    persons = "".join(c for c in PERSONS if any(c in text for own in said for text in own))
    speaker = "".join(c for c in given.speaker if c in PERSONS)
    return replace(plan, subjects=given.keywords, images=(), openers=(), persons=speaker or persons, said=said)


@lru_cache(maxsize=1)
def scenes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """things and occasions of today -> words that go with them."""
    raw = tomllib.loads(files("carmina_verse").joinpath("data", "modern-scenes.toml").read_text("utf-8"))
    tables = {name: own for name, own in raw.items() if isinstance(own, dict)}
    found = {name: {key: tuple(text.split()) for key, text in table.items()} for name, table in tables.items()}
    return {**found, "today": dict.fromkeys(str(raw["today"]).split(), ())}


def is_sentence(text: str) -> bool:
    """Whether a text says something, and is no word to be written as it stands."""
    return len(text) > LONGEST_WORD or len(text) > 4 and bool(SAID.search(text) or REQUEST.match(text))


def subjects_of(text: str, most: int = 3) -> list[str]:
    """What a sentence or story is about: things of today, then telling words, in order, each once; no word is cut."""
    plain = REQUEST.sub("，", text)
    things = [*scenes()["things"], *scenes()["occasions"]]
    named = [thing for thing in sorted(things, key=len, reverse=True) if stands(thing, plain)]
    named = [thing for thing in named if not any(thing != other and thing in other for other in named)]
    rest = [word for word in words(plain) if not any(word in thing or thing in word for thing in named)]
    told = [word for word in rest if word not in EMPTY | WEAK and (len(word) > 1 or word in SINGLE)]
    rank = {
        word: (word not in named, tags().get(word, "n")[0] not in "nst", len(word) == 1, plain.find(word))
        for word in (*named, *told)
    }
    return sorted(sorted(rank, key=lambda word: rank[word])[:most], key=plain.find)


def stands(thing: str, text: str) -> bool:
    """Whether a thing stands in a text as words of it, not across the border of two."""
    edges, at = {0}, 0
    for word in segmented(text):
        at += len(word)
        edges.add(at)
    starts = [found.start() for found in re.finditer(f"(?={re.escape(thing)})", text)]
    return any(start in edges and start + len(thing) in edges for start in starts)


def associates(word: str, table: tuple[Sequence[str], np.ndarray]) -> list[str]:
    """Words that keep a word company: what was written down for it, else what the corpus has beside it."""
    for kind in ("things", "occasions"):
        own = scenes()[kind].get(word) or next(
            (text for key, text in scenes()[kind].items() if set(key) < set(word)), ()
        )
        if own:
            return list(own)
    names, vectors = table
    if word not in names:
        return []
    near = vectors @ vectors[list(names).index(word)]
    close = [names[at] for at in np.argsort(-near)[1 : 2 * CLOSEST] if near[at] > 0.35]
    return [one for one in close if tags().get(one, "x")[0] in "ns" and one not in SHUNNED][:CLOSEST]


@lru_cache(maxsize=1)
def company() -> tuple[list[str], np.ndarray]:
    """Words of modern texts and their unit vectors (``making/modern_words.py``)."""
    path = files("carmina_verse").joinpath("data", "zh-modern-associations.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
        vectors = table["vectors"].astype(np.float32)
        names = bytes(table["words"]).decode().split("\n")
    return names, vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)


def planned(
    keywords: Sequence[str],
    text: str,
    stanzas: int,
    rng: np.random.Generator,
    openers: Sequence[str] = (),
    casts: Sequence[str] = ("我你", "我", "我他", "我她", "他", "她"),
) -> ModernPlan:
    """A plan from keywords and what stands already; images of a subject stand near it, and every stanza has some."""
    found = subjects_of(text) if text else []
    things = [word for word in found if word in scenes()["things"] or tags().get(word, "n")[0] in "nst"] or found[:1]
    subjects = list(dict.fromkeys([*keywords, *_joined(things, text)]))
    whole = "".join(keywords) + text
    addressed = ADDRESSED.search(whole)
    occasion = next((name for name in scenes()["occasions"] if name in whole), "")
    pool = [word for word in found if word not in subjects]  # what is done is wished, what it is done with is owed
    lots = [
        list(rng.permutation(associates(word, company()))) for word in [*subjects, *([occasion] if occasion else [])]
    ]
    while any(lots):
        pool += [str(lot.pop(0)) for lot in lots if lot]
    pool = [word for word in dict.fromkeys(pool) if word not in subjects]
    each = max(2, min(4, len(pool) // max(1, stanzas)))
    images = [tuple(pool[at * each : (at + 1) * each]) for at in range(stanzas)]
    persons = _persons(whole, bool(addressed), casts, rng)
    addressee = addressed.group(1) if addressed else ""
    return ModernPlan(tuple(subjects), tuple(images), addressee, occasion, persons, tuple(openers))


def _joined(found: Sequence[str], text: str) -> list[str]:
    """Words, a single character made one with the word that it stands behind (流浪, 猫: 流浪猫)."""
    out: list[str] = []
    for word in found:
        if out and len(word) == 1 and out[-1] + word in text:
            out[-1] += word
        else:
            out.append(word)
    return out


def _persons(text: str, addressed: bool, casts: Sequence[str], rng: np.random.Generator) -> str:
    """Of whom a text tells: those whom the request names, 我 with one other; else drawn."""
    for kin, wrong, right in ((WOMEN, "他", "她"), (MEN, "她", "他")):
        if any(word in text for word in kin) and wrong not in text:
            casts = [cast.replace(wrong, right) for cast in casts]
    named = "".join(c for c in PERSONS if c in text)
    if addressed:
        return "我你" + "".join(c for c in named if c not in "我你")
    drawn = str(casts[int(rng.integers(len(casts)))])
    if named == "我":
        return "".join(dict.fromkeys(named + drawn))[:2]
    return named or drawn
