"""Our own texts in the schema of a corpus of poems, so that every recipe reads them beside people's.

    python -m carmina_verse.making.own_texts corpora/own-verse FOLDER

writes ``en-own.jsonl.gz`` and ``zh-own.jsonl.gz`` into FOLDER, where the files of the corpora of poems lie.

A source file holds texts, each after a line of ``===``: lines of ``key: value`` (id, title, request, mood, form; in
Chinese 题, 请求, 情, 体), a line of ``---``, then the text, its stanzas or paragraphs parted by empty lines.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..corpus import draw

HELD = 16  # one text in so many validates
WRITTEN = 2026  # the year: a poet's period is told by it
AUTHOR = "Carmina"
NAMES = {"题": "title", "请求": "request", "情": "mood", "体": "form"}
ENGLISH = {  # what a writer calls a form -> what corpora call it
    "sonnet": "sonnet",
    "quatrains": "quatrains",
    "couplets": "couplets",
    "ballad": "ballad/common metre",
    "common metre": "ballad/common metre",
    "blank verse": "blank verse",
    "free verse": "free verse",
    "triolet": "triolet",
    "limerick": "limerick",
    "villanelle": "villanelle",
    "haiku": "haiku",
    "story": "story",
}
CHINESE = {"现代诗": "现代诗", "叙事诗": "现代诗", "儿歌": "分行", "歌词": "分行", "故事": "小说", "散文": "散文"}
PROSE = ("story", "小说", "散文")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_PART = re.compile(r"\[.*?\]|【.*?】")  # 主歌, 副歌


@dataclass(frozen=True, slots=True)
class OwnText:
    """One text as it was written."""

    id: str
    facts: Mapping[str, str]  # title, request, mood, form
    body: str


def read(folder: Path) -> Iterator[OwnText]:
    """The texts of a folder's ``*.txt`` files, in the order of their names."""
    for path in sorted(Path(folder).glob("*.txt")):
        parts = re.split(r"^===[ \t]*$", path.read_text("utf-8"), flags=re.M)
        for number, part in enumerate(parts[1:], 1):
            head, _, body = part.partition("\n---")
            rows = (line.split(":", 1) for line in head.strip().replace("：", ":").splitlines() if ":" in line)
            facts = {NAMES.get(key.strip(), key.strip()): value.strip() for key, value in rows}
            yield OwnText(facts.get("id") or f"{path.stem}-{number}", facts, body.strip())


def english(text: OwnText) -> dict[str, Any] | None:
    """A record of the corpus; None where the form is none that is taught."""
    form = ENGLISH.get(text.facts.get("form", "").lower())
    body = text.body.translate(_PLAIN).replace("—", "--")
    return _record(text, form, body) if form else None


def chinese(text: OwnText) -> dict[str, Any] | None:
    """A record of the corpus; None for other letters than Chinese ones, and for a form that is not taught."""
    form = CHINESE.get(text.facts.get("form", ""))
    body = _PART.sub("", text.body).translate(_DIGITS)
    return None if form is None or re.search("[A-Za-z]", body) else {**_record(text, form, body), "dynasty": "现代"}


def _record(text: OwnText, form: str, body: str) -> dict[str, Any]:
    stanzas = [[line.strip() for line in lot.splitlines() if line.strip()] for lot in re.split(r"\n\s*\n", body)]
    stanzas = [lines for lines in stanzas if lines]
    held = draw("own" + text.id) % HELD == 0
    record: dict[str, Any] = {
        "id": f"own-{text.id}",
        "title": text.facts.get("title", ""),
        "author": AUTHOR,
        "author_died": WRITTEN,
        "form": form,
        "request": text.facts.get("request", ""),
        "mood": text.facts.get("mood", "").lower(),
        "keep": True,
        "split": "validation" if held else "train",
    }
    whole = {"paragraphs": [line for lines in stanzas for line in lines]} if form in PROSE else {"stanzas": stanzas}
    return record | whole


def main() -> None:
    """Write the records of both languages."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for language, made in (("en", english), ("zh", chinese)):
        records = [record for text in read(source / language) if (record := made(text))]
        with gzip.open(folder / f"{language}-own.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        print(language, len(records))


if __name__ == "__main__":
    main()
