"""One file -> its records, or the reasons why not. Knows no format: the installed readers do."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carmina import BadInput, CarminaError, Score

from .language import Tongues
from .likeness import text_prints, tune_prints
from .song import ExplicitSignatures, song_of
from .text import FEWEST_LINES, pieces_of, poems_of, stanzas_of, title_of

MOST_BYTES = 8_000_000  # of a file
MOST_WORKS = 20_000  # of a file
GIVES = ("Score", "LyricSheet", "Poem")  # the kind of work that a suffix with several readers is read as
NOT_VERSE = ("readme", "license", "licence", "copying", "changelog", "contributing", "notice", "index")
PROSE = 110  # width of the middle line from which a text is prose, a Han character as wide as three


@dataclass(slots=True)
class Item:
    """A record with what it is compared by."""

    kind: str  # "song" or "poem"
    record: dict[str, Any]
    tune: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What came of one file."""

    items: list[Item] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class FileReader:
    """Reads any file whose suffix an installed reader of songs or texts knows."""

    def __init__(self, conductor: Any):
        self._conductor = conductor
        self._tongues = Tongues(conductor.all("language"))
        self.kinds = kinds_of(conductor)

    def read(
        self, path: Path, inside: str, beat: Callable[[], None] = lambda: None, data: bytes | None = None
    ) -> Outcome:
        """Never raises for what a file holds: whatever goes wrong is a reason. ``beat`` is called before each work of
        the file; ``data``: its bytes, where they are known."""
        outcome = Outcome()
        try:
            self._read(path, inside, outcome, beat, data)
        except CarminaError as fault:
            outcome.reasons.append(_one_line(fault))
        except MemoryError:
            outcome.reasons.append("needs more memory than one file may take")
        except Exception as fault:  # a reader of anyone's, over a file of anyone's
            outcome.reasons.append(f"its reader failed: {type(fault).__name__}: {_one_line(fault)}")
        return outcome

    def _read(self, path: Path, inside: str, outcome: Outcome, beat: Callable[[], None], given: bytes | None) -> None:
        suffix = max((s for s in self.kinds if path.name.lower().endswith(s)), key=len, default=path.suffix.lower())
        if suffix not in self.kinds:
            raise BadInput(f"no reader for {suffix!r}" if suffix else "no reader for a name without a suffix")
        data = self._conductor.file_bytes(path, MOST_BYTES) if given is None else given
        if self.kinds[suffix] != "Score" and path.stem.lower().startswith(NOT_VERSE):
            raise BadInput("about the folder, not verse; rename it if it is")
        reader = self._conductor.reader(suffix, self.kinds[suffix])()
        pieces = reader.parts(data) if self.kinds[suffix] != "LyricSheet" else pieces_of(data)
        if len(pieces) > MOST_WORKS:
            raise BadInput(f"{len(pieces):,} works in one file; at most {MOST_WORKS:,} are read. Split it")
        for number, piece in enumerate(pieces, 1):
            place = f"{inside}#{number}" if len(pieces) > 1 else inside
            beat()
            try:
                outcome.items += self._works(reader.read(piece), piece, path, place)
            except CarminaError as fault:
                outcome.reasons.append(f"work {number}: {_one_line(fault)}" if len(pieces) > 1 else _one_line(fault))

    def _works(self, work: Any, data: bytes, path: Path, place: str) -> Iterator[Item]:
        if isinstance(work, Score):
            yield _song_item(song_of(work, _explicit_signatures(data), self._tongues), place)
            return
        title, stanzas = title_of(stanzas_of(work), work.title)
        lines = [line for stanza in stanzas for line in stanza]
        if len(lines) < FEWEST_LINES:
            raise BadInput(f"{len(lines)} line of verse; {FEWEST_LINES} are needed")
        if statistics.median(map(_width, lines)) > PROSE:
            raise BadInput("its lines are as long as those of prose. Break it into lines of verse")
        author = getattr(work, "author", "") or (path.parent.name if "/" in place else "")
        told = {
            name: text
            for name, text in getattr(work, "notes", {}).items()
            if name in ("dynasty", "author_died") and text
        }
        for record in poems_of(stanzas, title or path.stem, author, self._tongues):
            record |= told | {"path": place}
            yield Item("poem", record, words=text_prints(record["stanzas"]))


def kinds_of(conductor: Any) -> Mapping[str, str]:
    """Suffix -> the kind of work that it is read as."""
    kinds: dict[str, str] = {}
    for gives in reversed(GIVES):
        for entry in conductor.all("reader").values():
            if entry.gives == gives:
                kinds |= dict.fromkeys(entry.suffixes, gives)
    return kinds


def _song_item(record: dict[str, Any], inside: str) -> Item:
    record["path"] = inside
    words = [entry[3] for entry in record["melody"] if entry[3]]
    return Item("song", record, tune_prints(record["melody"]), text_prints([words], 4))


def _explicit_signatures(data: bytes) -> ExplicitSignatures:
    """A MIDI file without these meta events is in 4/4 and C major to its reader."""
    if data[:4] not in (b"MThd", b"RIFF"):
        return ExplicitSignatures()
    return ExplicitSignatures(metre=b"\xff\x58\x04" in data, key=b"\xff\x59\x02" in data)


def _width(line: str) -> float:
    """Characters of a line, a Han character as wide as three."""
    return sum(3 if "㐀" <= c <= "鿿" else 1 for c in line)


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:300]
