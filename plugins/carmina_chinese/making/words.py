"""Makes ``data/words.txt`` (common words) and ``data/common.txt`` (the readings that words use).

jieba (MIT, Sun Junyi) reads 349,000 entries in 0.7 s and writes a cache to the temporary folder. The 78,000 words of up
to four characters that it counts at least 20 times hold 97 % of its counts, and load in a tenth of the time.

pypinyin (MIT) lists every reading that any dictionary knows; those of a character that at least two of its phrases, or
our own ``data/readings.txt``, use are the common ones.

    python -m carmina_chinese.making.words
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from .. import readings

LEAST_COUNT = 20
LONGEST = 4
LEAST_PHRASES = 2
_DATA = Path(__file__).parents[1] / "data"


def common_words(dictionary: str) -> list[tuple[str, int]]:
    """(word, count) for the lines ``word count tag`` worth keeping, sorted by word."""
    rows = (line.split() for line in dictionary.splitlines())
    return sorted((row[0], int(row[1])) for row in rows if len(row[0]) <= LONGEST and int(row[1]) >= LEAST_COUNT)


def common_readings(phrases: Iterable[str]) -> list[tuple[str, list[str]]]:
    """(character, readings) for the characters of several common readings, the commonest first."""
    used: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase in phrases:
        for character, reading in zip(phrase, readings.phrase_readings(phrase) or (), strict=False):
            used[character][readings.CITED.get(character, reading)] += 1
    for character, reading in readings.our_readings():
        used[character][reading] += LEAST_PHRASES
    rows = [(character, _common(character, counts)) for character, counts in sorted(used.items())]
    return [row for row in rows if len(row[1]) > 1]


def _common(character: str, counts: Counter[str]) -> list[str]:
    """The default reading, then the others that count; a light form of a full reading is no reading of its own."""
    full = {reading[:-1] for reading in counts if reading[-1] != "5"}
    usual = list(readings.all_readings(character)[:1])
    others = [reading for reading, count in counts.most_common() if count >= LEAST_PHRASES]
    return list(dict.fromkeys(usual + [r for r in others if r[-1] != "5" or r[:-1] not in full]))


def main() -> None:
    """Write both lists beside this file."""
    from pypinyin.phrases_dict import phrases_dict

    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    words = [f"{word} {count}\n" for word, count in common_words(dictionary)]
    common = [f"{character} {' '.join(found)}\n" for character, found in common_readings(phrases_dict)]
    for name, lines in (("words.txt", words), ("common.txt", common)):
        (_DATA / name).write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
