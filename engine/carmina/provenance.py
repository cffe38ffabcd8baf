"""How a file was made, as one line that stands inside it: which engine, command, seed, style and models, step by step.

    Made with Carmina: 0.1.0 compose seed=7 style=song model=melody-transformer,9f...,Apache-2.0; 0.1.0 transpose;

The line is ASCII without any sign that means something to XML, JSON, ABC, YAML or PDF (others are percent-encoded), so
that it is found again in the bytes of a file whatever its format: no reader is needed. Text files of our own (UTF-8)
have letters of other scripts as they are. It is a claim, not a proof: whoever can write a file can write the line, or
take it out. Where the format lets it be, the line ends with a sum of the whole file (``sum=``): it proves that no byte
was changed since, not that what is claimed is so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

SIGNATURE = "Made with Carmina:"
MOST_STEPS, MOST_MODELS, LONGEST = 6, 8, 200  # kept of a work's past; of a step; characters of a value
UNMARKED = "from=unmarked"
DIGITS = 16  # of a SHA-256 that a line tells: enough to know a file again, short enough to be read over
SUM = "sum="
_SAFE = "._~/+@:"
_STEP = rb"(?: [A-Za-z0-9][A-Za-z0-9._~/+@:,=%\x80-\xff-]{0,8000}){1,16};"  # 12 signs for a letter of four bytes
_LINE = re.compile(SIGNATURE.encode() + rb"(?:" + _STEP + rb"){1,12}")
_SUM = re.compile(rb" " + SUM.encode() + rb"([0-9a-f]{%d});" % DIGITS)
_WRITTEN = re.compile(r"\n*^# " + SIGNATURE + r"[^\n]*$\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UsedModel:
    """A model that had a part in a work."""

    name: str
    digest: str = ""  # SHA-256 of its file, hexadecimal, of which a line tells the first digits; empty: it is no file
    licence: str = ""  # of its weights, an SPDX name


@dataclass(frozen=True, slots=True)
class Step:
    """One run of Carmina that made or changed a work."""

    version: str  # of the engine
    command: str = ""  # e.g. "compose"; empty: a program called the engine
    seed: int | None = None
    style: str = ""
    models: tuple[UsedModel, ...] = ()
    of_unmarked: bool = False  # it worked on a file that says nothing of its making


def remark(steps: Sequence[Step]) -> str:
    """The line that tells these steps, the newest last; the oldest are left out where there are many."""
    return " ".join([SIGNATURE, *(f"{' '.join(_told(step))};" for step in steps[-MOST_STEPS:])])


def steps_of(data: bytes) -> tuple[Step, ...]:
    """What the first such line in a file's bytes tells; empty where there is none."""
    found = _LINE.search(data)
    if found is None:
        return ()
    told = found[0].decode("utf-8", "replace").removeprefix(SIGNATURE)
    steps = [step.split() for step in told.split(";") if step.strip()]
    return tuple(_read(step) for step in steps if not step[0].startswith(SUM))


def with_sum(put: Callable[[str], bytes], line: str) -> bytes:
    """A file with its line, and where that can be a sum of all of it; ``put`` writes a line into the file.

    The sum is of the file with zeros in its place, so a format that counts its bytes (a checksum, a compressed copy)
    has none.
    """
    blank = put(f"{line} {SUM}{'0' * DIGITS};")
    digest = hashlib.sha256(blank).hexdigest()[:DIGITS]
    done = put(f"{line} {SUM}{digest};")
    return done if unchanged(done) else put(line)


def without_sum(line: str) -> str:
    """The line without its sum, for a second copy of it in the file."""
    return _SUM.sub(b"", line.encode()).decode()


def unchanged(data: bytes) -> bool | None:
    """Whether a whole file is as it was when its line was written; None where the line has no sum."""
    line = _LINE.search(data)
    found = _SUM.search(data, line.start(), line.end()) if line else None
    if found is None:
        return None
    whole = hashlib.sha256(data[: found.start(1)])
    whole.update(b"0" * DIGITS)
    whole.update(data[found.end(1) :])
    return whole.hexdigest()[:DIGITS] == found[1].decode()


def readable(line: str) -> str:
    """The line with the letters of other scripts as they are, for UTF-8 text that people read."""
    return re.sub(r"(?:%[89A-F][0-9A-F])+", _letters, line)


def _letters(found: re.Match[str]) -> str:
    text = unquote(found[0])
    return text if text.isalpha() else found[0]


def without_remark(text: str) -> str:
    """A text file's text without the line (``# Made with Carmina: ...``) that a renderer put below it."""
    return _WRITTEN.sub("\n", text) if SIGNATURE in text else text


def as_json(steps: Sequence[Step]) -> list[dict[str, object]]:
    """The steps as JSON-able values."""
    return [
        {
            "version": step.version,
            "command": step.command or None,
            "seed": step.seed,
            "style": step.style or None,
            "models": [{"name": m.name, "sha256": m.digest, "licence": m.licence} for m in step.models],
            "of_unmarked_file": step.of_unmarked,
        }
        for step in steps
    ]


def _told(step: Step) -> Iterator[str]:
    yield _quoted(step.version)
    if step.command:
        yield _quoted(step.command)
    if step.seed is not None:
        yield f"seed={step.seed}"
    if step.style:
        yield f"style={_quoted(step.style)}"
    for model in step.models[:MOST_MODELS]:
        yield "model=" + ",".join(map(_quoted, (model.name, model.digest[:DIGITS], model.licence)))
    if step.of_unmarked:
        yield UNMARKED


def _quoted(text: str) -> str:
    """Percent-encoded; two hyphens would end a comment of XML."""
    return quote(text[:LONGEST].encode("utf-8", "replace"), safe=_SAFE).replace("--", "-%2D")


def _read(words: Sequence[str]) -> Step:
    plain = [unquote(word) for word in words[1:2] if "=" not in word]
    pairs = [word.split("=", 1) for word in words[1:] if "=" in word]
    said: Mapping[str, str] = {key: unquote(value) for key, value in pairs if key != "model"}
    models = tuple(_model(value) for key, value in pairs if key == "model")
    seed = said.get("seed", "")
    return Step(
        _printable(unquote(words[0])),
        _printable("".join(plain)),
        int(seed) if seed.isascii() and seed.isdigit() and len(seed) < 20 else None,
        _printable(said.get("style", "")),
        models[:MOST_MODELS],
        UNMARKED in words,
    )


def _model(told: str) -> UsedModel:
    return UsedModel(*([_printable(unquote(part)) for part in told.split(",")] + ["", ""])[:3])


def _printable(text: str) -> str:
    """What a stranger's file says, fit for a terminal."""
    return "".join(c for c in text[:LONGEST] if c.isprintable())
