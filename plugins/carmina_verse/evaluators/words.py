"""Whether a poem's words exist, and whether they are about its keywords: the evaluators ``lexicon`` and
``keywords``."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from carmina import Figure, Poem

from ..drafting.associations import Associations
from ..scansion.english import words_in
from ..scansion.faults import HAN
from .base import PoemMeasure, Values, language_of, share

MOST_KEYWORDS = 50
ASSOCIATED = ("en", "zh")  # languages whose associations ship


class Lexicon(PoemMeasure):
    """Lexical reality: are these words?"""

    name, summary = "lexicon", "whether the words exist"
    specs = (
        Figure(
            "words_known",
            None,
            definition="English: share of words that the pronouncing lexicon has, as they stand or "
            "without an ending ('s, 'd); Chinese: share of characters that a rhyme book has",
        ),
        Figure(
            "in_words",
            None,
            "human",
            definition="Chinese: share of characters that stand in words of two or more, as the language cuts the line",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        language = self.language(poem)
        if language_of(poem) == "zh":
            return _chinese(language, poem)
        words = [word for text in poem.lines for word in words_in(text)]
        return {"words_known": share(sum(known(language, word) for word in words), len(words))}


def known(language: Any, word: str) -> bool:
    """Whether the lexicon has a word, or the word that its ending hangs on."""
    return any(
        language.knows(form)
        for form in (word, word.strip("'"), re.sub(r"'(s|d|st|t|ll|re|ve)?$", "", word), re.sub(r"'d$", "ed", word))
    )


def _chinese(language: Any, poem: Poem) -> Values:
    lines = [text for line in poem.lines if (text := "".join(HAN.findall(line)))]
    cut = [syllable for line in lines for syllable in language.syllabify([line])[0]]
    characters = [c for line in lines for c in line]
    return {
        "words_known": share(
            sum(
                language.level(c, "pingshui") is not None or bool(language.rhyme_class(c, "xinyun")) for c in characters
            ),
            len(characters),
        ),
        "in_words": share(sum(s.place != "single" for s in cut), len(cut)),
    }


class Keywords(PoemMeasure):
    """What was asked for (``--keywords``, or the certificate of a poem.json). Without keywords, undefined."""

    name, summary = "keywords", "whether the poem has its keywords, and is about them"
    specs = (
        Figure(
            "keywords_present",
            None,
            definition="share of the keywords that stand in the text, whatever their capitals or plural",
        ),
        Figure(
            "keyword_relevance",
            None,
            "human",
            definition="mean nearness of the other content words to the nearest keyword, by "
            "cosine of vectors that tell which words keep company in the corpus (0: none)",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        asked = keywords_of(poem)
        if not asked:
            return {}
        chinese = language_of(poem) == "zh"
        text = "".join(poem.lines).lower()
        words = HAN.findall(text) if chinese else [word for line in poem.lines for word in words_in(line)]
        present = [key for key in asked if (key in text if chinese else _stands(key, words))]
        about = self._relevance(asked, words, chinese) if language_of(poem) in ASSOCIATED else None
        return {"keywords_present": len(present) / len(asked), "keyword_relevance": about}

    def _relevance(self, asked: list[str], words: list[str], chinese: bool) -> float | None:
        parts = [c for key in asked for c in key] if chinese else [part for key in asked for part in key.split()]
        table = Associations.shipped("zh" if chinese else "en")
        rest = [word for word in words if word in table.index and word not in parts]
        keys = [table.index[part] for part in parts if part in table.index]
        if not keys or not rest:
            return None
        cosines = table.vectors[[table.index[word] for word in rest]] @ table.vectors[keys].T  # (rest, keys)
        return float(np.maximum(cosines.max(axis=1), 0).mean())


def keywords_of(poem: Poem) -> list[str]:
    """The keywords in a poem's notes, lower case."""
    raw = poem.notes.get("keywords", ())
    found = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple) else []
    return [text for word in found[:MOST_KEYWORDS] if (text := str(word).strip().lower())]


def _stands(key: str, words: list[str]) -> bool:
    spelt = words_in(key)
    stems = [word.removesuffix("'s").rstrip("s") for word in words]
    wanted = [word.removesuffix("'s").rstrip("s") for word in spelt]
    return bool(wanted) and any(stems[at : at + len(wanted)] == wanted for at in range(len(stems)))
