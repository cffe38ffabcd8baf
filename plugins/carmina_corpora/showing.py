"""What a person wants to know of a corpus before training on it."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carmina import CarminaError
from carmina.text import counted
from carmina.text import width as columns

from .folder import LEFT_OUT, data_files, fingerprints
from .rewriting import Record, heads
from .tally import Tally, commonest, parts_of

NAMES = "C C# D Eb E F F# G Ab A Bb B".split()
SHOWN_NOTES, MOST_WARNINGS = 12, 12
SMALL_SONGS, SMALL_POEMS = 30, 60  # below it a model of one's own mostly learns by heart


@dataclass(slots=True)
class CorpusSummary:
    """Sums and examples of one pass over a corpus."""

    tally: Tally = field(default_factory=Tally)
    languages: dict[str, Counter[str]] = field(default_factory=lambda: {"song": Counter(), "poem": Counter()})
    metres: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    genres: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    ranges: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    held: int = 0  # notes that carry a syllable on
    clusters: dict[str, set[int]] = field(default_factory=lambda: {"song": set(), "poem": set()})
    samples: list[list[str]] = field(default_factory=list)

    def add(self, kind: str, record: Record) -> None:
        """One more record."""
        self.tally.add(kind, record)
        self.languages[kind][record.get("language") or ""] += 1
        self.clusters[kind].add(record.get("cluster", len(self.clusters[kind])))
        if kind == "poem":
            self.forms[record.get("form") or ""] += 1
            return
        pitches = [entry[2] for entry in record["melody"]]
        self.metres[(record.get("time_signatures") or [[0, "none"]])[0][1]] += 1
        self.keys[record.get("key") or ""] += 1
        self.genres[record.get("genre") or ""] += 1
        self.ranges += [max(pitches) - min(pitches)] if pitches else []
        self.sizes.append(sum(bool(entry[3]) for entry in record["melody"]))
        self.held += sum(bool(entry[5]) for entry in record["melody"])


def look(folder: Path, samples: int) -> CorpusSummary:
    """One pass; the samples are the first works of as many clusters."""
    seen, shown = CorpusSummary(), set()
    for kind, record in heads(folder):
        key = kind, record.get("cluster")
        if len(seen.samples) < samples and key not in shown:
            shown.add(key)
            seen.samples.append(sample(kind, record))
        seen.add(kind, record)
    return seen


def sample(kind: str, record: Record) -> list[str]:
    """A work's beginning in a few lines."""
    facts = [
        record.get("language") or "unknown language",
        record.get("form") or ""
        if kind == "poem"
        else f"{(record.get('time_signatures') or [[0, 'no metre']])[0][1]}, {record.get('key') or 'no key'}",
        record.get("split") or "",
    ]
    head = (
        f"{record.get('path') or record['id']}: {record.get('title') or 'untitled'} [{', '.join(filter(None, facts))}]"
    )
    if kind == "poem":
        return [head, *(f"  {line}" for line in record["stanzas"][0][:4])]
    return [head, *_two_rows(record["melody"][:SHOWN_NOTES])]


def _two_rows(notes: Sequence[Sequence[Any]]) -> list[str]:
    words, pitches = "  ", "  "
    for _onset, _length, pitch, text, syllabic, melisma in notes:
        said = (text + ("-" if syllabic in ("begin", "middle") else "")) if text else "_" if melisma else "."
        name = f"{NAMES[pitch % 12]}{pitch // 12 - 1}"
        width = max(columns(said), len(name)) + 1
        words += said + " " * (width - columns(said))
        pitches += name.ljust(width)
    return [words.rstrip(), pitches.rstrip()]


def summary_lines(conductor: Any, folder: Path, seen: CorpusSummary, tokenizer: str | None) -> Iterator[str]:
    """The whole account, line by line."""
    counts = seen.tally.counts
    yield from _card_lines(conductor, folder)
    if counts["songs"]:
        clusters = counted("cluster", len(seen.clusters["song"]))
        yield f"{counted('song', counts['songs'])} in {clusters}: {parts_of(counts, 'songs')}"
        yield (
            f"  {counted('syllable', counts['syllables'])} on {counted('note', counts['notes'])}, "
            f"{counted('note', seen.held)} {'carries' if seen.held == 1 else 'carry'} one on; "
            f"{counted('further verse', counts['verses_besides_the_first'])}; "
            f"{statistics.median(seen.sizes):g} syllables a song, "
            f"{statistics.median(seen.ranges or [0]):g} semitones from lowest to highest (medians)"
        )
        for name, found in (
            ("languages", seen.languages["song"]),
            ("metres", seen.metres),
            ("keys", seen.keys),
            ("genres", seen.genres),
        ):
            yield f"  {name}: {commonest(found)}"
    if counts["poems"]:
        yield f"{counted('poem', counts['poems'])} in {counted('cluster', len(seen.clusters['poem']))}: {parts_of(counts, 'poems')}; {counted('line', counts['lines'])}"  # noqa: E501
        yield f"  languages: {commonest(seen.languages['poem'])}"
        yield f"  forms: {commonest(seen.forms)}"
    yield from (f"warning: {text}" for text in (*seen.tally.warnings()[:MOST_WARNINGS], *_advice(seen)))
    if tokenizer:
        yield from _taught(conductor, folder, tokenizer)
    for lines in seen.samples:
        yield ""
        yield from lines


def _card_lines(conductor: Any, folder: Path) -> Iterator[str]:
    try:
        card = conductor.card(folder)
    except CarminaError as fault:
        yield f"warning: {fault}"
        return
    yield f"{card.title}: {card.summary}"
    yield f"licence: {card.licence}"
    if card.unfilled:
        yield "warning: the licence is not filled in; say in corpus.toml what may be done with these works"
    changed = _changed(card, folder)
    yield f"warning: changed since the card was written: {', '.join(changed)}" if changed else "files: as the card says"
    left = folder / LEFT_OUT
    if left.is_file() and left.stat().st_size:
        yield f"left out when it was made: {card.counts.get('left_out', 0)}, told in {left}"


def _changed(card: Any, folder: Path) -> list[str]:
    return [
        name
        for name, digest in card.files.items()
        if not (folder / name).is_file() or fingerprints({name: (folder / name).read_bytes()})[name] != digest
    ]


def _advice(seen: CorpusSummary) -> Iterator[str]:
    counts = seen.tally.counts
    for kind, few in (("song", SMALL_SONGS), ("poem", SMALL_POEMS)):
        if 0 < counts[f"{kind}s_train"] < few:
            yield f"{counts[f'{kind}s_train']} {kind}s to train on are few: finetune a shipped model, do not train one from nothing"  # noqa: E501
        if counts[f"{kind}s"] and not counts[f"{kind}s_validation"] and not counts[f"{kind}s_unassigned"]:
            yield f"no {kind} validates: all are in one cluster, or --validation was 0; nothing will say when to stop"


def _taught(conductor: Any, folder: Path, name: str) -> Iterator[str]:
    """What a tokenizer makes of the corpus: what training will see."""
    sequences: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for example in conductor.get("tokenizer", name)().examples(folder, conductor):
        sequences[example.split] += 1
        ids[example.split] += int((example.chosen >= 0).sum())
    yield f"tokenizer {name}: " + (
        "; ".join(
            f"{part}: {count} sequences, {ids[part]} ids to predict"
            for part, count in sorted(sequences.items(), reverse=True)
        )
        or "teaches nothing of this"
    )


def as_json(conductor: Any, folder: Path, seen: CorpusSummary) -> dict[str, Any]:
    """The same for programs."""

    def plain(counter: Mapping[str, int]) -> dict[str, int]:
        return dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))

    try:
        card: Any = dataclasses.asdict(conductor.card(folder))
    except CarminaError:
        card = None
    return {
        "card": card,
        "counts": seen.tally.plain(),
        "warnings": [*seen.tally.warnings(), *_advice(seen)],
        "songs": {
            "languages": plain(seen.languages["song"]),
            "metres": plain(seen.metres),
            "keys": plain(seen.keys),
            "genres": plain(seen.genres),
            "clusters": len(seen.clusters["song"]),
        },
        "poems": {
            "languages": plain(seen.languages["poem"]),
            "forms": plain(seen.forms),
            "clusters": len(seen.clusters["poem"]),
        },
        "files": [path.name for path in data_files(folder)],
    }
