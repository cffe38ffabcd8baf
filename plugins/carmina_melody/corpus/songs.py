"""Songs of the project's corpus format: JSON Lines, one song a line, words aligned to notes.

A song's ``melody`` is ``[[onset, duration, pitch, text, syllabic, melisma], ...]`` in quarters from the start of the
first (possibly incomplete) bar; other verses' syllables are on the same notes. Lines of verse are not marked in the
sources and are found again by ``lines``.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from carmina import Bounds, Chord, Key, Metre, Note, Place, Score, SectionMark, Syllable, Tempo, Track

from ..passes.vocabulary import Mode
from .line_ends import line_ends

TICKS = 480
GENRES = {
    "lieder": "art",
    "mutopia": "art",
    "openhymnal": "hymn",
    "bloomfield-carols": "carol",
    "bloomfield-songs": "song",
    "openewld": "popular",
}
_EDGES = re.compile(r"^[^\w'’]+|[^\w'’]+$")
Syllabify = Callable[[str, Sequence[str]], list[tuple[Syllable, ...]]]


@dataclass(frozen=True)
class Song:
    """One corpus song, sung to one of its verses."""

    id: str
    cluster: int
    genre: str  # art, hymn, carol, song, popular
    language: str  # ISO 639-1, or ""
    score: Score  # voice with syllables, chords where the source has them
    accompaniment: tuple[tuple[int, int, int], ...]  # (onset_ticks, length_ticks, pitch) of every other voice
    verses: int = 1
    assigned: str = ""  # the split that the corpus itself says

    @property
    def split(self) -> str:
        """What the corpus says; else ``validation`` for about a tenth of the clusters and ``train`` for the others."""
        if self.assigned in ("train", "validation", "test"):
            return self.assigned
        return "validation" if (self.cluster * 2654435761 % 2**32) % 8 == 0 else "train"


def read_songs(folder: Path, syllabify: Syllabify, verses: bool = False) -> Iterator[Song]:
    """Every usable song under ``folder``; with ``verses``, each other verse as a song of its own."""
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _songs_of(json.loads(line), syllabify, verses)


def _songs_of(raw: dict[str, Any], syllabify: Syllabify, verses: bool) -> Iterator[Song]:
    if not raw.get("melody") or not raw.get("time_signatures") or not raw.get("bars"):
        return
    settings = [raw["melody"]]
    if verses:
        settings += [_verse_setting(raw["melody"], verse["syl"]) for verse in raw.get("verses", ())]
    first = sum(1 for entry in settings[0] if entry[3])
    for number, melody in enumerate(settings, 1):
        if sum(1 for entry in melody if entry[3]) < max(8, 0.8 * first):
            continue
        notes = _sung_notes(melody, raw.get("language") or "", syllabify)
        if notes:
            yield _song(raw, notes, number)


def _verse_setting(melody: list, syllables: list) -> list:
    """The melody with another verse's words: notes without one carry on a melisma if they follow at once."""
    words = {index: (text, syllabic) for index, text, syllabic in syllables}
    out: list[list] = []
    for index, (onset, length, pitch, *_rest) in enumerate(melody):
        text, syllabic = words.get(index, (None, None))
        joined = bool(out and abs(out[-1][0] + out[-1][1] - onset) < 0.01 and (out[-1][3] or out[-1][5]))
        out.append([onset, length, pitch, text, syllabic, int(text is None and joined)])
    return out


def _song(raw: dict[str, Any], notes: tuple[Note, ...], verse: int) -> Song:
    source = raw["id"].split("/")[0]
    score = Score(
        tracks=(Track(notes),),
        metres=_metres(raw),
        keys=(_key(raw),),
        tempi=(Tempo(min(400.0, max(10.0, raw.get("tempo_qpm") or 96.0))),),
        chords=tuple(Chord(_ticks(onset), symbol) for onset, symbol in raw.get("chords") or ()),
        sections=(SectionMark(0, max(n.end_ticks for n in notes)),),
        pickup_ticks=_ticks(raw.get("pickup_quarters") or 0) % _metres(raw)[0].bar_ticks,
        title=raw.get("title") or "",
        language=raw.get("language") or "",
    )
    Bounds().check(score, "be learnt from")
    others = tuple((_ticks(o), max(1, _ticks(d)), p) for o, d, p, _staff in raw.get("accompaniment") or ())
    genre = raw["genre"] if raw.get("genre") in GENRES.values() else GENRES.get(source, "song")
    return Song(
        raw.get("variant_of") or raw["id"],
        raw["cluster"],
        genre,
        raw.get("language") or "",
        score,
        others,
        verse,
        raw.get("split") or "",
    )


def _ticks(quarters: float) -> int:
    return round(Fraction(quarters).limit_denominator(96) * TICKS)


def _metres(raw: dict[str, Any]) -> tuple[Metre, ...]:
    metres: list[Metre] = []
    for onset, signature in raw["time_signatures"]:
        beats, unit = map(int, signature.split("/"))
        metres.append(Metre(min(beats, 32), unit, _ticks(onset) if metres else 0))
    return tuple(metres)


def _key(raw: dict[str, Any]) -> Key:
    fifths = raw["key_signatures"][0][1] if raw.get("key_signatures") else 0
    mode: Mode = "minor" if "minor" in (raw.get("key") or "") else "major"
    return Key(max(-7, min(7, fifths)), mode)


def _sung_notes(melody: list, language: str, syllabify: Syllabify) -> tuple[Note, ...]:
    """Notes with syllables; notes without words at the edges of phrases are kept as rests."""
    written = [i for i, entry in enumerate(melody) if entry[3] and _EDGES.sub("", entry[3])]
    syllables = dict(zip(written, _prosody([melody[i] for i in written], language, syllabify), strict=True))
    ends = line_ends([melody[i] for i in written], [_end(melody, i) for i in written], language)
    last = {written[i] for i in ends}
    notes: list[Note] = []
    for index, (onset, length, pitch, _text, _syllabic, melisma) in enumerate(melody):
        syllable = syllables.get(index)
        if syllable is None and not (melisma and notes):
            continue
        start, stop = _ticks(onset), _ticks(onset + length)
        if notes and start < notes[-1].end_ticks or stop <= start:
            continue
        if syllable is not None and index in last:
            syllable = replace(syllable, ends_line=True)
        notes.append(Note(pitch, start, stop - start, syllable, continues=syllable is None))
    return tuple(notes)


def _end(melody: list, index: int) -> float:
    """End of the syllable that starts on note ``index``, its melisma included, in quarters."""
    end = index
    while end + 1 < len(melody) and melody[end + 1][5]:
        end += 1
    return melody[end][0] + melody[end][1]


def _prosody(entries: list, language: str, syllabify: Syllabify) -> list[Syllable]:
    """The corpus syllables with the language's stress; spelling and word edges stay those of the corpus."""
    words: list[list[int]] = []
    for i, entry in enumerate(entries):
        if entry[4] in ("single", "begin") or not words:
            words.append([])
        words[-1].append(i)
    texts = ["-".join(_EDGES.sub("", entries[i][3]).replace("-", "") or "o" for i in word) for word in words]
    out: list[Syllable] = []
    for chunk in range(0, len(words), 40):
        read = syllabify(language, texts[chunk : chunk + 40])
        for word, found in zip(words[chunk : chunk + 40], read, strict=True):
            out += _fit([entries[i] for i in word], found, language)
    return out


def _fit(entries: list, found: tuple[Syllable, ...], language: str) -> list[Syllable]:
    count = len(entries)
    inner: list[Place] = ["middle"] * (count - 2)
    places: list[Place] = ["single"] if count == 1 else ["begin", *inner, "end"]
    fitted = []
    for i, (entry, place) in enumerate(zip(entries, places, strict=True)):
        like = found[min(len(found) - 1, i * len(found) // count)] if found else None
        text = _EDGES.sub("", entry[3]) or entry[3].strip()
        tail = re.search(r"[^\w'’]+$", entry[3])
        fitted.append(
            Syllable(
                text=text,
                place=place,
                stress=like.stress if like else None,
                content=like.content if like else True,
                after=tail.group() if tail else "",
                rhyme=found[-1].rhyme if found and i == count - 1 else None,
                language=language,
            )
        )
    return fitted
