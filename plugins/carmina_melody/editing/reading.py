"""A score's sung line cut into lines of verse, each syllable with the prosody that its language gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from carmina import TICKS_PER_QUARTER, BadInput, CarminaError, Language, Note, Score, Syllable
from carmina.text import is_han

from ..corpus.line_ends import line_ends

LONGEST_LINE = 20  # syllables
WORDLESS = "~"  # stands where a note has no word
Languages = Mapping[str, type[Language]]


@dataclass(frozen=True, slots=True)
class SungLine:
    """One line: indices of its notes in the voice, and what each syllable is."""

    notes: tuple[int, ...]  # the first starts a syllable
    syllables: tuple[Syllable, ...]  # with prosody; where a note has no word, ``WORDLESS``
    said: tuple[Syllable | None, ...]  # the same as the score has them

    def with_words(self, first: int, last: int, words: Sequence[Syllable]) -> SungLine:
        """The line with other syllables in the place of [first, last)."""
        return replace(
            self,
            syllables=(*self.syllables[:first], *words, *self.syllables[last:]),
            said=(*self.said[:first], *words, *self.said[last:]),
        )


def read_lines(score: Score, languages: Languages) -> list[SungLine]:
    """Every line of the voice in order; raises :class:`BadInput` where there is no note to sing."""
    notes = score.sung_notes
    if not notes:
        raise BadInput("the song has no melody: no track holds notes that could be sung. Choose another file.")
    heads = [i for i, note in enumerate(notes) if not note.continues or i == 0]
    cuts = _cuts(notes, heads, score.language)
    lines, start = [], 0
    for stop in [*cuts, len(heads)]:
        if stop > start:
            end = heads[stop] if stop < len(heads) else len(notes)
            lines.append((tuple(range(heads[start], end)), heads[start:stop]))
        start = stop
    language = main_language(score, languages)
    texts = [tuple(notes[i].syllable for i in own) for _line, own in lines]
    return [
        SungLine(line, prosody(said, number, language, languages), said)
        for number, ((line, _own), said) in enumerate(zip(lines, texts, strict=True))
    ]


def _cuts(notes: Sequence[Note], heads: Sequence[int], language: str) -> list[int]:
    """Where in ``heads`` a new line starts: as the words say, else by punctuation, rests and long notes."""
    marked = [n + 1 for n, i in enumerate(heads) if (said := notes[i].syllable) and said.ends_line]
    cuts, start = [], 0
    for stop in [*marked, len(heads)]:
        if not marked or stop - start > LONGEST_LINE:
            cuts += [start + cut for cut in _guessed(notes, heads[start:stop], language)]
        cuts.append(stop)
        start = stop
    return sorted({cut for cut in cuts if 0 < cut < len(heads)})


def _guessed(notes: Sequence[Note], heads: Sequence[int], language: str) -> list[int]:
    if not heads:
        return []
    entries, ends = [], []
    for n, i in enumerate(heads):
        stop = heads[n + 1] if n + 1 < len(heads) else i + 1
        note, last = notes[i], notes[max(i, stop - 1)]
        said = note.syllable
        entries.append(
            [
                note.onset_ticks / TICKS_PER_QUARTER,
                0,
                note.pitch,
                said.text + said.after if said else "",
                said.place if said else "single",
                0,
            ]
        )
        ends.append(last.end_ticks / TICKS_PER_QUARTER)
    return [end + 1 for end in line_ends(entries, ends, language)]


def main_language(score: Score, languages: Languages) -> str:
    """Code of the language of the words: as the score says, else the one that claims them most surely; "" without
    words."""
    if score.language in languages:
        return score.language
    words = _words([note.syllable for note in score.sung_notes if note.syllable])[:200]
    if not words:
        return ""
    han = [word for word in words if is_han(word[:1])]
    if 2 * len(han) > len(words):
        return "zh" if "zh" in languages else ""
    claims = {code: entry().claim(words) for code, entry in sorted(languages.items()) if entry.script == "Latin"}
    return max(claims, key=lambda code: claims[code], default="")


def prosody(said: Sequence[Syllable | None], number: int, language: str, languages: Languages) -> tuple[Syllable, ...]:
    """The syllables of one line with stress or tone, as its language reads them; spelling and word edges stay."""
    filled = [s or Syllable(f"{WORDLESS}{number}", content=False) for s in said]
    if not any(said):
        return tuple(filled)
    groups = _grouped(filled)
    words = [
        "".join(filled[i].text for i in group)
        if is_han(filled[group[0]].text[:1])
        else "-".join(filled[i].text.replace("-", "") or "o" for i in group)
        for group in groups
    ]
    for group, found in zip(groups, _read(words, language, languages), strict=True):
        if filled[group[0]].text.startswith(WORDLESS):
            continue
        for n, i in enumerate(group):
            like = found[min(len(found) - 1, n * len(found) // len(group))] if found else None
            if like is not None:
                filled[i] = replace(
                    filled[i],
                    stress=like.stress,
                    tone=like.tone,
                    content=like.content,
                    rhyme=found[-1].rhyme if n + 1 == len(group) else None,
                    language=like.language,
                )
    return tuple(filled)


def _read(words: Sequence[str], language: str, languages: Languages) -> list[tuple[Syllable, ...]]:
    out: list[tuple[Syllable, ...]] = [()] * len(words)
    for code in dict.fromkeys("zh" if is_han(word[:1]) else language for word in words):
        own = [i for i, word in enumerate(words) if ("zh" if is_han(word[:1]) else language) == code]
        if code not in languages:
            continue
        try:
            found = languages[code]().syllabify([words[i] for i in own])
        except CarminaError:  # words of a stranger's file that the language cannot say stay unknown
            continue
        for i, syllables in zip(own, found, strict=True):
            out[i] = tuple(syllables)
    return out


def _grouped(syllables: Sequence[Syllable]) -> list[list[int]]:
    groups: list[list[int]] = []
    for i, syllable in enumerate(syllables):
        if syllable.place in ("single", "begin") or not groups:
            groups.append([])
        groups[-1].append(i)
    return groups


def _words(syllables: Sequence[Syllable]) -> list[str]:
    return ["".join(syllables[i].text for i in group) for group in _grouped(syllables)]
