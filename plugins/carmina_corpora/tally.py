"""Counts what a corpus holds while its records pass by, so that it need not stand in memory whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_DETAIL = re.compile(r"\d+ %? ?|,.*| of [A-G].*| in \d+/.*")  # what differs from piece to piece
NAMED = 3  # pieces that a warning names
MOST_WARNINGS = 200


@dataclass(frozen=True, slots=True)
class Head:
    """What a split needs of a record."""

    kind: str  # "song" or "poem"
    id: str
    cluster: int
    language: str

    @property
    def stratum(self) -> str:
        """Records of one stratum are split in the same shares."""
        return f"{self.kind} {self.language}"


def head_of(kind: str, record: Mapping[str, Any]) -> Head:
    """The head of a record."""
    return Head(kind, str(record["id"]), int(record.get("cluster", 0)), record.get("language") or "")


@dataclass(slots=True)
class Tally:
    """Sums over records."""

    counts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    _about: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, record: Mapping[str, Any]) -> None:
        """One more record."""
        self.counts[f"{kind}s"] += 1
        self.counts[f"{kind}s_{record.get('split') or 'unassigned'}"] += 1
        if kind == "song":
            self.counts["notes"] += len(record["melody"])
            self.counts["syllables"] += sum(bool(entry[3]) for entry in record["melody"])
            self.counts["verses_besides_the_first"] += len(record.get("verses") or ())
        else:
            self.counts["lines"] += sum(map(len, record["stanzas"]))
        if record.get("language"):
            self.languages[record["language"]] += 1
        self._doubt(kind, record)

    def _doubt(self, kind: str, record: Mapping[str, Any]) -> None:
        place = str(record.get("path") or record.get("id"))
        for fault in record.get("faults") or ():
            self._about[_DETAIL.sub("", fault)].append(place)
        worded = kind == "poem" or any(entry[3] for entry in record["melody"])
        if worded and not record.get("language"):
            self._about["words in no language that is installed"].append(place)

    def plain(self) -> dict[str, int]:
        """The counts that are not nought, by name."""
        return {name: count for name, count in sorted(self.counts.items()) if count}

    def warnings(self) -> tuple[str, ...]:
        """Every kind of doubt with the pieces that it is about, the commonest first."""
        order = sorted(self._about.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return tuple(
            f"{fault}: {len(paths)} ({', '.join(paths[:NAMED])}{', ...' if len(paths) > NAMED else ''})"[:1000]
            for fault, paths in order
        )[:MOST_WARNINGS]


def parts_of(counts: Mapping[str, int], kind: str) -> str:
    """``4 train, 1 validation``."""
    found = [(part, counts.get(f"{kind}_{part}", 0)) for part in ("train", "validation", "test", "unassigned")]
    return ", ".join(f"{count} {part}" for part, count in found if count)


def commonest(counts: Mapping[str, int], most: int = 8) -> str:
    """``en 30, de 5``."""
    order: Sequence[tuple[str, int]] = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f"{name or 'unknown'} {count}" for name, count in order[:most])
    return told + (f" and {len(order) - most} more" if len(order) > most else "")
