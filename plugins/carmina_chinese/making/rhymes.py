"""Makes ``data/guangyun.txt``: every character with its rhymes of 广韵, the likeliest first; and checks it on verse.

The rhymes are those of ``rhyme_book.csv`` of the package qieyun 0.13.3 (nk2028, CC0). Simplified forms are added by
OpenCC, and those that it lacks by ``data/unlisted.txt``. Regulated verse (JSON Lines, Zstandard; MIT texts of
chinese-poetry) then judges, for its dynasty only: a level that a character almost never has at the fixed places of a
line is dropped, and a level rhyme that poets give a character though 广韵 does not (涯 with 麻) is added.

    python -m carmina_chinese.making.rhymes rhyme_book.csv poems.jsonl.zst    # needs the extra "train"
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..rhyme_books import Book, load_book
from ..script import for_lookup

LEARNT_FROM, CHECKED_ON = "宋", "唐"
LEAST_SEEN = 20  # times a character must be seen before usage may correct the book
RARE = 0.05  # share below which a level is dropped
ADDED = 0.20  # share of a character's rhymes above which a class is added
_DATA = Path(__file__).parents[1] / "data"
_LABIALS = "幫滂並明"
_WITH_MA = frozenset("佳娃洼哇涯崖厓叉")  # 佳 characters that 词林正韵 puts with 麻, beside the rounded ones
_WITH_HUA = frozenset("卦挂掛詿罣畫絓")
Rhymes = dict[str, list[str]]


def book_rhymes(table: Iterable[dict[str, str]]) -> Rhymes:
    """Character -> its rhymes in the order of 广韵, traditional and simplified forms."""
    rhymes: defaultdict[str, list[str]] = defaultdict(list)
    for row in table:
        character = row["字頭"] or row["字頭覈校前"]
        if row["資料名稱"] != "廣韻" or len(character) != 1 or character > "\uffff":
            continue
        rhyme = _halved(character, row["韻部原貌"], row["最簡描述"])
        for form in dict.fromkeys((character, for_lookup(character))):
            if rhyme not in rhymes[form]:
                rhymes[form].append(rhyme)
    return dict(rhymes)


def unlisted(lines: Iterable[str]) -> Rhymes:
    """Character -> its rhymes, of lines ``rhyme characters``."""
    rhymes: defaultdict[str, list[str]] = defaultdict(list)
    for rhyme, characters in (line.split() for line in lines if not line.startswith("#")):
        for character in characters:
            rhymes[character].append(rhyme)
    return dict(rhymes)


def _halved(character: str, rhyme: str, sound: str) -> str:
    """The rhyme, marked 半 for the half of 泰 佳 卦 夬 that 词林正韵 parts from the rest."""
    parted = {
        "泰": "合" in sound or sound[0] in _LABIALS,
        "佳": "合" in sound or character in _WITH_MA,
        "卦": character in _WITH_HUA,
        "夬": character == "話",
    }
    return rhyme + "半" if parted.get(rhyme) else rhyme


def regulated(lines: Iterable[str], dynasty: str) -> Iterator[list[str]]:
    """The clauses, unpunctuated, of each regulated poem of a dynasty in lines of five or seven."""
    for line in lines:
        poem = json.loads(line)
        if poem.get("regulated") and poem["dynasty"] == dynasty:
            clauses = ["".join(c for c in text if c.isalpha()) for stanza in poem["stanzas"] for text in stanza]
            if len(clauses) % 2 == 0 and len({len(c) for c in clauses}) == 1 and len(clauses[0]) in (5, 7):
                yield clauses


def rhyme_characters(clauses: list[str]) -> list[str]:
    """The characters that must rhyme: the ends of the even lines."""
    return [clause[-1] for clause in clauses[1::2]]


def agreement(poems: Iterable[list[str]], book: Book) -> float:
    """Share of pairs of neighbouring rhyme characters, both known, that share a class of the book."""
    pairs = [
        (book.classes(a), book.classes(b))
        for poem in poems
        for a, b in zip(rhyme_characters(poem), rhyme_characters(poem)[1:], strict=False)
    ]
    known = [bool(set(a) & set(b)) for a, b in pairs if a and b]
    return sum(known) / len(known)


def corrected(rhymes: Rhymes, book: Book, poems: list[list[str]]) -> Rhymes:
    """The rhymes after usage: rare levels dropped, level rhymes that poets use added, the commonest first."""
    levels, votes = _level_counts(poems, book), _class_votes(poems, book)
    first = {name: members[0] for name, members in book.members.items()}
    result = {}
    for character, listed in rhymes.items():
        kept = _without_rare_levels(listed, levels[character], book)
        seen = votes[character]
        have = set(book.classes_of(listed))
        total = max(sum(seen.values()), LEAST_SEEN)
        kept = kept + [first[name] for name, count in seen.items() if count / total >= ADDED and name not in have]
        result[character] = sorted(kept, key=lambda rhyme: -seen[book.class_of[rhyme]])
    return result


def _without_rare_levels(listed: list[str], counts: Counter[str], book: Book) -> list[str]:
    total = sum(counts.values())
    if total < LEAST_SEEN:
        return list(listed)
    kept = [rhyme for rhyme in listed if counts[book.level_of[book.class_of[rhyme]]] / total >= RARE]
    return kept or list(listed)


def _level_counts(poems: list[list[str]], book: Book) -> defaultdict[str, Counter[str]]:
    """How often each character stands where the pattern wants 平 or 仄: at the even places of a line, told by the
    others."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for clause in (clause for poem in poems for clause in poem):
        places = range(1, len(clause) - 1, 2)
        signs = {place: book.level(clause[place]) for place in places}
        for place in places:
            flipped = {_flip(signs[other], (place - other) // 2) for other in places if other != place}
            if flipped in ({"平"}, {"仄"}):
                counts[clause[place]][str(flipped.pop())] += 1
        counts[clause[-1]]  # so that every character has an entry
    return counts


def _flip(level: str | None, times: int) -> str | None:
    if level not in ("平", "仄"):
        return None
    return level if times % 2 == 0 else "平仄"[level == "平"]


def _class_votes(poems: list[list[str]], book: Book) -> defaultdict[str, Counter[str]]:
    """How often each character rhymes in each level class, by the class that most of the poem's other rhymes share."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for poem in poems:
        ends = rhyme_characters(poem)
        for place, character in enumerate(ends):
            others = Counter(
                name
                for e in ends[:place] + ends[place + 1 :]
                for name in book.classes(e)
                if book.level_of[name] == "平"
            )
            if others and (best := others.most_common(1)[0])[1] == len(ends) - 1 >= 2:
                votes[character][best[0]] += 1
    return votes


def main(table: str, verse: str) -> None:
    """Write the file and print the agreement before and after, on verse that did not correct it."""
    import zstandard

    with open(table, encoding="utf-8") as file:
        rhymes = book_rhymes(csv.DictReader(file))
    rhymes |= unlisted((_DATA / "unlisted.txt").read_text(encoding="utf-8").splitlines())
    with zstandard.open(verse, "rb") as file:
        lines = list(io.TextIOWrapper(file, encoding="utf-8"))
    learnt, unseen = (list(regulated(lines, dynasty)) for dynasty in (LEARNT_FROM, CHECKED_ON))
    before = load_book("pingshui", rhymes)
    after_rhymes = corrected(rhymes, before, learnt)
    after = load_book("pingshui", after_rhymes)
    print(
        f"{len(rhymes)} characters; {CHECKED_ON}, {len(unseen)} poems: pairs that share a class "
        f"{agreement(unseen, before):.4f} as in the book, {agreement(unseen, after):.4f} corrected"
    )
    text = "".join(f"{character} {' '.join(found)}\n" for character, found in sorted(after_rhymes.items()))
    (_DATA / "guangyun.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
