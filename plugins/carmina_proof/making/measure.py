"""Figures of proofreading: ``python -m carmina_proof.making.measure POETRY --language en --part test --lines 1000``.

Slips are planted in held-out texts of POETRY (the folder of the corpora): ``development`` are single poems of authors
that were read, ``test`` whole authors that nothing here has read. ``--strangers FOLDER`` holds pyspellchecker.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina.conductor import Conductor

from ..figures import planting, planting_zh
from ..figures.scoring import Score
from ..findings import Finding
from ..page import read_page
from ..suggestions import proofread
from .counts import draw, modern_held, records

CUT = 30  # lines of a text that are read
REGULAR = ("sonnet", "ballad/common metre", "long metre quatrains", "heroic couplets", "short metre")
AFTER = 1760  # authors who died before it spelt otherwise
OWN_HELD = 16  # one of our own texts in so many is no teacher of the networks
Lines = list[str]


def english(poetry: Path, test: bool) -> Iterator[Lines]:
    """Held-out poems in English."""
    for poem in records(poetry / "en-gutentag.jsonl.zst"):
        author = poem.get("author", "")
        whole = bool(author) and "various" not in author and draw("a" + author) % 60 == 0
        single = not whole and draw("p" + poem["id"]) % 120 == 0
        if (whole if test else single) and (poem.get("author_died") or 1900) > AFTER:
            yield _lined(poem["stanzas"])


def modern(poetry: Path, test: bool) -> Iterator[Lines]:
    """Held-out modern verse, and prose in clauses."""
    for name in ("zh-modern.jsonl.zst", "zh-sheepzh-poetry.jsonl.zst"):
        for record in records(poetry / name):
            if not modern_held(record) or record.get("dynasty") in ("明", "清"):
                continue
            if bool(draw("h" + record.get("author", "") + record.get("title", "").split(" [")[0]) % 2) == test:
                prose = [
                    c
                    for text in record.get("paragraphs", ())
                    for c in re.findall(r"[^，。！？；]+[，。！？；”]*", text)
                ]
                yield prose or _lined(record["stanzas"])


def old(poetry: Path, test: bool) -> Iterator[Lines]:
    """Held-out regulated verse."""
    for poem in records(poetry / "zh-chinese-poetry.jsonl.zst"):
        author = poem.get("author", "")
        held = bool(author) and draw("a" + author) % 60 == 0 or draw("p" + poem["id"]) % 120 == 0
        if held and poem.get("regulated") and bool(draw("h" + poem["id"]) % 2) == test:
            yield _lined(poem["stanzas"])


def strict(poetry: Path, test: bool) -> Iterator[Lines]:
    """Held-out poems in English whose form is regular by the corpus's own rule."""
    for poem in records(poetry / "en-gutentag.jsonl.zst"):
        author = poem.get("author", "")
        whole = bool(author) and "various" not in author and draw("a" + author) % 60 == 0
        if not (whole if test else not whole and draw("p" + poem["id"]) % 120 == 0):
            continue
        lines = _lined(poem["stanzas"])
        if poem["form"] in REGULAR and 8 <= len(lines) <= CUT and (poem.get("author_died") or 1900) > AFTER:
            yield lines


def written(paths: Sequence[Path]) -> Iterator[Lines]:
    """Poems of files: each begins with a line ``===``, and its text stands below the next ``---``."""
    for path in paths:
        for block in path.read_text("utf-8").split("===\n")[1:]:
            text = block.partition("\n---\n")[2].strip("\n")
            if text:
                yield text.split("\n")


def own(language: str) -> Any:
    """Our own texts that the networks validate on, half of them for development."""

    def read(folder: Path, test: bool) -> Iterator[Lines]:
        for path in sorted((folder / language).glob("*.txt")):
            for block in path.read_text("utf-8").split("===\n")[1:]:
                head, _, text = block.partition("\n---\n")
                number = draw("own" + head.partition("id:")[2].split()[0])
                if number % OWN_HELD == 0 and bool(number // OWN_HELD % 2) == test:
                    yield text.strip("\n").split("\n")

    return read


def _lined(stanzas: Sequence[Sequence[str]]) -> Lines:
    return [line for stanza in stanzas for line in (*stanza, "")][:-1]


TEXTS = {
    "en": english,
    "en-form": strict,
    "en-own": own("en"),
    "zh": modern,
    "zh-old": old,
    "zh-own": own("zh"),
}
KINDS: dict[str, Any] = {
    "en": planting.ENGLISH,
    "en-form": planting.FORM,
    "en-own": planting.ENGLISH,
    "zh": planting_zh.MODERN,
    "zh-own": planting_zh.MODERN,
    "zh-old": planting_zh.OLD,
}


def ours(workshop: Any, language: str) -> Any:
    """``carmina proof`` as a function of lines."""

    def read(lines: Sequence[str]) -> Sequence[Finding]:
        page = read_page("\n".join(lines).encode(), workshop)
        return proofread(page, workshop, language.partition("-")[0]).findings

    return read


def stranger(folder: str) -> Any:
    """pyspellchecker: every word that it does not know."""
    sys.path.insert(0, folder)
    from importlib import import_module

    checker = import_module("spellchecker").SpellChecker()

    def read(lines: Sequence[str]) -> Sequence[Finding]:
        found = []
        for at, line in enumerate(lines, 1):
            for word in re.finditer(r"[A-Za-z]+(?:['’][a-z]+)*", line):
                key = word[0].lower().replace("’", "'")
                if checker.unknown([key]):
                    best = checker.correction(key) or ""
                    found.append(Finding(at, word.start(), word.end(), word[0], "spelling", "", (best,)))
        return found

    return read


def chance(rng: np.random.Generator, share: float) -> Any:
    """Words told at random, as many as we tell."""

    def read(lines: Sequence[str]) -> Sequence[Finding]:
        spans = [(at, m) for at, line in enumerate(lines, 1) for m in re.finditer(r"[A-Za-z']+|[\u4e00-\u9fff]", line)]
        return [Finding(at, m.start(), m.end(), m[0], "spelling", "") for at, m in spans if rng.random() < share]

    return read


def table(names: Sequence[str], scores: Sequence[Score]) -> str:
    """The scores side by side."""
    rows = ["| planted | how many | " + " | ".join(f"{n}: found | first mend right" for n in names) + " |"]
    rows.append("|---" * (2 + 2 * len(names)) + "|")
    for kind, many in sorted(scores[0].planted.items()):
        cells = [f"{s.found[kind] / many:.2f} | {s.mended[kind] / many:.2f}" for s in scores]
        rows.append(f"| {kind} | {many} | " + " | ".join(cells) + " |")
    many = sum(scores[0].planted.values())
    rows.append(f"| **recall** | {many} | " + " | ".join(f"**{s.recall():.3f}** |" for s in scores) + " |")
    rows.append("| **precision** | | " + " | ".join(f"**{s.precision:.3f}** |" for s in scores) + " |")
    lines = scores[0].clean_lines
    rows.append(
        f"| **false alarms in 100 clean lines** | {lines} | "
        + " | ".join(f"**{s.alarms_a_hundred:.2f}** |" for s in scores)
        + " |"
    )
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("poetry", type=Path)
    parser.add_argument("--language", default="en", choices=TEXTS)
    parser.add_argument("--part", default="development", choices=("development", "test"))
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--files", nargs="*", type=Path, help="texts of one's own in place of the corpora's")
    parser.add_argument("--kinds", nargs="*", help="only these")
    parser.add_argument("--strangers")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    rng, workshop = np.random.default_rng(asked.seed), Conductor()
    readers = {"carmina": ours(workshop, asked.language), "chance": chance(np.random.default_rng(1), 0.03)}
    if asked.strangers:
        readers["pyspellchecker"] = stranger(asked.strangers)
    scores = {name: Score() for name in readers}
    every_kind = {**planting.ENGLISH, **KINDS[asked.language]} if asked.language == "en-form" else KINDS[asked.language]
    kinds = {k: every_kind[k] for k in asked.kinds or KINDS[asked.language]}
    texts = list(written(asked.files) if asked.files else TEXTS[asked.language](asked.poetry, asked.part == "test"))
    for at in rng.permutation(len(texts)):
        text = texts[at]
        first = int(rng.integers(max(1, len(text) - CUT)))
        lines, slips = planting.planted(text[first : first + CUT], kinds, rng, asked.every)
        if sum(bool(line.strip()) for line in lines) < 4:
            continue
        for name, read in readers.items():
            findings = read(lines)
            scores[name].add(lines, slips, findings)
            if asked.show and name == "carmina":
                _show(lines, slips, findings)
        if scores["carmina"].clean_lines >= asked.lines:
            break
    print(table(list(scores), list(scores.values())))
    print(dict(scores["carmina"].false))


def _show(lines: Sequence[str], slips: Sequence[Any], findings: Sequence[Finding]) -> None:
    from ..figures.scoring import meets

    for slip in slips:
        if not any(meets(finding, slip) for finding in findings):
            print("MISSED", slip.kind, repr(slip.was), "|", lines[slip.line])
    for finding in findings:
        if not any(meets(finding, slip) for slip in slips):
            print("FALSE", finding.told(""), "|", round(finding.worth, 1), "|", lines[finding.line - 1])


if __name__ == "__main__":
    main()
