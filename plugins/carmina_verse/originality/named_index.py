"""An index of somebody's own texts that names the line which a run comes from; made by ``carmina corpus index``."""

from __future__ import annotations

import io
import lzma
import tokenize
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carmina import BadInput

from .runs import RUN, entries

MOST_RUNS = 40_000_000
MOST_BYTES = 600_000_000  # of an index, unpacked
ARRAYS = {"keys": np.uint64, "lines": np.uint32, "texts": np.uint8, "language": np.uint8}
DAMAGED = (
    *(
        ValueError,
        KeyError,
        TypeError,
        OSError,
        EOFError,
        MemoryError,
        RecursionError,
        RuntimeError,
        NotImplementedError,
    ),
    *(SyntaxError, OverflowError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tokenize.TokenError),
)  # what a header of odd text and a zip of odd members raise


@dataclass(frozen=True, slots=True)
class IndexedLine:
    """One line of a text, as words or characters."""

    units: tuple[str, ...]
    text: str  # as printed
    source: str  # the file, or poet and title


def key_of(run: bytes) -> int:
    """64 bits of a run."""
    return zlib.crc32(run) << 32 | zlib.crc32(run, 0x9E3779B9)


class NamedIndex:
    """Runs of some texts, each with the line in which it begins first."""

    def __init__(self, language: str, keys: np.ndarray, lines: np.ndarray, texts: Sequence[str]):
        self.language, self._keys, self._lines, self._texts = language, keys, lines, texts

    @classmethod
    def of(cls, texts: Iterable[Sequence[IndexedLine]], language: str) -> NamedIndex:
        """The index of texts; runs cross the lines of a text."""
        keys: list[int] = []
        lines: list[int] = []
        named: list[str] = []
        for text in texts:
            owners = [number for number, line in enumerate(text) for _unit in line.units]
            runs = entries([unit for line in text for unit in line.units], language)
            keys += map(key_of, runs)
            lines += [len(named) + owners[at] for at in range(len(runs))]
            named += [f"{line.text}\t{line.source}".replace("\n", " ") for line in text]
            if len(keys) > MOST_RUNS:
                raise BadInput(f"over {MOST_RUNS} runs; index fewer texts at once.")
        first, where = np.unique(np.array(keys, np.uint64), return_index=True)
        return cls(language, first, np.array(lines, np.uint32)[where] if keys else np.zeros(0, np.uint32), named)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, run: bytes) -> bool:
        return self._at(run) is not None

    def _at(self, run: bytes) -> int | None:
        key = np.uint64(key_of(run))
        at = int(np.searchsorted(self._keys, key))
        return at if at < len(self._keys) and self._keys[at] == key else None

    def line_of(self, run: bytes) -> tuple[str, str] | None:
        """The line that a run begins in, and where it stands; None: not here."""
        at = self._at(run)
        if at is None:
            return None
        text, _, source = self._texts[int(self._lines[at])].partition("\t")
        return text, source

    def dump(self) -> bytes:
        """The bytes of a file."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            keys=self._keys,
            lines=self._lines,
            texts=np.frombuffer("\n".join(self._texts).encode(), np.uint8),
            language=np.frombuffer(self.language.encode(), np.uint8),
        )
        return out.getvalue()

    @classmethod
    def load(cls, data: bytes, name: str) -> NamedIndex:
        """Undoes :meth:`dump`; raises ``BadInput`` in one line."""
        try:
            arrays = _arrays(data)
            language = bytes(arrays["language"]).decode()
            texts = bytes(arrays["texts"]).decode().split("\n")
            if language not in RUN or len(arrays["keys"]) != len(arrays["lines"]):
                raise ValueError("arrays of other kinds")
            if arrays["lines"].max(initial=0) >= len(texts):
                raise ValueError("lines that are not there")
        except (*DAMAGED, BadInput) as fault:
            raise BadInput(f"{name} is no index ({str(fault)[:80]}). Make one with carmina corpus index.") from fault
        return cls(language, arrays["keys"], arrays["lines"], texts)


def _arrays(data: bytes) -> dict[str, np.ndarray]:
    """The arrays by name, their headers believed only where they fit the bytes that are there."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        if sum(entry.file_size for entry in whole.infolist()) > MOST_BYTES:
            raise ValueError(f"over {MOST_BYTES:,} bytes when unpacked")
        for name, kind in ARRAYS.items():
            with whole.open(f"{name}.npy") as file:
                inner = io.BytesIO(file.read(MOST_BYTES + 1))
            read = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
            shape, _fortran, dtype = read[np.lib.format.read_magic(inner)](inner)
            values = inner.getbuffer()[inner.tell() :]
            if dtype != kind or shape != (len(values) // dtype.itemsize,) or len(values) % dtype.itemsize:
                raise ValueError("arrays of other kinds")
            found[name] = np.frombuffer(values, dtype)
    return found


class Joined:
    """Several indexes as one."""

    def __init__(self, *indexes: Any):
        self._indexes = [index for index in indexes if index is not None]

    def __contains__(self, run: bytes) -> bool:
        return any(run in index for index in self._indexes)

    def line_of(self, run: bytes) -> tuple[str, str] | None:
        """The line that a run begins in, where an index can name it."""
        return next(
            (line for index in self._indexes if hasattr(index, "line_of") and (line := index.line_of(run))), None
        )
