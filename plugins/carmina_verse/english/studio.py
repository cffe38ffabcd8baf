"""Everything that writing English verse needs, opened once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from carmina import BadInput, Plan, VerseBrief

from ..drafting.associations import Associations
from ..drafting.request_checks import plain_latin
from ..external.backends import Pages
from ..originality.opening import load_index
from ..planning import said
from .lexicon import Resaid, Sounds, resaid
from .manners import Manners
from .pictures import pieces_of_pictures
from .request import OLD_STYLES, Request, to_appear
from .rhymes import BAD_ENDS, COMMON_END, TWO_WAYS
from .task import Written
from .text import MARKS, words_of
from .tokenizer import tokens_of_verse
from .typography import capital
from .vocabulary import Word

PROMPT_KEYWORDS = 4
NO_IMAGES = frozenset("said says made make went goes came come thing things way one ones something nothing".split())
NAME = 60  # per cent of its uses with a capital that make a word a name


@lru_cache(maxsize=4)
def _sounds(extra: tuple[Word, ...], said: Resaid) -> Sounds:
    return Sounds(tokens_of_verse(), extra, said)


class EnglishStudio:
    """Everything that writing English verse needs, opened once."""

    def __init__(self, workshop: Any, brief: VerseBrief, extra: Sequence[str] = ()):
        self.workshop = workshop
        self.language = workshop.get("language", "en")()
        self.tokens = tokens_of_verse()
        own = (word for text in extra if (word := self._spelt(text)) is not None)
        self.sounds = _sounds(tuple(dict.fromkeys(own)), resaid(self.language, self.tokens))
        self.associations = Associations.shipped("en")
        self.index = load_index(workshop, "en", brief.options.get("index"))
        self.pages = Pages(workshop, self.tokens, brief)
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()

    def _spelt(self, text: str) -> Word | None:
        """A word that the table lacks, as it is likely to be said."""
        if text in self.tokens.words.by_text:
            return None
        phones = self.language.phonemes(text)
        return Word(text, 1, 0, phones) if any(phone[-1].isdecimal() for phone in phones) else None

    def word(self, text: str) -> int | None:
        """The number of a word."""
        return self.sounds.index.get(text)

    def allowed(self, request: Request, plan: Plan) -> np.ndarray:
        """(words,) what may be written: common words, no names, nothing archaic unless the style or the plan wants
        it."""
        sounds = self.sounds
        allowed = sounds.common & ~sounds.names
        if request.style not in OLD_STYLES:
            allowed &= ~sounds.archaic
        told = [word for stanza in plan.stanzas for word in (*stanza.images, *stanza.ends)] + said.told(plan.stanzas)
        for text in (*to_appear(request), *plan.images, *told):
            if text in sounds.index:
                allowed[sounds.index[text]] = True
        return allowed

    def prompted(self, request: Request, plan: Plan) -> list[str]:
        """Keywords for the model's prompt: those that it knows, and images in the place of those that it does not."""
        known = self.tokens.words.by_text
        words = [word for word in request.keywords if word in known]
        words += [word for word in plan.images if word in known and word not in words]
        rng = np.random.default_rng([request.brief.seed, 5])
        first = words[: max(PROMPT_KEYWORDS, len([w for w in request.keywords if w in known]))]
        return [first[n] for n in sorted(rng.permutation(len(first))[:PROMPT_KEYWORDS])]

    def line(self, text: str) -> Written:
        """A line that a person wrote."""
        tokens = words_of(plain_latin(text))
        words = [word for word in tokens if word not in MARKS]
        unsaid = next((word for word in words if word not in self.sounds.index), "" if words else text)
        if unsaid or not words:
            raise BadInput(f"no way to say {unsaid!r} in the line {text!r} is known. Write the line in English words.")
        return Written(tokens, [self.sounds.index[word] for word in words], "")

    def names(self, spelt: Mapping[str, str]) -> dict[str, str]:
        """How words with capitals are printed: names of the corpus, and what was asked for."""
        table = self.tokens.words
        own = {
            word: text
            for word, text in spelt.items()
            if word not in table.by_text or table.by_text[word].capital >= NAME
        }
        return {word.text: capital(word.text) for word in table.all if word.capital >= NAME} | own

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Words that are no images: small ones, names, old ones."""
        sounds = self.sounds
        mask = sounds.function | sounds.names | sounds.archaic | ~self._pictures
        return frozenset(sounds.words[at].text for at in np.flatnonzero(mask)) | NO_IMAGES

    @cached_property
    def _pictures(self) -> np.ndarray:
        """(words,) that stand behind an article or a possessive often enough to name or paint something."""
        found = pieces_of_pictures(self.tokens)
        return np.array([found[pieces[-1]] for pieces in self.sounds.pieces])

    @cached_property
    def worn(self) -> np.ndarray:
        """(words,) nats by which each is worn as an end word."""
        return Manners.shipped().worn_costs([word.text for word in self.sounds.words])

    def favour(self, style: str) -> np.ndarray | None:
        """(words,) nats by which the poet of this style has each more readily; None where nobody was counted."""
        manners = Manners.of(style)
        return manners.favour([word.text for word in self.sounds.words]) if manners.words else None

    @cached_property
    def endings(self) -> np.ndarray:
        """(words,) that a plan may put at the end of a line."""
        sounds = self.sounds
        mask = sounds.common & ~sounds.names & ~sounds.archaic & (sounds.counts >= COMMON_END)
        return mask & ~np.array([word.text in BAD_ENDS or word.text in TWO_WAYS for word in sounds.words])
