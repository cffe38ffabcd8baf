"""How often the rules agree with composers: ``python -m carmina_european.measure FOLDER``.

``FOLDER`` holds songs as ``*.jsonl.gz``, one piece a line: ``language``; ``melody``, a list of ``[onset, length,
pitch, text, syllabic, melisma]`` in quarter notes; ``bars``, the onsets of bars. Words are rebuilt by joining
begin..end; a tie ``‿`` in a syllable counts for both words. Lines are guessed from capitals and from rests. Printed
per language: words; share with the composer's number of syllables; share of words of two or more with his hyphens
too; the share of syllables on the first beat of a bar, for stressed and for other ones, within words of two or more;
the commonest misses; and what ``claim`` makes of each piece.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .french import French
from .german import German
from .italian import Italian
from .latin import Latin

LANGUAGES = {language.name: language() for language in (German, French, Italian, Latin)}
TIE = "\u203f"
PUNCTUATION = ' ,.;:!?…"“”„«»()[]—–‚*\u00a0'


@dataclass(frozen=True)
class Word:
    """One sung word: its syllables with their onsets, and whether a line seems to end after it."""

    syllables: tuple[str, ...]
    onsets: tuple[float, ...]
    ends: bool = False

    @property
    def text(self) -> str:
        return "".join(self.syllables)


def pieces(folder: Path) -> Iterator[dict]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def words_of(piece: dict) -> list[Word]:
    """The words of the first verse."""
    found: list[Word] = []
    syllables: list[str] = []
    onsets: list[float] = []
    ended = 0.0
    for onset, length, _, text, syllabic, melisma in piece["melody"]:
        if melisma or not text:
            ended = onset + length
            continue
        if not syllables and found and onset - ended > 0.4:
            found[-1] = Word(found[-1].syllables, found[-1].onsets, True)
        ended = onset + length
        tied = text.replace(" ", TIE).strip(TIE).split(TIE)
        for i, part in enumerate(tied):
            syllables.append(part)
            onsets.append(onset)
            if i < len(tied) - 1 or syllabic in ("single", "end"):
                found.append(
                    Word(tuple(syllables), tuple(onsets), part.rstrip("'’\"” ").endswith((".", "!", "?", ";")))
                )
                syllables, onsets = [], []
    return found


def lines_of(words: list[Word], capitals: bool) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and (line[-1].ends or capitals and word.text.strip(PUNCTUATION)[:1].isupper()):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def bare(text: str) -> str:
    """A syllable without punctuation, its apostrophes typed."""
    return text.replace("’", "'").replace("‘", "'").strip(PUNCTUATION + "-")


def measure(code: str, songs: list[dict], show: int = 40) -> str:
    counts: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for song in songs:
        bars = set(song.get("bars") or ())
        for line in lines_of(words_of(song), capitals=code in ("fr", "it")):
            kept = [word for word in line if any(c.isalpha() for c in word.text)]
            given = [bare(word.text) for word in kept]
            for word, sung in zip(kept, LANGUAGES[code].syllabify(given), strict=True):
                _compare(word, sung, bars, counts, misses)

    def share(a, b):
        return f"{counts[a] / max(counts[b], 1):.3f}"

    head = (
        f"{code}: {len(songs)} pieces, {counts['words']} words; count {share('count', 'words')}; words of 2+: count "
        f"{share('long_count', 'long')}, hyphens too {share('hyphens', 'long')}; on the first beat: stressed "
        f"{share('strong_down', 'strong')}, other {share('weak_down', 'weak')}"
    )
    return head + "\n   " + "  ".join(f"{miss} {n}" for miss, n in misses.most_common(show))


def _compare(word: Word, sung: tuple, bars: set[float], counts: Counter, misses: Counter[str]) -> None:
    true = [bare(part).lower().replace("-", "") for part in word.syllables]
    if not sung:
        return
    got = [syllable.text.lower() for syllable in sung]
    counts["words"] += 1
    counts["count"] += len(got) == len(true)
    if len(got) != len(true):
        misses["-".join(true) + "/" + "-".join(got)] += 1
    if len(true) < 2:
        return
    counts["long"] += 1
    counts["long_count"] += len(got) == len(true)
    counts["hyphens"] += got == true
    if len(got) == len(true) and bars:
        for syllable, onset in zip(sung, word.onsets, strict=True):
            kind = "strong" if syllable.stress == 1 else "weak"
            counts[kind] += 1
            counts[kind + "_down"] += onset in bars


def confusion(songs: list[dict]) -> str:
    """Per language of the pieces: the mean claim of each language on the first 24 words, and who claims most."""
    rows: dict[str, list] = defaultdict(list)
    for song in songs:
        words = [bare(word.text) for word in words_of(song)]
        rows[song["language"] or "?"].append({code: one.claim(words[:24]) for code, one in LANGUAGES.items()})
    lines = []
    for language, claims in sorted(rows.items(), key=lambda row: -len(row[1])):
        means = " ".join(f"{code} {sum(c[code] for c in claims) / len(claims):.2f}" for code in LANGUAGES)
        sure = Counter(
            max(c, key=c.get) if max(c.values()) >= 0.6 else "none" if max(c.values()) <= 0.3 else "unsure"
            for c in claims
        )
        lines.append(f"{language}: {len(claims)} pieces; mean claims {means}; claimed by {dict(sure.most_common())}")
    return "\n".join(lines)


def main(folder: str) -> None:
    songs = list(pieces(Path(folder)))
    for code in LANGUAGES:
        print(measure(code, [song for song in songs if song["language"] == code]))
    print(confusion(songs))


if __name__ == "__main__":
    main(sys.argv[1])
