"""Makes ``data/en-words.z`` and ``data/en.model``: ``python -m carmina_verse.making.words CORPUS``.

``python -m carmina_verse.making.words SOURCE own`` makes ``data/en-own-words.z`` of our own texts.

A line of the table is ``word count capitals phones...``: how often the corpus has the word, per cent of its uses inside
lines with a capital, and its pronunciation from the English lexicon (CMU Pronouncing Dictionary, BSD-2-Clause).
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from ..english.corpus import SLURS, passages
from ..english.text import MARKS, NO_MARK, words_of
from ..english.vocabulary import FORMS, PROMPT_MARKS, SIZE, STYLES
from .own_texts import read

LEAST, LEAST_OWN = 4, 2  # uses in the corpus, and in our own texts


def counted(folder: Path, english: Any) -> tuple[Counter[str], Counter[str]]:
    """How often each known word is used, and how often with a capital inside a line."""
    words: Counter[str] = Counter()
    capitals: Counter[str] = Counter()

    def seen(line: str) -> None:
        capitals.update(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+(?:'[a-z]+)?", line))

    for passage in passages(folder, english.knows, seen):
        if passage.split == "train":
            words.update(word for line in passage.lines for word in line if word not in MARKS)
    return words, capitals


def counted_own(folder: Path, english: Any) -> tuple[Counter[str], Counter[str]]:
    """The same of our own texts (``corpora/own-verse``)."""
    words: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for line in (line for text in read(folder / "en") for line in text.body.splitlines()):
        inside = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+(?:'[a-z]+)?", line)
        capitals.update(word.lower() for word in inside)
        words.update(word for word in words_of(line) if word not in MARKS and english.knows(word))
    return words, capitals


def table(words: Counter[str], capitals: Counter[str], english: Any, least: int = LEAST) -> str:
    """The lines of the table, the commonest word first."""
    rows = []
    for word, count in words.most_common():
        if count >= least and english.knows(word) and word not in SLURS and (len(word) > 1 or word in "aio"):
            share = 100 if word == "i" or word.startswith("i'") else min(100, 100 * capitals[word] // count)
            rows.append(f"{word} {count} {share} {' '.join(english.phonemes(word))}")
    return "\n".join(rows)


def pieces(words: Counter[str]) -> bytes:
    """The sentencepiece model: byte pairs inside words, the end of a word marked."""
    import sentencepiece

    model = io.BytesIO()
    rows = (f"{word}\t{count}" for word, count in words.items())
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=rows,
        input_format="tsv",
        model_writer=model,
        model_type="bpe",
        vocab_size=SIZE,
        pad_id=0,
        unk_id=1,
        bos_id=2,
        eos_id=3,
        add_dummy_prefix=False,
        treat_whitespace_as_suffix=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
        user_defined_symbols=[*MARKS, NO_MARK, *PROMPT_MARKS, *(f"<{n}>" for n in (*FORMS, *STYLES))],
    )
    return model.getvalue()


def main() -> None:
    """Write both files."""
    from carmina.conductor import Conductor

    english, data = Conductor().get("language", "en")(), Path(__file__).parents[1] / "data"
    if sys.argv[2:] == ["own"]:
        found = table(*counted_own(Path(sys.argv[1]), english), english, LEAST_OWN)
        (data / "en-own-words.z").write_bytes(zlib.compress(found.encode(), 9))
        return
    words, capitals = counted(Path(sys.argv[1]), english)
    (data / "en-words.z").write_bytes(zlib.compress(table(words, capitals, english).encode(), 9))
    (data / "en.model").write_bytes(pieces(Counter({word + " ": count for word, count in words.items()})))


if __name__ == "__main__":
    main()
