"""Keywords, a sentence or a beginning -> modern verse, a story, a rhyme for children or a song."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import numpy as np

from carmina import BadModel, Form, Poem, UnknownEntry, VerseBrief

from ..drafting.ngrams import Mixed, NGrams
from ..originality.opening import load_index
from ..originality.runs import Index, copied
from ..planning.files import plan_as
from .kinds import PROSE, is_modern
from .plan import PERSONS, ModernPlan, changed, planned, stands
from .poet import ModernPoet, Settings
from .request import Wish, check, understood
from .shapes import Piece, prose, songs, verse
from .tokenizer import ModernChinese
from .vocabulary import PROSE_MARKS, VERSE_MARKS, ModernCharacters

POEMS = 1  # written and ranked unless asked otherwise
NETWORK = {
    "现代诗": 0.7,
    "分行": 0.65,
    "散文": 0.6,
    "小说": 0.6,
}  # share of the network beside n-grams; lowest bits on held-out texts
PROMPTED = 3  # keywords that the model is told of
SHAPES: dict[str, Callable[..., Piece]] = {"现代诗": verse, "散文": prose, "小说": prose, "分行": songs}
CAST = ("我你", "我", "我他", "我她", "他", "她")
CASTS = {
    "儿歌": ("我", "它"),
    "歌词": ("我你",),
    "叙事诗": ("他", "她", "我他", "我她"),
    "故事": ("我他", "我她", "他", "她"),
}
OTHERS = PERSONS + "们咱俺您伊彼"
OPENERS = (  # how the stanzas of what tells a story begin: when and where, what then, what turned, what is left
    ("那天早上", "一个下雨的晚上", "那年夏天", "去年冬天", "小时候", "有一天傍晚"),
    ("后来", "第二天", "有一次", "过了几天", "每天傍晚"),
    ("忽然", "可是有一天", "谁知道", "就在这时候", "直到那天夜里"),
    ("从此", "许多年以后", "现在", "最后", "天亮的时候"),
)
_HAN = re.compile(r"[一-鿿]")


def writes(brief: VerseBrief, form: Form, workshop: Any) -> bool:
    """Whether the modern model writes this: another model, and an acrostic of lines that rhyme, are the old poet's."""
    if not is_modern(form) or brief.network or (brief.acrostic and form.teaching != "现代诗"):
        return False
    if not brief.model:
        return True
    try:
        workshop.model(brief.model, ModernChinese.name, None)
    except (BadModel, UnknownEntry):
        return False
    return True


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The texts, the best first."""
    check(brief, form)
    tokens = ModernChinese()
    language = workshop.get("language", "zh")()
    wish = understood(brief, language)
    characters = ModernCharacters(tokens, language)
    runner = opened(workshop, tokens, form.teaching, brief.model)
    many = brief.candidates or (1 if form.teaching in PROSE else POEMS)
    poems = []
    for number in range(many):
        workshop.progress(number / many, "writing")
        rng = np.random.default_rng([brief.seed, number, 31])
        stanzas = brief.stanzas or form.repeat or len(next(iter(form.variants.values())))
        plan = planned(
            wish.keywords, wish.text, stanzas, rng, _openers(form, wish, stanzas, rng), CASTS.get(form.name, CAST)
        )
        plan = changed(plan, brief.plan) if brief.plan is not None else plan
        poet = poet_of(brief, form, workshop, characters, runner, wish, plan, number)
        piece = SHAPES[form.teaching](poet, form, brief, wish, plan, rng)
        poems.append(
            (
                poet.score / max(1, len(poet.lines)) - 0.3 * len(poet.owed),
                number,
                _poem(brief, form, wish, plan, piece, poet),
            )
        )
    return [poem for _score, _number, poem in sorted(poems, key=lambda entry: (-entry[0], entry[1]))]


def opened(workshop: Any, tokens: ModernChinese, kind: str, name: str | None = None) -> Any:
    """The shipped network with n-grams of the same texts beside it."""
    network = workshop.model(name, tokens.name, None).runner
    table = Path(str(files("carmina_verse").joinpath("data", "zh-modern-ngrams.npz")))
    return Mixed(network, _ngrams(table), NETWORK[kind], tokens.mark("verse"))


@lru_cache(maxsize=1)
def _ngrams(table: Path) -> NGrams:
    return NGrams.open(table)


def _openers(form: Form, wish: Wish, stanzas: int, rng: np.random.Generator) -> tuple[str, ...]:
    if form.name != "叙事诗" and form.teaching != "小说":
        return ()
    steps = [int(at * (len(OPENERS) - 1) / max(1, stanzas - 1) + 0.5) for at in range(stanzas)]
    drawn = [str(rng.choice(OPENERS[step])) if at == steps.index(step) else "" for at, step in enumerate(steps)]
    return tuple("" if at == 0 and wish.given else opener for at, opener in enumerate(drawn))


def poet_of(
    brief: VerseBrief,
    form: Form,
    workshop: Any,
    characters: ModernCharacters,
    runner: Any,
    wish: Wish,
    plan: ModernPlan,
    number: int,
) -> ModernPoet:
    from ..drafting.page import Page
    from ..drafting.rules import rules_for
    from ..tasks import CHARACTER

    tokens = characters.tokens
    told = [
        word
        for word in dict.fromkeys([*plan.subjects, *(plan.images[0] if plan.images else ())])
        if characters.ids(word)
    ]
    asked = "".join(wish.keywords) + wish.text + brief.acrostic
    marks = {"现代诗": VERSE_MARKS, "分行": ""}.get(form.teaching, PROSE_MARKS)
    return ModernPoet(
        characters,
        Page(
            runner,
            tokens.prompt(form.teaching, wish.style, told[:PROMPTED]),
            rules_for(CHARACTER, tokens, brief, workshop),
        ),
        workshop.get("decoder", brief.decoder or "nucleus")(),
        tokens.prompt(form.teaching, wish.style, ()),
        characters.written(asked, marks)
        & ~characters.mask(set(OTHERS) - set(plan.persons) - set("".join(wish.keywords))),
        plan.subjects,
        _settings(brief, form, load_index(workshop, "zh", brief.options.get("index")), number),
    )


def _settings(brief: VerseBrief, form: Form, index: Index | None, number: int) -> Settings:
    """Prose is written with less daring than verse."""
    usual = Settings(14, 0.65, False, 0.4) if form.teaching in PROSE else Settings()
    drafts = int(cast("int | str", brief.options.get("drafts", usual.candidates)))
    temperature, seed = brief.temperature or usual.temperature, brief.seed * 1000 + number
    return replace(usual, candidates=drafts, temperature=temperature, seed=seed, index=index)


def _poem(brief: VerseBrief, form: Form, wish: Wish, plan: ModernPlan, piece: Piece, poet: ModernPoet) -> Poem:
    texts = [line for stanza in piece.stanzas for line in stanza]
    plain = ["".join(_HAN.findall(text)) for text in texts]
    notes = {
        "form": form.name,
        "variant": piece.variant,
        "book": form.book,
        "strictness": brief.strictness,
        "style": wish.style,
        "stanzas": len(piece.stanzas),
        "keywords": list(wish.keywords),
        "seed": brief.seed,
        "acrostic": brief.acrostic,
        "model": brief.model or "shipped",
        "missing": [word for word in wish.keywords if not any(word in line and stands(word, line) for line in plain)],
        "copied": copied(list("".join(plain)), "zh", poet.index),
        "plan": plan_as(plan.as_plan(brief.prompt or " ".join(brief.keywords), form.name, wish.given)),
        "prose": form.teaching in PROSE,
        "lines": [
            {
                "text": text,
                "characters": line,
                "pattern": "中" * len(line),
                "rhyme": rhyme,
                "rhyme_class": piece.classes.get(rhyme, ""),
                "refrain": refrain,
                "exceptions": [],
            }
            for text, line, (rhyme, refrain) in zip(texts, plain, piece.rhymes, strict=True)
        ],
    }
    return Poem(tuple(map(tuple, piece.stanzas)), form.name, "zh", _title(plan), notes=notes)


def _title(plan: ModernPlan) -> str:
    return f"给{plan.addressee}" if plan.addressee else "·".join(plan.subjects[:2])
