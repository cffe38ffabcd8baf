"""Writes the human and chance values that the evaluators of poems show: ``measure_humans.py FOLDER``, both languages.

``--only manner,surprise`` measures these evaluators alone and leaves the other figures of the tables as they stand;
``surprise`` needs ``CARMINA_STRANGER`` (the shipped values: SmolLM2-135M-Instruct, a reader of English) and reads a few
English poems. ``plan`` has no row: people's poems come without their plans.

FOLDER holds the poems (``*.jsonl.zst``); those of the validation split are measured, with authors held out and with
poems held out. ``plugins/carmina_measures/data/human_poems.json`` gets the figures of words,
``plugins/carmina_verse/data/ human-figures.json`` those of form, sound and lexicon.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from carmina_measures.poems.references import poem_table
from carmina_measures.references import Row, write_table
from carmina_verse.corpus import read_poems, split_of

from carmina import Poem
from carmina.conductor import Conductor

PLUGINS = Path(__file__).parents[2] / "plugins"
TARGETS = {
    PLUGINS / "carmina_measures" / "data" / "human_poems.json": ("wording", "poem-likeness", "set"),
    PLUGINS / "carmina_verse" / "data" / "human-figures.json": (
        "form",
        "metre",
        "rhyme",
        "levels",
        "lexicon",
        "keywords",
        "sense",
        "manner",
        "surprise",
    ),
}
MOST, LONGEST = 300, 60  # poems of a row; lines of a poem
STRANGERS, READ = 40, 16  # English poems, and their most lines, that the stranger reads
ABOUT: dict[str, object] = {
    "what": "figures of poems: [human, chance, standard deviation over poems, poems that define it] by language; "
    "en/sonnet: of that form; "
    "en/*: of any form that is known; en: of poems of all kinds, measured without a form",
    "from": "the validation split of the cards poetry-en and poetry-zh (authors and poems held out), at most "
    f"{MOST} poems a row drawn by "
    f"seed 0, of at most {LONGEST} lines",
    "forms": "English forms as the corpus names them, by rhyme and length, so that rhyme in them leans high; "
    "Chinese ones by number of "
    "lines and characters (诗) or by title (词), whether or not they keep the rules",
    "chance": "the same poems, their words (characters) dealt anew among all places; keywords: those of another poem",
    "reference": "poem-likeness: each half of a row's poems against the other half; set: 100 poems of the same row",
    "licence": "the figures are facts; the poems' licences stand in the corpus cards",
    "made_by": "corpora/poetry-en/measure_humans.py",
}
EN = {
    "limerick": "limerick",
    "couplets": "couplets",
    "heroic couplets": "heroic-couplets",
    "blank verse": "blank-verse",
}
SCHEMES = {
    ("ballad/common metre", "xAxA"): "ballad",
    ("ballad/common metre", "ABAB"): "common-metre",
    ("long metre quatrains", "AABB"): "quatrain-aabb",
    ("long metre quatrains", "ABAB"): "quatrain-abab",
    ("long metre quatrains", "ABBA"): "quatrain-abba",
    ("long metre quatrains", "xAxA"): "quatrain-abcb",
    ("sonnet", "ABABCDCDEFEFGG"): "sonnet",
    ("sonnet", "ABBAABBACDECDE"): "petrarchan",
}
ZH = {"五言绝句": "五绝", "七言绝句": "七绝", "五言律诗": "五律", "七言律诗": "七律"}


def form_of(raw: Mapping[str, Any], lines: Mapping[str, int]) -> str:
    """The name of the installed form that a poem of the corpus has; empty: none. ``lines``: of each form of 词."""
    if raw["language"] == "zh":
        tune = raw.get("cipai", "").split("·")[0]
        return ZH.get(raw["form"], "") or (tune if lines.get(tune) == sum(map(len, raw["stanzas"])) else "")
    return EN.get(raw["form"], "") or SCHEMES.get((raw["form"], raw.get("scheme", "")), "")


def groups(folder: Path, language: str, lines: Mapping[str, int]) -> dict[str, list[Poem]]:
    """The poems of each row of the table, in an order drawn by a seed."""
    found: dict[str, list[Poem]] = defaultdict(list)
    held = [
        raw
        for raw in read_poems(folder, language)
        if "stanzas" in raw  # modern Chinese prose has none
        and split_of(raw)[0] == "validation"
        and 2 <= sum(map(len, raw["stanzas"])) <= LONGEST
    ]
    for n in np.random.default_rng(0).permutation(len(held)):
        raw = held[n]
        stanzas = tuple(tuple(stanza) for stanza in raw["stanzas"] if stanza)
        notes = {"keywords": raw.get("keywords", [])}
        found[language].append(Poem(stanzas, "", language, notes=notes))
        if form := form_of(raw, lines):
            for key in (f"{language}/{form}", f"{language}/*"):
                found[key].append(Poem(stanzas, form, language, notes=notes))
    return {key: poems[:MOST] for key, poems in found.items()}


def _standing(path: Path) -> dict[str, dict[str, Row]]:
    """A table as it is."""
    figures = json.loads(path.read_text("utf-8"))["figures"]
    return {key: {name: Row(*row) for name, row in own.items()} for key, own in figures.items()}


def _measured(key: str, poems: list[Poem], evaluators: list[Any]) -> dict[str, dict[str, Row]]:
    """The rows of one key; the stranger reads a few short English poems, whatever their form."""
    found = poem_table(poems, [one for one in evaluators if one.name != "surprise"])
    stranger = [one for one in evaluators if one.name == "surprise"]
    if key == "en" and stranger:
        short = [poem for poem in poems if len(poem.lines) <= READ][:STRANGERS]
        found["surprise"] = poem_table(short, stranger)["surprise"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="evaluators, parted by commas")
    asked = parser.parse_args()
    conductor, only = Conductor(), set(filter(None, asked.only.split(",")))
    every = [entry(conductor) for entry in conductor.all("evaluator").values() if entry.takes == "Poem"]
    evaluators = [one for one in every if one.name in only] if only else every
    lines = {
        form.name: sum(map(len, next(iter(form.variants.values()))))
        for form in conductor.all("form").values()
        if form.language == "zh" and not form.repeat
    }
    tables: dict[Path, dict[str, dict[str, Row]]] = {path: _standing(path) if only else {} for path in TARGETS}
    for language in ("en", "zh"):
        for key, poems in sorted(groups(asked.folder, language, lines).items()):
            if len(poems) < 2:
                continue
            found = _measured(key, poems, evaluators)
            print(key, len(poems), flush=True)
            for path, owned in TARGETS.items():
                if row := {name: value for owner in owned for name, value in found.get(owner, {}).items()}:
                    tables[path][key] = tables[path].get(key, {}) | row if only else row
    for path, table in tables.items():
        write_table(table, ABOUT, path)


if __name__ == "__main__":
    main()
