"""Modern Chinese as ids: one a character, a mark or a line end, with what is planned of each place beside it.

A sequence is a prompt (kind, period or author, keywords) and then the text. Verse and lines may be written freely (all
fields but the first are 0) or to a plan: what is left of the line, the place of the line, and the rhyme it goes to.
Prose that ends a piece knows how much is left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Example, Tokenizer

from ..chinese.corpus import rhyme_class, rhymed, verses
from ..corpus import draw
from ..own_styles import style_of
from .corpus import AUTHORS, KINDS, MARKS, Passage, in_lines, passages
from .subjects import Subjects

SIZE = 4608
LEFT, LINES = 26, 32
PERIODS = ("现代", "明清", "古典")
CLASSICAL = ("绝句", "律诗", "古体", "词")
SPECIAL = ("<pad>", "<unk>", "<bos>", "<eos>", "<verse>", "<and>", "\n", "\n\n")
NAMES = tuple(f"<{name}>" for name in (*KINDS, *CLASSICAL, *PERIODS, *AUTHORS))
PAD, UNKNOWN, BOS, EOS, VERSE, AND, LINE_END, STANZA_END = range(8)
COPIES = 12  # times that a pass holds every poem, each with other keywords
IN_LINES = 0.3  # share of prose that is shown in lines
CLASSICAL_SHARE = 60  # one classical poem in so many is shown
PROSE_STEP = 16  # symbols of prose that are one step of what is left of it


class ModernChinese(Tokenizer):
    """Characters of modern Chinese <-> ids."""

    name = "modern-zh"
    summary = (
        "modern Chinese prose and verse, one id a character, mark or line end, with plans of lines and rhymes beside it"
    )
    field_sizes = (SIZE, LEFT, LINES + 1, LINES + 1, 3, 20)
    field_names = ("previous", "left", "line", "lines_left", "rhymed", "rhyme")
    unit = "character"

    @cached_property
    def pieces(self) -> list[str]:
        """id -> piece: special ones, names, marks, then characters, the commonest first."""
        characters = files("carmina_verse").joinpath("data", "zh-modern-characters.txt").read_text("utf-8").strip()
        return [*SPECIAL, *NAMES, *MARKS, *characters][:SIZE]

    @cached_property
    def ids(self) -> dict[str, int]:
        """piece -> id."""
        return {piece: number for number, piece in enumerate(self.pieces)}

    def models(self) -> Mapping[str, Path]:
        """The shipped networks by name."""
        folder = Path(str(files("carmina_verse").joinpath("data")))
        return {path.stem: path for path in sorted(folder.glob("modern-zh-*.safetensors"))}

    def mark(self, name: str) -> int:
        """The id of a kind, period or author, or of ``verse`` and ``and``."""
        return self.ids[f"<{name}>"]

    def encode(self, work: str) -> np.ndarray:
        """Text -> ids (T,), an empty line standing between stanzas; unknown characters become id 1."""
        out = []
        for piece in work.replace("\n\n", "\v"):
            out.append(STANZA_END if piece == "\v" else self.ids.get(piece, UNKNOWN))
        return np.array(out, np.int64)

    def decode(self, ids: np.ndarray) -> str:
        """ids -> text; names of the prompt are lost."""
        first = len(SPECIAL) + len(NAMES)
        return "".join(self.pieces[n] for n in map(int, ids) if n >= first or n in (LINE_END, STANZA_END))

    def prompt(self, kind: str, style: str, keywords: Sequence[str]) -> list[int]:
        """The ids before the first character."""
        out = [BOS, self.mark(kind), self.mark(style)]
        for word in keywords:
            out += [n for n in self.encode(word).tolist() if n != UNKNOWN] + [AND]
        return [*out, VERSE]

    def units(self, example: Example) -> int:
        """Symbols."""
        return int((example.chosen >= 0).sum())

    def style_of(self, folder: Path, workshop: Any) -> dict[str, Any]:
        """The period or author that most of the corpus is taught under."""
        return style_of((passage.author or passage.period for passage in passages(folder)), self.name)

    def examples(self, folder: Path, workshop: Any) -> Iterator[Example]:
        """The passages of the corpus: prose, some of it in lines, poems several times, and a few classical poems."""
        texts = list(passages(folder))
        subjects = Subjects(["".join(text.lines) for text in texts if text.split == "train"])
        for text in texts:
            many = COPIES if text.kind == "现代诗" and text.split == "train" else 1
            for copy in range(many):
                yield self.example(text, subjects, copy)
        for verse in verses(folder):
            kind = {"五绝": "绝句", "七绝": "绝句", "五律": "律诗", "七律": "律诗", "古体": "古体", "现代诗": ""}.get(
                verse.form, "词"
            )
            if kind and verse.split == "train" and draw("m" + "".join(verse.lines)) % CLASSICAL_SHARE == 0:
                yield self.example(Passage(kind, "", "古典", verse.lines, True, "train"), subjects, 0)

    def example(self, text: Passage, subjects: Subjects, copy: int) -> Example:
        chance = draw("".join(text.lines) + str(copy))
        rng = np.random.default_rng(chance)
        if text.kind in ("散文", "小说") and text.split == "train" and rng.random() < IN_LINES:
            text = in_lines(text) or text
        style = text.author if text.author and rng.random() < 0.6 else text.period
        words = subjects.of("".join(text.lines))[:5]
        rng.shuffle(words)
        keywords = words[: int(rng.choice(4, p=(0.2, 0.25, 0.3, 0.25)))]
        prompt = self.prompt(text.kind, style, keywords)
        body, fields = self.laid(text, rng)
        whole = np.concatenate([prompt, body])
        steps = np.zeros((len(whole) - 1, len(self.field_sizes)), np.int16)
        steps[:, 0] = whole[:-1]
        steps[len(prompt) - 1 :, 1:] = fields
        chosen = np.where(whole[1:] == UNKNOWN, -1, whole[1:]).astype(np.int16)
        chosen[: len(prompt) - 1] = -1
        return Example(steps, chosen, text.split, text.kind if text.split != "train" else "", piece=text.piece)

    def laid(self, text: Passage, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """ids (T,) and fields (T, F - 1) of a passage, its plan shown or hidden by chance (shown in part of validation
        too)."""
        if text.kind in ("散文", "小说"):
            body = self.encode("\n".join(text.lines))
            if text.ends:
                body = np.append(body, EOS)
            return body, ending(len(body)) if text.ends else np.zeros((len(body), 5), np.int16)
        bare = [line for line in text.lines if line]
        body = np.append(
            self.encode("\n".join(text.lines).replace("\n\n", "\v").replace("\v", "\n\n")),
            EOS if text.ends else LINE_END,
        )
        if rng.random() < (0.45 if text.kind == "现代诗" else 0.1):
            return body, np.zeros((len(body), 5), np.int16)
        finals = [rhyme_class(last_character(line)) for line in bare]
        if text.kind in ("分行",):
            rhymes = list(rng.random(len(bare)) < 0.4)
        else:
            rhymes = list(rhymed("", [last_character(line) or "一" for line in bare]))
        return body, planned([len(line) for line in bare], rhymes, finals)


def last_character(line: str) -> str:
    """The last character of a line that is no mark."""
    return next((c for c in reversed(line) if c not in MARKS), "")


def planned(lengths: Sequence[int], rhymes: Sequence[bool], finals: Sequence[int]) -> np.ndarray:
    """(symbols and line ends, F - 1): what is left of the line (0 at its end), its place, whether it rhymes and on
    which final."""
    rows, total = [], len(lengths)
    for at, length in enumerate(lengths):
        rhyme = finals[at] if rhymes[at] else 0
        rows += [
            (min(left, LEFT - 1), min(at + 1, LINES), min(total - at, LINES), 1 + int(rhymes[at]), rhyme)
            for left in range(length, -1, -1)
        ]
    return np.array(rows, np.int16)


def ending(length: int) -> np.ndarray:
    """(length, F - 1): how many steps of ``PROSE_STEP`` symbols are left of a piece of prose, at most ``LINES``."""
    rows = np.zeros((length, 5), np.int16)
    rows[:, 2] = [min(LINES, math.ceil((length - at) / PROSE_STEP)) for at in range(length)]
    return rows
