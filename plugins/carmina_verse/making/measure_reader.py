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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

from carmina.conductor import Conductor

from ..scansion import inference
from ..scansion.inference import diagnosis, feet, lines
from ..scansion.metre_fit import Ear
from .verse_faults import KINDS, Fault, Rules, Stanzas, planted

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


def told(found: Any, fault: Fault) -> bool:
    """Whether a diagnosis names the line as faulty in that way."""
    lines = (fault.line, fault.line + 1) if fault.kind == "two lines changed" else (fault.line,)
    for deviation in found.deviations:
        text = deviation.text
        named = any(deviation.line == n or f"lines {n} and" in text or f"and {n}:" in text for n in lines)
        if not deviation.licence and named and _of_kind(deviation.kind, fault.kind):
            return True
    if fault.kind != "a line lost":
        return False
    first = 0
    for stanza in fault.stanzas:
        if first < fault.line <= first + len(stanza):
            return any(d.kind == "form" and (first < d.line <= first + len(stanza)) for d in found.deviations)
        first += len(stanza)
    return False


def _of_kind(kind: str, planted: str) -> bool:
    match planted:
        case "an end":
            return kind == "rhyme"
        case "two lines changed":
            return True
        case "a line lost":
            return kind == "form"
    return kind == "metre"


def measure(poetry: Path, part: str, many: int, seed: int, show: bool, names: Sequence[str]) -> Iterator[str]:
    """Rows of the table."""
    workshop = Conductor()
    forms, language = workshop.all("form"), Ear(workshop.get("language", "en")())
    remembered = lru_cache(maxsize=None)(lambda *asked: feet.read_line(language, *asked))
    for room in (diagnosis, lines):
        vars(room)["read_line"] = lambda _language, *asked: remembered(*asked)
    rules, total = Rules(language), Counter[str]()
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
                fault = planted(stanzas, kind, rng, rules)
                if fault is None or any(d.line == fault.line for d in faults):
                    continue
                now = inference.diagnosed(fault.stanzas, language, forms)
                hit = told(now, fault)
                hits[kind].append(hit)
                if show and not hit:
                    text = [line for own in fault.stanzas for line in own][fault.line - 1]
                    print(
                        "   MISSED", kind, "|", fault.line, text, "|", now.form or f"{now.stanza} of {now.shape.name}"
                    )
        cells = [f"{sum(hits[kind])} of {len(hits[kind])}" for kind in KINDS]
        for kind in KINDS:
            total[kind] += sum(hits[kind])
            total[f"of {kind}"] += len(hits[kind])
        total += count
        alarms = 100 * count["false"] / max(1, count["lines"])
        yield f"| {form} | {count['named']} of {count['poems']} | {' | '.join(cells)} | {alarms:.1f} |"
    cells = [f"{total[kind]} of {total[f'of {kind}']}" for kind in KINDS]
    alarms = 100 * total["false"] / max(1, total["lines"])
    yield f"changes that the rules let be, not planted: {dict(rules.dropped)}"
    yield f"| all | {total['named']} of {total['poems']} | {' | '.join(cells)} | {alarms:.1f} |"


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
