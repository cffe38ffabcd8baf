"""What training by preference asks of melodies: people's songs with their words, attempts at those words, and what the
networks chose in a finished song: its rhythm and its pitches (lines and chords come from the plan)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from carmina import Brief, Example, PromptedWork, Score, Syllable, Workshop

from .corpus.encoding import steps_of
from .corpus.songs import Song, read_songs
from .corpus.syllables import reader_of
from .editing.reading import WORDLESS, read_lines
from .passes.vocabulary import GENRES, TASKS

LINES = 8  # of a song's words that are set: what is learnt in eight lines is learnt
CHOSEN = ("rhythm", "pitches")
USUAL = "song"  # genre of works that do not say theirs


def people(folder: Path, workshop: Workshop) -> Iterator[PromptedWork]:
    """The songs of a corpus in their first verses."""
    for song in read_songs(folder, reader_of(workshop)):
        words = words_of(song.score)
        if len(words) > 1:
            yield PromptedWork("\n".join(words[:LINES]), song.score, song.split)


def words_of(score: Score) -> list[str]:
    """The lines of a song's words, as people write them."""
    lines, word = [""], ""
    for syllable in (note.syllable for note in score.sung_notes if note.syllable):
        word += syllable.text
        if syllable.place in ("single", "end") or syllable.ends_line:
            lines[-1] = f"{lines[-1]} {word}{syllable.after}".strip()
            word = ""
        if syllable.ends_line:
            lines.append("")
    return [line for line in lines if line]


def attempt(prompt: str, seed: int, model: str, workshop: Any) -> Score:
    """The first tune that comes, without choice among others."""
    brief = Brief(workshop.lyrics(prompt), seed=seed, candidates=1, model=model)
    score: Score = workshop.get("writer", "melody")().write(brief, workshop)
    return score


def traced(work: Score, workshop: Workshop) -> list[Example]:
    """The rhythm and the pitches of a song; syllables without stress or tone get those of their language."""
    score = _with_prosody(work, workshop)
    song = Song("", 0, USUAL if USUAL in GENRES else GENRES[0], score.language, score, ())
    return [
        Example(steps.rows, steps.chosen, "train", TASKS[steps.task])
        for steps in steps_of(song)
        if TASKS[steps.task] in CHOSEN
    ]


def _with_prosody(score: Score, workshop: Workshop) -> Score:
    notes = score.sung_notes
    sung = [note.syllable for note in notes if note.syllable]
    if not sung or any(s.stress is not None or s.tone is not None for s in sung):
        return score
    found: dict[int, Syllable] = {}
    for line in read_lines(score, workshop.all("language")):
        heads = [at for at in line.notes if not notes[at].continues or at == 0]
        for number, (at, syllable) in enumerate(zip(heads, line.syllables, strict=True)):
            if not syllable.text.startswith(WORDLESS):
                found[at] = replace(syllable, ends_line=number + 1 == len(heads))
    kept = tuple(replace(note, syllable=found.get(at, note.syllable)) for at, note in enumerate(notes))
    return replace(score, tracks=(replace(score.tracks[0], notes=kept),))
