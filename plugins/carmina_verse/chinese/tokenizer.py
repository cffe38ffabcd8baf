"""Chinese verse as ids: one a character, with what the form says of each place beside it.

A sequence is a prompt (form, period or poet, keywords) and then the characters; line ends are not written, because the
fields say where they fall. Fields of a step describe the character that is to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Example, Poem, PromptedWork, Tokenizer

from ..corpus import draw
from ..own_styles import style_of
from .corpus import AUTHORS, TUNES, Verse, rhyme_class, rhymed, verses

FORMS = ("五绝", "七绝", "五律", "七律", "古体", "现代诗", "词", *TUNES)
PERIODS = ("古", "唐", "宋", "元", "明", "清", "现代")
MARKS = tuple(f"<{name}>" for name in ("verse", "and", *FORMS, *PERIODS, *AUTHORS))
SIZE = 4608
LINES, LEFT = 32, 26
SPECIAL = 4  # ids of the sentencepiece model's own
COMMON = ((100, "commonest 100"), (500, "101-500"), (1500, "501-1500"), (SIZE, "rarer"))


class ChineseVerse(Tokenizer):
    """Characters of Chinese verse <-> ids."""

    name = "verse-zh"
    summary = "Chinese verse, one id a character, with place in line and poem and rhyme beside it"
    field_sizes = (SIZE, LEFT, LINES + 1, LINES + 1, 3, 20)
    field_names = ("previous", "left", "line", "lines_left", "rhymed", "rhyme")
    unit = "character"
    writes = "Poem"

    @cached_property
    def pieces(self) -> Any:
        """The sentencepiece model of characters."""
        import sentencepiece

        return sentencepiece.SentencePieceProcessor(
            model_proto=files("carmina_verse").joinpath("data", "zh.model").read_bytes()
        )

    def models(self) -> Mapping[str, Path]:
        """The shipped networks by name."""
        from ..drafting.shipped_models import shipped

        return shipped("zh")

    def mark(self, name: str) -> int:
        """The id of a form, period, poet, or of ``verse`` and ``and``."""
        number = self.pieces.piece_to_id(f"<{name}>")
        assert number != self.pieces.unk_id(), name
        return number

    def encode(self, work: str) -> np.ndarray:
        """Characters -> ids (T,); unknown ones become id 1."""
        return np.array([self.pieces.piece_to_id(character) for character in work], np.int64)

    def decode(self, ids: np.ndarray) -> str:
        """ids -> characters; prompt marks are lost."""
        words = (self.pieces.id_to_piece(int(number)) for number in ids)
        return "".join(word for word in words if len(word) == 1)

    def prompt(self, form: str, style: str, keywords: Sequence[str]) -> list[int]:
        """The ids before the first character."""
        ids = [self.pieces.bos_id(), self.mark(form), self.mark(style)]
        for keyword in keywords:
            ids += [n for n in self.encode(keyword).tolist() if n != self.pieces.unk_id()] + [self.mark("and")]
        return [*ids, self.mark("verse")]

    def units(self, example: Example) -> int:
        """Characters."""
        return int((example.chosen >= 0).sum())

    def classes(self) -> list[str]:
        """How common a character is: ids after the marks go by how often the corpus has them."""
        first = SPECIAL + len(MARKS)
        return [
            "mark" if at < first else next(name for last, name in COMMON if at - first < last) for at in range(SIZE)
        ]

    def examples(self, folder: Path, workshop: Any) -> Iterator[Example]:
        """The poems of the corpus; a poem with an unknown character is left out. Keywords are drawn by the poem's
        text."""
        held = {"author": 0, "poem": 0}
        for verse in verses(folder):
            if verse.split == "validation":
                held[verse.kind] += 1
                if held[verse.kind] > 700:
                    continue
            text = self.encode("".join(verse.lines))
            if self.pieces.unk_id() not in text:
                yield self.example(verse, text)

    def style_of(self, folder: Path, workshop: Any) -> dict[str, Any]:
        """The period or poet that most of the corpus is taught under."""
        return style_of((verse.author or verse.period for verse in verses(folder)), self.name)

    def people(self, folder: Path, workshop: Any) -> Iterator[PromptedWork]:
        """Poems in forms that are written too."""
        from ..teaching import chinese_people

        return chinese_people(folder, workshop)

    def attempt(self, prompt: str, seed: int, model: str, workshop: Any) -> Poem:
        """The first poem that comes; ``prompt``: FORM: WORD WORD."""
        from ..teaching import chinese_attempt

        return chinese_attempt(prompt, seed, model, workshop)

    def traced(self, work: Poem, workshop: Any) -> list[Example]:
        """A poem as one sequence."""
        from ..teaching import chinese_traced

        return chinese_traced(self, work)

    def example(self, verse: Verse, text: np.ndarray, keywords: Sequence[str] | None = None) -> Example:
        """A poem of known characters as one training sequence; keywords are drawn unless given."""
        chance = draw("".join(verse.lines))
        style = verse.author if verse.author and chance % 4 else verse.period
        prompt = self.prompt(verse.form, style, drawn_keywords(verse, chance) if keywords is None else keywords)
        whole = np.concatenate([prompt, text])
        steps = np.zeros((len(whole) - 1, len(self.field_sizes)), np.int16)
        steps[:, 0] = whole[:-1]
        steps[len(prompt) - 1 :, 1:] = places(verse.form, verse.lines)
        chosen = whole[1:].astype(np.int16)
        chosen[: len(prompt) - 1] = -1
        return Example(steps, chosen, verse.split, verse.kind, piece=verse.piece)


def drawn_keywords(verse: Verse, chance: int) -> list[str]:
    """None to three keywords of a poem, now and then two characters of its title."""
    rng = np.random.default_rng(chance)
    given = [word for word in verse.keywords if 1 <= len(word) <= 2]
    rng.shuffle(given)
    words = given[: int(rng.choice(4, p=(0.15, 0.3, 0.35, 0.2)))]
    title = "".join(c for c in verse.title if "一" <= c <= "鿿") if verse.form not in TUNES else ""
    if 2 <= len(title) <= 8 and rng.random() < 0.3:
        at = int(rng.integers(len(title) - 1))
        words.insert(0, title[at : at + 2])
    return words


def places(form: str, lines: Sequence[str]) -> np.ndarray:
    """(characters, F - 1) what is told of each place."""
    rhymes = rhymed(form, lines)
    classes = [rhyme_class(line[-1]) for line in lines]
    return layout([len(line) for line in lines], rhymes, classes)


def layout(lengths: Sequence[int], rhymes: Sequence[bool], classes: Sequence[int]) -> np.ndarray:
    """As :func:`places`, from each line's length, whether it rhymes, and its rhyme class (used where it rhymes)."""
    rows, total = [], len(lengths)
    for at, length in enumerate(lengths):
        ahead = next((n for n in range(at, total) if rhymes[n]), None)
        rhyme = classes[ahead] if ahead is not None else 0
        rows += [
            (left, min(at + 1, LINES), min(total - at, LINES), 1 + rhymes[at], rhyme) for left in range(length, 0, -1)
        ]
    return np.array(rows, np.int16)
