"""Makes ``data/zh-rhyme-words.json`` and ``data/zh-unused-rhymes.json``.

    python -m carmina_verse.making.rhyme_words CORPUS

How often people rhyme on each character: in regulated verse at the ends of even lines (诗), in 词 at the ends of all
lines (词); those that occur at least ``LEAST`` times. And in which classes of the old books no poet rhymes a character,
though the book has it there under a rare reading or another shape: fewer than ``UNUSED`` of its poems share the class
in all rhymes, and more than ``USED`` another class that it has.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LEAST = 12
UNUSED, USED = 0.02, 0.3
OBLIQUE = 0.0005  # share of all rhymes below which a class is an oblique one, of which regulated verse says nothing


def unused(poems: Iterable[Sequence[str]], classes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Class -> characters that are never rhymed in it. ``poems``: the rhyme words of each; ``classes`` of each
    character."""
    kept: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for ends in poems:
        for at, character in enumerate(ends):
            others = [set(classes.get(other, ())) for place, other in enumerate(ends) if place != at]
            if others:
                total[character] += 1
                shared = set.intersection(*others)
                kept.update((character, name) for name in classes.get(character, ()) if name in shared)
    met: Counter[str] = Counter()
    for (_character, name), many in kept.items():
        met[name] += many
    usual = {name for name, many in met.items() if many >= OBLIQUE * sum(met.values())}
    found: dict[str, str] = {}
    for character, many in sorted(total.items()):
        own = {name: kept[character, name] / many for name in classes.get(character, ())}
        if many >= LEAST and max(own.values(), default=0) > USED:
            for name in (name for name, share in own.items() if share < UNUSED and name in usual):
                found[name] = found.get(name, "") + character
    return found


def main() -> None:
    """Write the table."""
    from ..chinese.characters import Characters
    from ..chinese.corpus import verses
    from ..chinese.tokenizer import ChineseVerse

    poems: list[list[str]] = []
    counts: dict[str, Counter[str]] = {"诗": Counter(), "词": Counter()}
    for verse in verses(Path(sys.argv[1])):
        if verse.split != "train":
            continue
        if verse.form in ("五绝", "七绝", "五律", "七律"):
            poems.append([line[-1] for line in verse.lines[1::2]])
            counts["诗"].update(poems[-1])
        elif verse.form not in ("古体", "现代诗"):
            counts["词"].update(line[-1] for line in verse.lines)
    table = {kind: {c: many for c, many in own.most_common() if many >= LEAST} for kind, own in counts.items()}
    path = Path(__file__).parent.parent / "data" / "zh-rhyme-words.json"
    path.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    known = Characters(ChineseVerse())
    rare = {
        book: unused(poems, {character: known.classes(character, book) for character in known.ids})
        for book in ("pingshui", "cilin")
    }
    path.with_name("zh-unused-rhymes.json").write_text(json.dumps(rare, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
