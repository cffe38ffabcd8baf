"""English verse as ids: lines in reading order, but each from its end to its beginning, so that rhyme comes first.

A line is its closing mark (``/`` when it has none), then its words backwards, marks between them. Word ends are part of
the pieces, line ends are not written: fields of a step say how many syllables are left, which line it is, what it
rhymes with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Example, Poem, PromptedWork, Tokenizer

from ..corpus import draw
from ..own_styles import style_of
from .corpus import Passage, passages
from .text import MARKS, NO_MARK, ends
from .vocabulary import SIZE, Words
from .word_lists import FUNCTION_WORDS

LEFT, STANZA, ENDING, BACK, METRES = 18, 17, 21, 10, 4
HELD = 400  # passages of each kind that validate
FUNCTION = 260  # the commonest words are never keywords


class EnglishVerse(Tokenizer):
    """Words of English verse <-> ids."""

    name = "verse-en"
    summary = "English verse, pieces of words, each line from its rhyme to its beginning"
    field_sizes = (SIZE, LEFT, STANZA, ENDING, BACK, METRES)
    field_names = ("previous", "left", "line", "lines_left", "rhyme", "metre")
    unit = "character"
    writes = "Poem"

    def __init__(self) -> None:
        self.words = Words()
        self.of_word = lru_cache(maxsize=65536)(self._of_word)

    @cached_property
    def pieces(self) -> Any:
        """The sentencepiece model."""
        import sentencepiece

        return sentencepiece.SentencePieceProcessor(
            model_proto=files("carmina_verse").joinpath("data", "en.model").read_bytes()
        )

    def models(self) -> Mapping[str, Path]:
        """The shipped networks by name."""
        from ..drafting.shipped_models import shipped

        return shipped("en")

    def mark(self, name: str) -> int:
        """The id of a punctuation mark, or of ``<name>`` in prompts."""
        number = self.pieces.piece_to_id(name)
        assert number != self.pieces.unk_id(), name
        return number

    def _of_word(self, word: str) -> tuple[int, ...]:
        return (self.mark(word),) if word in MARKS else tuple(self.pieces.encode(word + " "))

    def line(self, tokens: Sequence[str]) -> list[int]:
        """The ids of one line of words and marks."""
        words, mark = ends(list(tokens))
        return [self.mark(mark), *(number for word in reversed(words) for number in self.of_word(word))]

    def encode(self, work: Sequence[str]) -> np.ndarray:
        """The words and marks of one line -> ids (T,)."""
        return np.array(self.line(work), np.int64)

    def decode(self, ids: np.ndarray) -> list[str]:
        """The ids of one line -> its words and marks in reading order."""
        pieces = [self.pieces.id_to_piece(int(number)) for number in ids]
        text = "".join(f"{p}▁" if p in MARKS else p for p in pieces[1:])
        words = [word for word in text.split("▁") if word][::-1]
        return words + [pieces[0]] if pieces[0] in MARKS else words

    def prompt(self, form: str, style: str, keywords: Sequence[str]) -> list[int]:
        """The ids before the first line."""
        ids = [self.pieces.bos_id(), self.mark(f"<{form}>"), self.mark(f"<{style}>")]
        for keyword in keywords:
            ids += [*self.of_word(keyword), self.mark("<and>")]
        return [*ids, self.mark("<verse>")]

    # ---- training

    def units(self, example: Example) -> int:
        """Letters and marks; the space or line end after each word counts."""
        return sum(len(self.pieces.id_to_piece(int(number))) for number in example.chosen if number >= 0)

    def classes(self) -> list[str]:
        """Marks, small words, other whole words and parts of words."""

        whole = {word.text for word in self.words.all}
        pieces = [self.pieces.id_to_piece(number) for number in range(SIZE)]
        return [
            "mark"
            if piece in (*MARKS, NO_MARK)
            else "function word"
            if piece[:-1] in FUNCTION_WORDS and piece[-1] == "▁"
            else "word"
            if piece[:-1] in whole and piece[-1] == "▁"
            else "part of a word"
            for piece in pieces
        ]

    def examples(self, folder: Path, workshop: Any) -> Iterator[Example]:
        """The passages of the corpus; keywords are drawn by their text."""
        english, sound = workshop.get("language", "en")(), self.heard(workshop)
        held = {"author": 0, "poem": 0}
        for passage in passages(folder, lru_cache(maxsize=None)(english.knows)):
            if passage.split == "validation":
                held[passage.kind] += 1
                if held[passage.kind] > HELD:
                    continue
            yield self.example(passage, sound)

    def style_of(self, folder: Path, workshop: Any) -> dict[str, Any]:
        """The period or poet that most of the corpus is taught under."""
        return style_of(
            (passage.author or passage.period for passage in passages(folder, workshop.get("language", "en")().knows)),
            self.name,
        )

    def heard(self, workshop: Any) -> Any:
        """What :meth:`example` asks of a word: its stresses and rhyme, remembered."""
        english = workshop.get("language", "en")()
        return lru_cache(maxsize=None)(lambda word: _sound(english, word))

    def people(self, folder: Path, workshop: Any) -> Iterator[PromptedWork]:
        """Passages in forms that are written too."""
        from ..teaching import english_people

        return english_people(folder, workshop)

    def attempt(self, prompt: str, seed: int, model: str, workshop: Any) -> Poem:
        """The first poem that comes; ``prompt``: FORM: WORD WORD."""
        from ..teaching import english_attempt

        return english_attempt(prompt, seed, model, workshop)

    def traced(self, work: Poem, workshop: Any) -> list[Example]:
        """A poem as one sequence."""
        from ..teaching import english_traced

        return english_traced(self, work, workshop)

    def example(self, passage: Passage, sound: Any, keywords: Sequence[str] | None = None) -> Example:
        """A passage as one training sequence; ``sound``: a word -> its stresses and rhyme. Keywords are drawn unless
        given."""
        rng = np.random.default_rng(draw(repr(passage.lines)))
        style = passage.author if passage.author and rng.random() < 0.75 else passage.period
        prompt = self.prompt(passage.form, style, self._keywords(passage, rng) if keywords is None else keywords)
        lines = [self.line(line) for line in passage.lines]
        whole = np.array([*prompt, *(number for line in lines for number in line)])
        steps = np.zeros((len(whole) - 1, len(self.field_sizes)), np.int16)
        steps[:, 0] = whole[:-1]
        steps[len(prompt) - 1 :, 1:] = [row for rows in self._places(passage, sound) for row in rows]
        chosen = whole[1:].astype(np.int16)
        chosen[: len(prompt) - 1] = -1
        return Example(steps, chosen, passage.split, passage.kind, piece=passage.piece)

    def _keywords(self, passage: Passage, rng: np.random.Generator) -> list[str]:
        table = self._rank
        words = sorted({w for line in passage.lines for w in line if FUNCTION <= table.get(w, 0) < 12000})
        many = min(len(words), int(rng.choice(5, p=(0.15, 0.2, 0.3, 0.2, 0.15))))
        return [str(word) for word in rng.choice(words, many, replace=False)] if many else []

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {word.text: rank for rank, word in enumerate(self.words.all)}

    def _places(self, passage: Passage, sound: Any) -> Iterator[list[tuple[int, ...]]]:
        """For each line, the fields of each of its ids."""
        total, number, rhymes = len(passage.lines), 0, []
        for stanza in passage.stanzas:
            for at, line in enumerate(stanza):
                words, _mark = ends(list(line))
                rhymes.append((words[-1], sound(words[-1])[1]))
                stresses = [sound(word)[0] for word in words if word not in MARKS]
                where = (
                    min(at + 1, STANZA - 1),
                    min(total - number, ENDING - 1),
                    back(rhymes),
                    metre("".join(stresses), stresses),
                )
                yield self._line_places(words, sound, where)
                number += 1

    def _line_places(self, words: Sequence[str], sound: Any, where: tuple[int, ...]) -> list[tuple[int, ...]]:
        left = sum(len(sound(word)[0]) for word in words if word not in MARKS)
        rows = [(min(left, LEFT - 1), *where)]
        for word in reversed(words):
            rows += [(max(1, min(left, LEFT - 1)), *where)] * len(self.of_word(word))
            left -= len(sound(word)[0]) if word not in MARKS else 0
        return rows


@lru_cache(maxsize=1)
def tokens_of_verse() -> EnglishVerse:
    """One for the whole process: it remembers the pieces of words."""
    return EnglishVerse()


def _sound(english: Any, word: str) -> tuple[str, str]:
    """Stress digits and rhyme class of a word."""
    phones = english.phonemes(word)
    found = english.pronunciations(word)
    digits = "".join(phone[-1] for phone in phones if phone[-1].isdecimal())
    return digits or "1", (found[0][-1].rhyme or "") if found and found[0] else ""


def back(rhymes: Sequence[tuple[str, str]]) -> int:
    """1: the last line rhymes with none of the eight before; 1 + n: with the one n lines before (another word)."""
    word, rhyme = rhymes[-1]
    for distance, (other, other_rhyme) in enumerate(reversed(rhymes[:-1]), 1):
        if distance > BACK - 2:
            break
        if rhyme and rhyme == other_rhyme and word != other:
            return 1 + distance
    return 1


def metre(digits: str, stresses: Sequence[str]) -> int:
    """1: longer words put their stress on even syllables (iambic); 2: on odd ones (trochaic); 3: neither."""
    even = odd = True
    at = 0
    for word in stresses:
        if len(word) > 1:
            place = at + (word.index("1") if "1" in word else 0)
            even, odd = even and place % 2 == 1, odd and place % 2 == 0
        at += len(word)
    return 1 if even else 2 if odd else 3
