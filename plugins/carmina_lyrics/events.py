"""Lines of text -> what each says: a blank, a label, words, a repeat, a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from carmina import Losses, SheetLine

from .chords import chord_line, is_sure_chord_line, pull_chords
from .cleaning import ANNOTATION, clean_characters, clean_line, clean_text, left_out
from .directives import Directive, drop_inline, language_mark, said_by
from .labels import Label, label_of, leading_label, parse_name, take_times
from .terminal import shell_lines
from .words import leading, line_of, with_chords_after

_RULE = re.compile(r"\s*(?:[-=*_~#–—.]\s*){3,}$")
_TITLE = re.compile(r"^\s*#\s+(.*?)\s*#*\s*$")
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[.):、．]\s*(?=\D)")
_ONLY_NUMBER = re.compile(r"^\s*[(\[]?(\d{1,2})[.)\]:、]?\s*$")
_SLASHES = re.compile(r"\s+(//?)\s+")


@dataclass(frozen=True, slots=True)
class Blank:
    """The end of a stanza."""


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """The stanza so far is sung this often."""

    times: int


@dataclass(frozen=True, slots=True)
class Words:
    """A line that is sung ``times`` times in a row."""

    line: SheetLine
    times: int = 1
    lead: tuple[str, ...] = ()  # chords that sound before its first word's: at the end of the line before


NOT_COUNTED = -1
CROWDED = "chord after eight others on one word"

Event = Blank | Title | Again | Words | Label


def events_of(lines: Iterable[str], losses: Losses | None = None) -> list[Event]:
    """What the lines of a sheet say, in order; ``losses`` counts what no sheet holds."""
    lines = list(lines)
    raw = _split_slashes(clean_text("\n".join(lines)).split("\n"))
    cleaned = [(line, drop_inline(clean_line(line))) for line in raw]
    chordpro = any(pull_chords(line).chords for _, line in cleaned)
    losses = losses or Losses()
    losses.add("line of a terminal", shell_lines("\n".join(lines)))
    scan = _Scan(any(is_sure_chord_line(line) for _, line in cleaned), chordpro, losses)
    return _with_leads(list(scan.scan(cleaned)), losses)


def _with_leads(events: list[Event], losses: Losses) -> list[Event]:
    """Chords before the first word of a line sound after the last word of the line before."""
    last = -1
    for place, event in enumerate(events):
        if isinstance(event, Words):
            if last >= 0 and event.lead:
                before = events[last]
                assert isinstance(before, Words)
                line, kept = with_chords_after(before.line, event.lead)
                events[last] = replace(before, line=line)
                losses.add(CROWDED, len(event.lead) - kept)
            else:
                losses.add("chord before the first word", len(event.lead))
            last = place
    return events


def _split_slashes(lines: list[str]) -> list[str]:
    """`` / `` ends a line and `` // `` a stanza, as in quoted verse; lines of chords are left alone."""
    found = []
    for line in lines:
        whole = is_sure_chord_line(line) or "{" in line
        cut = line if whole else _SLASHES.sub(lambda m: "\n\n" if m[1] == "//" else "\n", line)
        found.extend(cut.split("\n"))
    return found


class _Scan:
    """One pass over the lines; knows whether words were seen, and the chords that wait for the line below."""

    def __init__(self, has_chords: bool, chordpro: bool, losses: Losses):
        self.has_chords, self.chordpro, self.losses = has_chords, chordpro, losses
        self.before_words = True
        self.hidden = False
        self.at_start = True  # of a stanza
        self.waiting: list[tuple[int, str]] = []
        self.counted = NOT_COUNTED  # the number before the line above: of a list of lines the numbers are not sung
        self.language = ""  # that a mark gave the lines below it

    def scan(self, lines: Iterable[tuple[str, str]]) -> Iterator[Event]:
        for raw, line in lines:
            for event in self._of_line(raw, line):
                self.at_start = not isinstance(event, Words)
                yield event
        self._wait([])

    def _of_line(self, raw: str, line: str) -> Iterator[Event]:
        if (mark := language_mark(clean_characters(raw))) is not None:
            before, (self.language, rest) = self.language, mark
            if rest.strip():  # of this line alone
                yield from self._of_line(rest, drop_inline(clean_line(rest)))
                self.language = before
            return
        said = said_by(clean_characters(raw), self.before_words)
        if said is not None:
            yield from self._directive(said)
        elif self.hidden:
            self.losses.add("line of tablature or grid", bool(line.strip()))
        else:
            self.losses.add("annotation", len(ANNOTATION.findall(raw)))
            for name in left_out(raw):
                self.losses.add(name)
            yield from self._event(raw, line)

    def _directive(self, said: Directive) -> Iterator[Event]:
        if said.hides is not None:
            self.hidden = said.hides
        if said.unkept:
            self.losses.add(said.unkept)
        if said.title:
            yield Title(said.title)
        if said.closes:
            yield Blank()
        if said.label:
            yield said.label

    def _event(self, raw: str, line: str) -> Iterator[Event]:
        if not line.strip():
            if not raw.strip() or not any(c.isalnum() for c in raw) and not _is_picture_line(raw):
                yield Blank()
        elif _RULE.match(line):
            yield Blank()
        elif self.before_words and (found := _TITLE.match(line)) and not parse_name(found[1], marked=True, loose=True):
            yield Title(found[1])
        elif (chords := chord_line(line, self.has_chords)) is not None:
            self._wait(chords)
        else:
            yield from self._labelled(line)

    def _labelled(self, line: str) -> Iterator[Event]:
        if self.at_start and (found := _ONLY_NUMBER.match(line)):
            yield Label("verse", found[1], int(found[1]))
            return
        rest, times = take_times(line)
        if not rest.strip(" ()[]（）") and times > 1:
            yield Again(times)
            return
        if (label := label_of(pull_chords(line, unknown=False).text)) is not None:
            self._wait([])
            yield label
            return
        if (led := leading_label(line)) is not None:
            yield led[0]
            line = led[1]
        found = _NUMBERED.match(line)
        if found and self.at_start:
            yield Label("verse", found[1], int(found[1]))
        if found and (self.at_start or int(found[1]) == self.counted + 1):
            line, self.counted = line[found.end() :], int(found[1])
        else:
            self.counted = NOT_COUNTED
        yield from self._words(line)

    def _words(self, line: str) -> Iterator[Event]:
        line, times = take_times(line)
        pulled = pull_chords(line, self.chordpro)
        for name in pulled.unknown:
            kind = "number in brackets" if name.isdecimal() else f"chord of an unknown name ([{name}])"
            self.losses.add(kind)
        if not pulled.text.strip():
            self._wait(pulled.columns)
            return
        given = pulled.chords or self.waiting
        found = line_of(pulled.text, given)
        if found is None:
            if pulled.chords:  # else those that wait go on waiting
                self._wait(given)
            return
        lead = leading(pulled.text, given)
        if not pulled.chords:
            self.waiting = []
        self._wait([])
        kept = sum((word.chord is not None) + len(word.more_chords) for word in found.words) + len(lead)
        self.losses.add(CROWDED, len(given) - kept)
        self.before_words = False
        yield Words(replace(found, language=self.language) if self.language else found, times, tuple(lead))

    def _wait(self, chords: list[tuple[int, str]]) -> None:
        """These chords wait for a line of words; those that waited until now met none."""
        self.losses.add("chord of a line without words", len(self.waiting))
        self.waiting = chords


def _is_picture_line(raw: str) -> bool:
    """Whether a line that cleaned to nothing showed something (emoji): it is dropped without ending the stanza."""
    return any(ord(c) > 0x2190 and not c.isspace() and c.isprintable() for c in raw)
