"""Makes ``data/en-synonyms.z`` of WordNet's files: ``python -m carmina_words.making.synonyms DICT EXC WORDS OUT``.

DICT: the folder of WordNet 3.1 (``index.sense``, ``data.noun`` ...); EXC: that of its irregular forms (``noun.exc``,
``verb.exc``); WORDS: ``carmina_verse/data/en-words.z``, which words verse uses and how often. A line of the table is
``word part synonym ...``: the part of speech (n, v, a, r) that tagged texts have most, and the words, in the same form,
that share one of the word's usual senses, where it is one of their usual senses too; the commonest first.
"""

from __future__ import annotations

import argparse
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PARTS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
LEAST = 12  # uses in verse, of a word that may be sung
USUAL = 0.34  # of the tagged uses of a word's commonest sense, that another sense must have
MOST = 8  # synonyms
VOWELS = "aeiou"
Sense = tuple[str, str]  # part, offset


def senses(folder: Path) -> dict[tuple[str, str], list[tuple[int, int, str]]]:
    """(lemma, part) -> its senses, the commonest first: rank, tagged uses, offset of the synset."""
    found = defaultdict(list)
    for row in (folder / "index.sense").read_text("utf-8").splitlines():
        key, offset, rank, tagged = row.split()
        lemma, _, rest = key.partition("%")
        if "_" not in lemma and lemma.isalpha() and lemma.islower():
            found[lemma, PARTS[rest[0]]].append((int(rank), int(tagged), offset))
    return {key: sorted(own) for key, own in found.items()}


def usual(own: list[tuple[int, int, str]]) -> list[str]:
    """The synsets of a word's usual senses."""
    top = max(tagged for _, tagged, _ in own)
    return [offset for rank, tagged, offset in own if rank == 1 or tagged and tagged >= USUAL * top]


def exceptions(path: Path) -> dict[str, list[str]]:
    """Lemma -> its irregular forms."""
    found = defaultdict(list)
    for row in path.read_text("utf-8").splitlines():
        form, *lemmas = row.split()
        for lemma in lemmas:
            found[lemma].append(form)
    return found


def s_form(word: str) -> str:
    """The plural, or the third person."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in VOWELS else word + "s"


def stem(word: str) -> str:
    """What an ending with a vowel comes to."""
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1]
    short = len(word) in (3, 4) and word[-1] not in VOWELS + "wxyh" and word[-2] in VOWELS and word[-3] not in VOWELS
    return word + word[-1] if short else word


def forms(lemma: str, part: str, odd: dict[str, list[str]]) -> dict[str, str]:
    """The forms of a word by name."""
    if part == "n":
        return {"": lemma, "s": (odd.get(lemma) or [s_form(lemma)])[0]}
    if part != "v":
        return {"": lemma}
    past = [form for form in odd.get(lemma, ()) if not form.endswith("ing")]
    ed = stem(lemma) + "ed"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        ed = lemma[:-1] + "ied"
    return {
        "": lemma,
        "s": s_form(lemma),
        "ed": past[0] if past else ed,
        "en": past[-1] if past else ed,
        "ing": stem(lemma) + "ing",
    }


def rows(folder: Path, irregular: Path, counts: dict[str, int]) -> Iterator[str]:
    """The lines of the table."""
    every = senses(folder)
    usually = {key: usual(own) for key, own in every.items()}
    members: dict[Sense, list[str]] = defaultdict(list)
    for (lemma, part), offsets in usually.items():
        for offset in offsets:
            members[part, offset].append(lemma)
    odd = {part: exceptions(irregular / f"{FILES[part]}.exc") for part in "nv"}
    best: dict[str, tuple[int, str, list[str]]] = {}
    for (lemma, part), offsets in usually.items():
        others = {one for offset in offsets for one in members[part, offset]} - {lemma}
        uses = sum(tagged for _, tagged, _ in every[lemma, part])
        own = forms(lemma, part, odd.get(part, {}))
        for name, form in own.items():
            like = {forms(one, part, odd.get(part, {}))[name] for one in others} - set(own.values())
            sung = sorted((one for one in like if counts.get(one, 0) >= LEAST), key=lambda one: (-counts[one], one))
            if form in counts and (form not in best or uses > best[form][0]):
                best[form] = (uses, part, sung[:MOST])
    for form, (_uses, part, sung) in sorted(best.items()):
        yield " ".join([form, part, *sung])


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("dict", "exc", "words", "out"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    table = zlib.decompress(asked.words.read_bytes()).decode().splitlines()[1:]
    counts = {word: int(many) for word, many, *_ in map(str.split, table)}
    found = list(rows(asked.dict, asked.exc, counts))
    asked.out.write_bytes(zlib.compress("\n".join(found).encode(), 9))
    print(len(found), "words,", sum(row.count(" ") > 1 for row in found), "with synonyms")


if __name__ == "__main__":
    main()
