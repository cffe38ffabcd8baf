"""Keywords, a sentence or a beginning -> modern verse, a story, a rhyme for children or a song."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import numpy as np

from carmina import BadModel, Form, Poem, UnknownEntry, VerseBrief

from ..chinese.manners import favour
from ..drafting.ngrams import Mixed, NGrams
from ..drafting.page import Page
from ..drafting.particles import Search, search
from ..drafting.rules import rules_for
from ..drafting.scoring import MODERN, ModernScoring
from ..originality.opening import load_index
from ..originality.runs import copied
from ..planning.files import plan_as
from ..tasks import CHARACTER
from .judgement import ModernJudgement
from .kinds import PROSE, is_modern
from .plan import PERSONS, ModernPlan, changed, planned, stands
from .poet import Material, ModernPoet
from .request import Wish, check, understood
from .shapes import SHAPES, Shape
from .tokenizer import SIZE, ModernChinese
from .vocabulary import PROSE_MARKS, VERSE_MARKS, ModernCharacters

NETWORK = {
    "现代诗": 0.9,
    "分行": 0.85,
    "散文": 0.85,
    "小说": 0.85,
}  # share of the network beside n-grams; near the lowest bits on held-out texts of ours, which are of today
PROMPTED = 3  # keywords that the model is told of
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


class ModernStudio:
    """Everything that writing modern Chinese needs, opened once a work."""

    def __init__(self, workshop: Any, brief: VerseBrief, form: Form):
        self.workshop, self.brief, self.form = workshop, brief, form
        self.tokens, self.language = ModernChinese(), workshop.get("language", "zh")()
        self.characters = ModernCharacters(self.tokens, self.language)
        self.runner = opened(workshop, self.tokens, form.teaching, brief.model)
        self.rules = rules_for(CHARACTER, self.tokens, brief, workshop)
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()
        self.index = load_index(workshop, "zh", brief.options.get("index"))

    @property
    def scoring(self) -> ModernScoring:
        """The weights, with what the brief asks in place of its own."""
        usual = MODERN["prose" if self.form.teaching in PROSE else "verse"]
        drafts = int(cast("int | str", self.brief.options.get("drafts", usual.drafts)))
        return replace(usual, drafts=drafts, temperature=self.brief.temperature or usual.temperature)

    def poet(self, wish: Wish, plan: ModernPlan, number: int, shape: Shape | None = None) -> ModernPoet:
        """A text before its first line; ``number``: of the search."""
        characters, prompt = self.characters, self.tokens.prompt
        first = plan.images[0] if plan.images else ()
        told = [word for word in dict.fromkeys([*plan.subjects, *first]) if characters.ids(word)]
        asked = "".join(wish.keywords) + wish.text
        marks = {"现代诗": VERSE_MARKS, "分行": ""}.get(self.form.teaching, PROSE_MARKS)
        strangers = set(OTHERS) - set(plan.persons) - set("".join(wish.keywords))
        allowed = characters.written(asked + self.brief.acrostic, marks) & ~characters.mask(strangers)
        return ModernPoet(
            Material(
                characters,
                prompt(self.form.teaching, wish.style, ()),
                allowed,
                plan.subjects,
                favour(wish.style, characters.tokens.ids, SIZE),
            ),
            Page(self.runner, prompt(self.form.teaching, wish.style, told[:PROMPTED]), self.rules),
            self.decoder,
            ModernJudgement(
                self.scoring, "".join(plan.subjects) + wish.text, self.form.teaching not in PROSE, self.index
            ),
            self.brief.seed * 1000 + number,
            shape,
        )


def write(brief: VerseBrief, form: Form, workshop: Any) -> list[Poem]:
    """The texts, the best first."""
    check(brief, form)
    studio = ModernStudio(workshop, brief, form)
    wish = understood(brief, studio.language)
    many = brief.candidates or 1
    found: list[tuple[float, int, Poem]] = []
    for number in range(many):
        found += _texts(studio, wish, number, partial(_tell, workshop, number, many))
    return [poem for _score, _number, poem in sorted(found, key=lambda entry: (-entry[0], entry[1]))]


def _tell(workshop: Any, number: int, many: int, done: float) -> None:
    workshop.progress(min((number + done) / many, 1.0), "writing")


def _texts(studio: ModernStudio, wish: Wish, number: int, told: Any) -> list[tuple[float, int, Poem]]:
    """The particles of one search, each with its figure, as texts."""
    brief, form = studio.brief, studio.form
    rng = np.random.default_rng([brief.seed, number, 31])
    stanzas = brief.stanzas or form.repeat or len(next(iter(form.variants.values())))
    openers, casts = _openers(form, wish, stanzas, rng), CASTS.get(form.name, CAST)
    plan = planned(wish.keywords, wish.text, stanzas, rng, openers, casts)
    plan = changed(plan, brief.plan) if brief.plan is not None else plan
    shape = SHAPES[form.teaching](form, brief, wish, plan, rng)
    first = studio.poet(wish, plan, number, shape)
    weights = studio.scoring
    settings = Search(weights.particles, weights.drafts, weights.heat)
    poets: list[ModernPoet] = search(
        first,
        settings,
        np.random.default_rng([brief.seed * 1000 + number, 9]),
        lambda poet: told(poet.shape.at / sum(poet.shape.sizes)),
    )
    return [
        (
            poet.score / max(1, len(poet.lines)) - weights.missing * len(poet.standing.owed),
            number,
            _poem(studio, wish, plan, poet),
        )
        for poet in poets
    ]


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


def _poem(studio: ModernStudio, wish: Wish, plan: ModernPlan, poet: ModernPoet) -> Poem:
    brief, form = studio.brief, studio.form
    assert poet.shape is not None  # a whole text was written
    piece = poet.shape.piece()
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
        "copied": copied(list("".join(plain)), "zh", studio.index),
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
