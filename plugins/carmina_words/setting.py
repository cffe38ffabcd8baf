"""Verse under a tune: every syllable on its slot, melismas as the tune has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from carmina import EditBrief, Line, Lyrics, Note, Poem, Score, Section, Syllable, Track
from carmina.theory import Phrase

_OF_WORDS = re.compile(r"\b(?:words?|lyrics?|lyricist|text|poem|poet)\b|作词|填词|词：|詞：", re.IGNORECASE)


def set_to(score: Score, phrases: Sequence[Phrase], poem: Poem, workshop: Any) -> Score:
    """The tune with the poem's lines in the place of its own words."""
    voice = score.voice
    assert voice is not None  # phrases were found in it
    new: dict[int, Note] = {}
    for phrase, text in zip(phrases, poem.lines, strict=True):
        for note in _sung(phrase, _syllables(text, poem.language, workshop), score, workshop):
            new[note.onset_ticks] = note
    spans = [(p.slots[0].notes[0].onset_ticks, p.slots[-1].notes[-1].end_ticks) for p in phrases]
    kept = [
        replace(note, syllable=None, continues=False)
        for note in voice.notes
        if not any(start <= note.onset_ticks < end for start, end in spans)
    ]
    notes = tuple(sorted((*new.values(), *kept), key=lambda note: note.onset_ticks))
    tracks = tuple(replace(track, notes=notes) if track is voice else track for track in score.tracks)
    credits = tuple(credit for credit in score.credits if not _OF_WORDS.search(credit))  # the old words are gone
    return replace(score, tracks=tracks, language=poem.language, credits=credits, plan=None)


def _syllables(text: str, language: str, workshop: Any) -> tuple[Syllable, ...]:
    lyrics: Lyrics = workshop.lyrics(text, language)
    return lyrics.syllables


def _sung(phrase: Phrase, syllables: Sequence[Syllable], score: Score, workshop: Any) -> list[Note]:
    """The notes of a phrase with its syllables; where a word is said with another number of syllables than the poet
    counted, the writer of underlay slurs or splits."""
    if len(syllables) != len(phrase.slots):
        return _laid(phrase, syllables, score, workshop)
    out = []
    for at, (slot, syllable) in enumerate(zip(phrase.slots, syllables, strict=True)):
        last = at + 1 == len(phrase.slots)
        first = replace(slot.notes[0], syllable=replace(syllable, ends_line=last), continues=False)
        out += [first, *(replace(note, syllable=None, continues=True) for note in slot.notes[1:])]
    return out


def _laid(phrase: Phrase, syllables: Sequence[Syllable], score: Score, workshop: Any) -> list[Note]:
    notes = tuple(replace(n, syllable=None, continues=False) for slot in phrase.slots for n in slot.notes)
    ended = (*(replace(s, ends_line=False) for s in syllables[:-1]), replace(syllables[-1], ends_line=True))
    alone = replace(score, tracks=(Track(notes),), sections=(), chords=(), plan=None)
    brief = EditBrief(alone, lyrics=Lyrics((Section((Line(ended),)),), score.language))
    laid: Score = workshop.writer("underlay", brief).write(brief, workshop)
    return list(laid.sung_notes)
