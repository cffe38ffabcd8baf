"""Labels of stanzas: ``[Verse 1]``, ``(Chorus)``, ``Refrain x2``, ``副歌:`` -> kind, number, how often, repeat or
not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from carmina import SectionKind

MAX_LABEL = 120  # characters
_WRAPS = (
    ("[", "]"),
    ("(", ")"),
    ("【", "】"),
    ("（", "）"),
    ("［", "］"),
    ("{", "}"),
    ("<", ">"),
    ("〔", "〕"),
    ("「", "」"),
)
_TIMES = re.compile(
    r"(?<![^\s(\[（,.;:!?…'\")\]）。，！？])[\s(\[（]*(?:[x×✕]\s*(\d{1,2})|(\d{1,2})\s*[x×✕])[\s)\]）]*$", re.I
)
_FADE = re.compile(r"[\s,;(–-]+(?:and |then |to |& |till |until )?fad(?:e|es|ing)(?: out| away)?[\s.)]*$", re.I)
_HEADING = re.compile(r"^\s*#{1,6}\s+(.*?)\s*#*\s*$")
_FRAME = re.compile(r"^[\s=~*+–—_-]*(.*?)[\s=~*+_–—-]*$")
_NUMBER = re.compile(r"^(.*?)[\s#.:,-]*(\d{1,2})\s*[a-d]?[.):]*$")
_ORDINAL = re.compile(r"^(?:第\s*)?(\d{1,2})\s*(?:st|nd|rd|th|\.|e|er|re|ère|ème|a|ª|º)?\s*(\D.*)$")
_LEADING = re.compile(r"^\s*(?:\[([^\]]+)\]|【([^】]+)】|([^\W\d_][\w '-]{0,24}?)\s*[:：])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says."""

    kind: SectionKind
    text: str  # as written, without brackets
    number: int | None = None
    times: int = 1  # how often its words are sung
    repeats: bool = False  # says "repeat"


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: dict[str, SectionKind]
    risky: frozenset[str]
    repeats: tuple[str, ...]
    counts: dict[str, int]
    ordinals: dict[str, int]


@cache
def _tables() -> _Tables:
    data = tomllib.loads(files(__package__).joinpath("data/labels.toml").read_text("utf-8"))
    kinds = {name: kind for kind, names in data["kinds"].items() for name in names}
    repeats = sorted(data["repeat"]["words"], key=len, reverse=True)
    return _Tables(kinds, frozenset(data["risky"]["names"]), tuple(repeats), data["counts"], data["ordinals"])


def label_of(line: str) -> Label | None:
    """The label that a line is when it stands alone on it, else None.

    A name that is also a plain word (``Tag``, ``End``) needs brackets, a heading mark, a colon or a number. A line in
    square brackets or a heading is never sung: when its name is not known it is a label of kind "verse" with no number.
    """
    if len(line) > MAX_LABEL or not line.strip():
        return None
    heading = _HEADING.match(line)
    bare = (heading[1] if heading else line).strip()
    framed = _FRAME.match(bare) if bare else None
    bare = framed[1] if framed else ""
    core, opened = _unwrap(bare)
    colon = core.endswith((":", "："))
    core = core.rstrip(":： ").strip()
    marked = bool(heading or opened or colon)
    known = parse_name(core, marked, loose=opened in ("[", "【"))
    if known is None and core and (heading or opened in ("[", "【", "［")):
        return Label("verse" if heading else "other", core)
    return known


def leading_label(line: str) -> tuple[Label, str] | None:
    """The label before the words of one line (``[Chorus] Glory``, ``Refrain: Glory``) and those words, else None."""
    found = _LEADING.match(line)
    if not found:
        return None
    label = parse_name((found[1] or found[2] or found[3]).strip(), marked=not found[3], loose=not found[3])
    return (label, line[found.end() :]) if label else None


def parse_name(text: str, marked: bool, loose: bool = False) -> Label | None:
    """A name with its number, count and "repeat" taken apart. ``loose``: anything may follow ``:``, ``-`` or ``(``."""
    if (faded := _FADE.sub("", text)) != text and (found := parse_name(faded, marked, loose)) is not None:
        return replace(found, text=text.strip())  # "Repeat Chorus x2 and fade"
    name, times = take_times(text)
    name = name.strip(" .-–—").casefold()
    for word, count in _tables().counts.items():
        if name.endswith(" " + word):
            name, times = name[: -len(word)].strip(), count
    name, repeats = _take_repeat(name)
    if loose:
        name = re.split(r"\s*[:(（,|]\s*|\s+[-–—/]\s+", name)[0].strip() or name
    name, number = _take_number(name)
    kind = _tables().kinds.get(name)
    if kind is None or (name in _tables().risky and not (marked or repeats or number)):
        return None
    return Label(kind, text.strip(), number, times, repeats)


def take_times(line: str) -> tuple[str, int]:
    """A line without its closing ``x2``, ``(2x)``, ``(bis)``, and how often it is sung."""
    head, tail = line[:-16], line[-16:]
    found = _TIMES.search(tail)
    if found:
        return (head + tail[: found.start()]).rstrip(), max(1, int(found[1] or found[2]))
    if line.rstrip()[-1:] not in (")", "]", "）"):
        return line, 1  # nearly every line
    for word, count in _tables().counts.items():
        for left, right in (("(", ")"), ("[", "]"), ("（", "）")):
            if line.rstrip().casefold().endswith(left + word + right):
                return line.rstrip()[: -len(word) - 2].rstrip(), count
    return line, 1


def _unwrap(text: str) -> tuple[str, str]:
    """A text without the brackets around it, and the outermost opening bracket."""
    opened = ""
    for left, right in _WRAPS * 2:
        inner, _ = take_times(text)
        for candidate in (text, inner.rstrip()):
            body = candidate.rstrip(":： ")
            if body.startswith(left) and body.endswith(right) and left not in body[1:] and len(body) > 1:
                opened = opened or left
                text = body[1:-1].strip() + text[len(candidate) :] + (":" if body != candidate else "")
                break
    return text, opened


def _take_repeat(name: str) -> tuple[str, bool]:
    for word in _tables().repeats:
        gap = "" if ord(word[-1]) > 0x2E80 else " "
        if name.startswith(word + gap) and len(name) > len(word):
            return name[len(word) :].strip(), True
        if name.endswith(gap + word) and len(name) > len(word) + 1 and word not in ("au", "al"):
            return name[: -len(word)].strip(), True
    return name, False


def _take_number(name: str) -> tuple[str, int | None]:
    if name in _tables().kinds:
        return name, None
    if (found := _NUMBER.match(name)) and found[1]:
        return found[1].strip(), int(found[2])
    if found := _ORDINAL.match(name):
        return found[2].strip(), int(found[1])
    for word, number in _tables().ordinals.items():
        for candidate, rest in (
            (name.endswith(" " + word), name[: -len(word) - 1]),
            (name.startswith(word + " "), name[len(word) + 1 :]),
        ):
            if candidate:
                return rest.strip(), number
        if ord(word[0]) > 0x2E80 and name.removeprefix("第") != word:
            if name.endswith(word):
                return name[:-1].removesuffix("第"), number
            if name.removeprefix("第").startswith(word):
                return name.removeprefix("第")[1:], number
    return name, None
