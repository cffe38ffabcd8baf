"""How well poems of people are read: ``python -m carmina_verse.making.measure_reader POETRY --part development``.

Of each form, by the corpus's own label, some poems are drawn. Each is diagnosed as it stands (what is told there is
taken for false, misprints and the poets' own liberties among it), and again with one fault planted in one line: a foot
less, a syllable less or more, an end that rhymes with nothing. ``development`` and ``test`` are poems of other authors.
"""

from __future__ import annotations

import argparse
import io
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

from carmina.conductor import Conductor

from ..scansion import inference
from ..scansion.inference import diagnosis, feet, lines
from ..scansion.metre_fit import Ear

FORMS = (
    "sonnet",
    "heroic couplets",
    "ballad/common metre",
    "long metre quatrains",
    "short metre",
    "quatrains",
    "couplets",
    "limerick",
)
LINES = (4, 36)
SMALL = frozenset("the a an of to in on and his her my with that so but".split())
ENDS = "window garden silver orange month angel purple chimney".split()
Stanzas = list[list[str]]


def poems(poetry: Path, form: str, part: str) -> list[tuple[str, Stanzas]]:
    """(author, stanzas) of every poem of a form."""
    found = []
    with open(poetry / "en-gutentag.jsonl.zst", "rb") as file:
        for row in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"):
            if f'"form": "{form}"' in row or f'"form":"{form}"' in row:
                poem = json.loads(row)
                author = poem.get("author", "")
                own = "test" if zlib.crc32(f"reader {author}".encode()) % 3 == 0 else "development"
                many = sum(map(len, poem["stanzas"]))
                if own == part and LINES[0] <= many <= LINES[1] and (poem.get("author_died") or 1900) > 1700:
                    found.append((author, poem["stanzas"]))
    return found


def planted(text: str, kind: str, rng: np.random.Generator, syllables: Callable[[str], int]) -> str | None:
    """A line with a fault; ``None`` where it has no place for one."""
    words = text.split()
    inside = range(1, len(words) - 1)
    match kind:
        case "an end":
            mark = "".join(c for c in words[-1] if not c.isalpha())[-1:]
            return " ".join([*words[:-1], ENDS[int(rng.integers(len(ENDS)))] + mark]) if len(words) > 2 else None
        case "a foot less":
            places = [at for at in inside if at + 1 in inside and syllables(" ".join(words[at : at + 2])) == 2]
            size = 2
        case "a syllable less":
            places, size = [at for at in inside if words[at].lower() in SMALL], 1
        case _:
            places, size = list(inside), 0
    if not places:
        return None
    at = places[int(rng.integers(len(places)))]
    more = ["very"] if kind == "two syllables more" else ["old"] if kind == "a syllable more" else []
    return " ".join([*words[:at], *more, *words[at + size :]])


KINDS = ("a foot less", "an end", "a syllable less", "a syllable more", "two syllables more")


def told(found: Any, line: int, kind: str) -> bool:
    """Whether a diagnosis names the line as faulty in that way."""
    for deviation in found.deviations:
        if deviation.licence or (deviation.kind == "rhyme") != (kind == "an end"):
            continue
        if deviation.line == line or f"lines {line} and" in deviation.text or f"and {line}:" in deviation.text:
            return True
    return False


def measure(poetry: Path, part: str, many: int, seed: int, show: bool, names: Sequence[str]) -> Iterator[str]:
    """Rows of the table."""
    workshop = Conductor()
    forms, language = workshop.all("form"), Ear(workshop.get("language", "en")())
    remembered = lru_cache(maxsize=None)(lambda text, only: feet.read_line(language, text, only))
    for room in (diagnosis, lines):
        vars(room)["read_line"] = lambda _language, text, only="": remembered(text, only)
    total: Counter[str] = Counter()
    for form in names:
        rng = np.random.default_rng(seed)
        pool = poems(poetry, form, part)
        count: Counter[str] = Counter()
        hits: dict[str, list[bool]] = defaultdict(list)
        for at in rng.permutation(len(pool))[:many]:
            stanzas = pool[at][1]
            clean = inference.diagnosed(stanzas, language, forms)
            faults = [d for d in clean.deviations if not d.licence]
            count["lines"] += sum(map(len, stanzas))
            count["false"] += len({d.line for d in faults})
            count["poems"] += 1
            count["named"] += bool(clean.form or clean.stanza)
            if show:
                print(form, "|", pool[at][0], "|", clean.form or f"{clean.stanza} of {clean.shape.name}")
                for d in faults:
                    print("   FALSE", d.text)
            for kind in KINDS:
                places = [(s, n) for s, own in enumerate(stanzas) for n in range(len(own))]
                s, n = places[int(rng.integers(len(places)))]
                line = sum(map(len, stanzas[:s])) + n + 1
                if kind == "an end" and clean.letters[line - 1] == "x" or any(d.line == line for d in faults):
                    continue
                text = planted(stanzas[s][n], kind, rng, lambda t: len("".join(_stress(language, t))))
                if text is None:
                    continue
                changed = [list(own) for own in stanzas]
                changed[s][n] = text
                hit = told(inference.diagnosed(changed, language, forms), line, kind)
                hits[kind].append(hit)
                if show and not hit:
                    print("   MISSED", kind, "|", text, "|", clean.form or f"{clean.stanza} of {clean.shape.name}")
        cells = [f"{sum(hits[kind])} of {len(hits[kind])}" for kind in KINDS]
        for kind in KINDS:
            total[kind] += sum(hits[kind])
            total[f"of {kind}"] += len(hits[kind])
        total += count
        alarms = 100 * count["false"] / max(1, count["lines"])
        yield f"| {form} | {count['named']} of {count['poems']} | {' | '.join(cells)} | {alarms:.1f} |"
    cells = [f"{total[kind]} of {total[f'of {kind}']}" for kind in KINDS]
    alarms = 100 * total["false"] / max(1, total["lines"])
    yield f"| all | {total['named']} of {total['poems']} | {' | '.join(cells)} | {alarms:.1f} |"


def _stress(language: Any, text: str) -> tuple[str, ...]:
    from ..scansion.english import plain_scan

    return plain_scan(language, text).stresses


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("poetry", type=Path)
    parser.add_argument("--part", default="development", choices=("development", "test"))
    parser.add_argument("--poems", type=int, default=12, help="of each form")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--forms", nargs="*", default=FORMS)
    asked = parser.parse_args()
    print(f"| form | named | {' | '.join(KINDS)} | told in 100 lines as printed |")
    for row in measure(asked.poetry, asked.part, asked.poems, asked.seed, asked.show, asked.forms):
        print(row, flush=True)


if __name__ == "__main__":
    main()
