"""A sung score as lines: the slots of each, its words, which earlier line it repeats, which lines it rhymes with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import BadInput, CarminaError, Note, Score, Syllable
from carmina.text import is_wide
from carmina.theory import MOST_PHRASES, Phrase, Slot, gaps_of, parted, phrases_of, slots_of

from ..shape import LETTERS

MOST_SLOTS = 48  # of a line
LEAST_SLOTS = 3
LEAST_GAP, MARKED, CAPITAL, WITHIN = 1.2, 2.0, 1.0, 9.0  # strengths of a line's end
REACH = 4  # lines within which a rhyme is heard


@dataclass(frozen=True, slots=True)
class SungLine:
    """A line of a song."""

    phrase: Phrase
    text: str  # the words that it has
    like: int | None = None  # an earlier line of the same words and as many slots
    rhyme: str = ""  # a letter; lines of one letter rhyme; empty: with none


def sung_lines(score: Score, name: str, workshop: Any, wanted: int = 0) -> list[SungLine]:
    """The lines of a score's voice; raises ``BadInput`` in one line where there are none with words. ``wanted``: how
    many there should be where the file does not tell where they end, if the music and the marks bear it."""
    if not any(note.syllable for note in score.sung_notes):
        raise BadInput(
            f"{name} has no words to translate: no syllable stands under its notes. Give a song with words; for new "
            "words to a tune there is carmina words."
        )
    phrases = _by_words(score) or _as_many(score, wanted) or phrases_of(score, name)
    if len(phrases) > MOST_PHRASES:
        raise BadInput(f"{name} has {len(phrases)} lines; at most {MOST_PHRASES} are translated at once. Cut it.")
    texts = [joined(note for slot in phrase.slots for note in slot.notes) for phrase in phrases]
    letters = _rhymes(texts, _language(score, texts, workshop), workshop)
    found: list[SungLine] = []
    for phrase, text, letter in zip(phrases, texts, letters, strict=True):
        size = len(phrase.slots)
        same = (n for n, o in enumerate(found) if _bare(o.text) == _bare(text) and len(o.phrase.slots) == size)
        found.append(SungLine(phrase, text, next(same, None), letter))
    return found


def joined(notes: Iterator[Note] | Sequence[Note]) -> str:
    """The words that notes sing, as one text."""
    out = ""
    for syllable in (note.syllable for note in notes if note.syllable):
        wide = is_wide(syllable.text[-1])
        out += syllable.text + syllable.after + " " * (syllable.ends_word and not wide)
    return " ".join(out.split())


def _by_words(score: Score) -> list[Phrase]:
    """Phrases as the words' own lines end; none where no line's end is told, or one would be very long."""
    out: list[Phrase] = []
    ends = 0
    for number, own in enumerate(parted(score, list(slots_of(score)))):
        line: list[Any] = []
        for slot in own:
            line.append(slot)
            said: Syllable | None = slot.notes[0].syllable
            if said is not None and said.ends_line:
                out.append(Phrase(tuple(line), number))
                line, ends = [], ends + 1
        if line:
            out.append(Phrase(tuple(line), number))
    return out if ends and all(len(phrase.slots) <= MOST_SLOTS for phrase in out) else []


def _as_many(score: Score, wanted: int) -> list[Phrase]:
    """So many phrases, cut where rests, long notes, marks and capitals part them best; none where a cut would lie
    elsewhere."""
    found: list[Phrase] = []
    slots = list(slots_of(score))
    if not 1 < wanted <= len(slots) // LEAST_SLOTS:
        return []
    worths = [
        gap + _told(slot, after) for gap, slot, after in zip(gaps_of(slots), slots, [*slots[1:], None], strict=True)
    ]
    ends = _best_ends(worths, wanted)
    if not ends or min(worths[end - 1] for end in ends) < LEAST_GAP:
        return []
    sections = [id(slot) for own in parted(score, slots) for slot in own[:1]]
    number = -1
    for begin, end in zip([0, *ends], ends, strict=False):
        number += any(id(slot) in sections for slot in slots[begin:end])
        found.append(Phrase(tuple(slots[begin:end]), max(number, 0)))
    return found


def _told(slot: Slot, following: Slot | None) -> float:
    """What the words say for a line's end: a mark, a capital that follows; a word that goes on speaks against it."""
    said, after = (s.notes[0].syllable if s else None for s in (slot, following))
    if said is None:
        return 0.0
    capital = after is not None and after.text[:1].isupper() and after.text not in ("I", "O")
    return MARKED * bool(said.after.strip("'’-")) + CAPITAL * capital - WITHIN * (not said.ends_word)


def _best_ends(worths: Sequence[float], wanted: int) -> list[int]:
    """Where so many lines end, none very short or very long, the worths of their ends together the most."""
    count = len(worths)
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(wanted):
        row: dict[int, tuple[float, int]] = {}
        for begin, (worth, _before) in rows[-1].items():
            for end in range(begin + LEAST_SLOTS, min(count, begin + MOST_SLOTS) + 1):
                row[end] = max(row.get(end, (-1e9, 0)), (worth + worths[end - 1], begin))
        rows.append(row)
    if count not in rows[-1]:
        return []
    ends, at = [], count
    for row in reversed(rows[1:]):
        ends.append(at)
        at = row[at][1]
    return ends[::-1]


def _language(score: Score, texts: Sequence[str], workshop: Any) -> str | None:
    if score.language in workshop.languages():
        return score.language
    try:
        code: str = workshop.language_of("\n".join(texts))
    except CarminaError:  # its words are in no language that is installed: their rhymes are not known
        return None
    return code


def _rhymes(texts: Sequence[str], language: str | None, workshop: Any) -> list[str]:
    """A letter for each line that rhymes with one near it."""
    letters, names = [""] * len(texts), iter(LETTERS * 40)
    ends = [_end(text, language, workshop) for text in texts] if language else [""] * len(texts)
    for at, end in enumerate(ends):
        for other in range(max(0, at - REACH), at):
            if end and ends[other] == end and _bare(texts[at]).split()[-1:] != _bare(texts[other]).split()[-1:]:
                letters[other] = letters[other] or next(names)
                letters[at] = letters[other]
    return letters


def _end(text: str, language: str | None, workshop: Any) -> str:
    try:
        syllables = workshop.lyrics(text, language).syllables
    except CarminaError:
        return ""
    return (syllables[-1].rhyme or "") if syllables else ""


def _bare(text: str) -> str:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).strip()
