"""A score as what restyling keeps of it: its words in lines, and where each syllable stands and how high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import TICKS_PER_QUARTER, BadInput, CarminaError, Line, Lyrics, Note, Score, Section, SectionMark, Syllable
from carmina.theory import Phrase, phrases_of, voiced

WORDLESS = "~"  # begins what stands where a note has no word
LEAST = 8  # syllables that a tune needs to be known again


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the source, a value for each syllable."""

    heights: tuple[int, ...]  # semitones above a tonic
    onsets: tuple[float, ...]  # quarters from the first bar line of the score
    lengths: tuple[float, ...]  # quarters to the line's next syllable; of the last: as it sounds


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A stanza as the source sings it."""

    lines: tuple[SourceLine, ...]
    kind: str
    melody: str  # sections of one name are sung to one tune; empty: not told


@dataclass(frozen=True, slots=True)
class Source:
    """What is there."""

    score: Score
    lyrics: Lyrics
    sections: tuple[SourceSection, ...]  # as many as the lyrics have
    worded: bool

    @property
    def lines(self) -> list[SourceLine]:
        return [line for section in self.sections for line in section.lines]


def source_of(score: Score, name: str, workshop: Any) -> Source:
    """The source; raises ``BadInput`` in one line where it has no one voice, or too little of one."""
    score = voiced(score)
    phrases = phrases_of(score, name)
    if sum(len(phrase.slots) for phrase in phrases) < LEAST:
        raise BadInput(
            f"{name} has {sum(len(p.slots) for p in phrases)} notes; a tune that is to be known again needs at least "
            f"{LEAST}."
        )
    worded = any(slot.notes[0].syllable for phrase in phrases for slot in phrase.slots)
    language = _language(phrases, score, workshop) if worded else ""
    lyrics, sections = [], []
    for own in _by_section(phrases):
        mark = _mark(score, own[0])
        lines = [_words(phrase, number, language, workshop) for number, phrase in enumerate(own)]
        lyrics.append(Section(tuple(lines), mark.kind if mark else "verse", mark.label if mark else ""))
        kept = tuple(_line(phrase, score) for phrase in own)
        sections.append(SourceSection(kept, lyrics[-1].kind, mark.melody if mark else ""))
    return Source(score, Lyrics(tuple(lyrics), language, score.title), tuple(sections), worded)


def _by_section(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    found: list[list[Phrase]] = []
    for phrase in phrases:
        if found and found[-1][0].section == phrase.section:
            found[-1].append(phrase)
        else:
            found.append([phrase])
    return found


def _mark(score: Score, phrase: Phrase) -> SectionMark | None:
    at = phrase.slots[0].notes[0].onset_ticks
    return next((m for m in score.sections if m.onset_ticks <= at < m.onset_ticks + m.length_ticks), None)


def _line(phrase: Phrase, score: Score) -> SourceLine:
    base = 60 + score.keys[0].tonic
    first = score.pickup_ticks
    onsets = [slot.notes[0].onset_ticks for slot in phrase.slots]
    ends = [*onsets[1:], onsets[-1] + phrase.slots[-1].length_ticks]
    return SourceLine(
        tuple(pitch - base for pitch in heights_of([slot.notes for slot in phrase.slots])),
        tuple((onset - first) / TICKS_PER_QUARTER for onset in onsets),
        tuple((end - onset) / TICKS_PER_QUARTER for onset, end in zip(onsets, ends, strict=True)),
    )


def heights_of(slots: Sequence[Sequence[Note]]) -> list[int]:
    """The pitch of each syllable of a line: of its first note; of the last one, where the line rests, its last."""
    return [own[-1 if at + 1 == len(slots) else 0].pitch for at, own in enumerate(slots)]


# ---- words ----------------------------------------------------------------------------------------------------------


def _language(phrases: Sequence[Phrase], score: Score, workshop: Any) -> str:
    if score.language in workshop.all("language"):
        return score.language
    try:
        found: str = workshop.language_of(" ".join(_text(phrase) for phrase in phrases))
    except CarminaError:  # words that nobody here reads are sung as they are, without stress
        return ""
    return found


def _text(phrase: Phrase) -> str:
    parts = []
    for slot in phrase.slots:
        said = slot.notes[0].syllable
        parts.append(said.text + said.after + " " * said.ends_word if said else " ")
    return "".join(parts).strip()


def _words(phrase: Phrase, number: int, language: str, workshop: Any) -> Line:
    """The line's syllables as they are sung, with the prosody that their language gives them."""
    said = [slot.notes[0].syllable for slot in phrase.slots]
    own = [s or Syllable(f"{WORDLESS}{number}-{at}", content=False) for at, s in enumerate(said)]
    read = _read(_text(phrase), language, workshop) if language and all(said) else ()
    if len(read) == len(own):
        own = [
            replace(s, stress=r.stress, tone=r.tone, content=r.content, rhyme=r.rhyme, language=r.language)
            for s, r in zip(own, read, strict=True)
        ]
    plain = [replace(s, chord=None, extra_notes=0, ends_line=at + 1 == len(own)) for at, s in enumerate(own)]
    return Line(tuple(plain))


def _read(text: str, language: str, workshop: Any) -> tuple[Syllable, ...]:
    try:
        lyrics: Lyrics = workshop.lyrics(text, language)
    except CarminaError:
        return ()
    return lyrics.syllables
