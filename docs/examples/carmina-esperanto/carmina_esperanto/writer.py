"""Keywords -> quatrains in Esperanto, with what proves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import carmina
from carmina import Form, FormLine, NoSolution, Poem, VerseBrief

from .hypothesis import Line, Metre
from .language import FUNCTION, Esperanto
from .ngrams import WORD, Ngrams, shipped

CANDIDATES = 24  # lines drafted for each that is kept
KEYWORD, AGAIN = 2.0, -1.5  # nats: a word that was asked for; one that the poem has already
TWICE = -4.0  # nats: a word twice in a line
COPIED = -6.0  # nats: a line that stands in our text
MOST_STANZAS = 12


class EsperantoVerse(carmina.Writer):
    """Every line is in metre and rhyme by construction; of several drafts the likeliest is kept."""

    name, summary = "verse-eo", "Esperanto quatrains from keywords"
    takes, gives, language, usual_form = "VerseBrief", "Poem", "eo", "kvarverso"

    def write(self, brief: VerseBrief, workshop: carmina.Workshop) -> Poem:
        """Same brief, same poem."""
        form = workshop.get("form", brief.form)
        return Poet(brief, form, workshop).poem()


class Poet:
    """One poem on its way."""

    def __init__(self, brief: VerseBrief, form: Form, workshop: carmina.Workshop):
        self.brief, self.form, self.workshop = brief, form, workshop
        self.model: Ngrams = shipped()
        self.speech = Esperanto()
        self.decoder = workshop.get("decoder", brief.decoder or "nucleus")()
        self.rng = np.random.default_rng([brief.seed, 0])
        self.stresses = [self._stresses(word) for word in self.model.words]
        self.metres: dict[str, Metre] = {}
        self.asked = {
            self.model.index[w] for key in brief.keywords for w in WORD.findall(key.lower()) if w in self.model.index
        }
        self.used: list[int] = []
        self.text = {tuple(line) for line in self.model.lines}

    def poem(self) -> Poem:
        """All stanzas, the certificate beside them."""
        ((variant, base),) = list(self.form.variants.items())[:1]
        many = self.brief.stanzas or self.form.repeat or 1
        if not 1 <= many <= MOST_STANZAS:
            raise carmina.BadOption("--stanzas", many, f"1 to {MOST_STANZAS}")
        stanzas = [self._stanza(base[0], number) for number in range(many)]
        claims = [claim for stanza in stanzas for claim in stanza]
        words = {word for claim in claims for word in WORD.findall(claim["text"].lower())}
        missing = [key for key in self.brief.keywords if not set(WORD.findall(key.lower())) <= words]
        notes = {
            "form": self.form.name,
            "variant": variant,
            "strictness": self.brief.strictness,
            "seed": self.brief.seed,
            "keywords": list(self.brief.keywords),
            "missing": missing,
            "lines": claims,
        }
        texts = tuple(tuple(claim["text"] for claim in stanza) for stanza in stanzas)
        return Poem(texts, self.form.name, "eo", notes=notes)

    def _stanza(self, lines: Sequence[FormLine], number: int) -> list[dict[str, Any]]:
        ends = self._ends(lines)
        found = []
        for at, line in enumerate(lines):
            ids = self._line(line, ends[line.rhyme] if line.rhyme else range(1, len(self.model.words)), number, at)
            self.used += ids
            if line.rhyme:
                ends[line.rhyme] = [word for word in ends[line.rhyme] if word != ids[-1]]
            found.append(self._claim(ids, line, closes=at + 1 == len(lines), number=number))
            self.workshop.progress((at + 1) / len(lines), "lines")
        return found

    def _ends(self, lines: Sequence[FormLine]) -> dict[str, list[int]]:
        """For each letter the words of one rhyme, enough of them that the poem has not used; asked words draw their
        rhyme."""
        letters = [line.rhyme for line in lines if line.rhyme]
        rhymes: Mapping[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.model.words):
            if at in self.model.ends:
                rhymes[self.speech.pronunciations(word)[0][-1].rhyme or ""].append(at)
        found: dict[str, list[int]] = {}
        for letter in dict.fromkeys(letters):
            fresh = {name: [w for w in words if w not in self.used] for name, words in rhymes.items()}
            usable = [
                name
                for name, words in fresh.items()
                if len(words) >= letters.count(letter) and fresh[name] not in found.values()
            ]
            if not usable:
                raise NoSolution("no rhyme is left for so many stanzas; ask for fewer (--stanzas).")
            weights = np.array([1.0 + 8 * len(self.asked & set(fresh[name])) for name in usable])
            found[letter] = fresh[usable[int(self.rng.choice(len(usable), p=weights / weights.sum()))]]
        return found

    def _line(self, line: FormLine, ends: Sequence[int], stanza: int, at: int) -> list[int]:
        pattern = line.patterns[0]
        metre = self.metres.setdefault(pattern, Metre(self.model, self.stresses, pattern))
        reach = metre.reach(ends)
        if not reach[0].any():
            raise NoSolution(
                f"no line of {pattern} ends in {self.model.words[ends[0]] if ends else 'a new rhyme'!r}. Change "
                "the seed."
            )
        wanted = np.zeros(len(self.model.words), np.float32)
        wanted[[w for w in set(self.used) if self.model.words[w] not in FUNCTION]] = AGAIN
        wanted[[w for w in self.asked if w not in self.used]] = KEYWORD
        many = self.brief.candidates or CANDIDATES
        drafts = self.workshop.generate(
            self.model,
            [Line(metre, reach, wanted) for _ in range(many)],
            self.decoder,
            [[self.brief.seed, stanza, at, number] for number in range(many)],
            self.brief.temperature or 1.0,
        )
        return max((draft.ids[1:] for draft, _nats in drafts), key=lambda ids: self._worth(ids, wanted))

    def _worth(self, ids: Sequence[int], wanted: np.ndarray) -> float:
        """Mean chance of a word (nats), what is wanted, and nothing copied whole."""
        chances = self.model.chances[[0, *ids[:-1]], list(ids)]
        copied = tuple(self.model.words[n] for n in ids) in self.text
        content = [n for n in ids if self.model.words[n] not in FUNCTION]
        twice = len(content) - len(set(content))
        return float(np.log(chances + 1e-9).mean() + wanted[list(ids)].sum() + COPIED * copied + TWICE * twice)

    def _claim(self, ids: Sequence[int], line: FormLine, closes: bool, number: int) -> dict[str, Any]:
        words = [self.model.words[n] for n in ids]
        text = " ".join(words)
        stresses = [self.stresses[n] for n in ids]
        return {
            "text": text[0].upper() + text[1:] + ("." if closes else ","),
            "words": [{"word": word, "stress": said} for word, said in zip(words, stresses, strict=True)],
            "syllables": sum(map(len, stresses)),
            "pattern": line.patterns[0],
            "rhyme": f"{line.rhyme}{number}" if line.rhyme else "",
            "rhyme_class": self.speech.pronunciations(words[-1])[0][-1].rhyme,
            "refrain": "",
            "exceptions": [],
        }

    def _stresses(self, word: str) -> str:
        return "".join(str(syllable.stress) for syllable in self.speech.syllabify([word])[0]) if word else ""
