"""The melody models' tokenizer: a sung song -> the steps of its passes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from carmina import Example, PromptedWork, Score, Token, Tokenizer, Workshop

from .corpus.syllables import reader_of as reader_of
from .passes.seen import tokens
from .passes.vocabulary import (
    CHORD,
    FIELD_SIZES,
    FIELDS,
    MELISMA,
    NOTE,
    PHASE,
    PITCH,
    REFERENCE,
    REST,
    SIZE,
    SPAN,
    START,
    TASKS,
)

DATA = Path(__file__).parent / "data"


class MelodyTokenizer(Tokenizer):
    """Four passes a song: lines, rhythm, chords, pitches. Dynamics, ornaments and the words themselves are lost."""

    name = "melody"
    summary = "songs as four passes: lines, rhythm, chords, pitches"
    field_sizes = FIELD_SIZES
    field_names = tuple(FIELDS)
    unit = "note"
    writes = "Score"

    def encode(self, work: Any):
        """A corpus :class:`~.songs.Song` -> rows (T, F) of all its passes, one after the other."""
        import numpy as np

        from .corpus.encoding import steps_of

        return np.concatenate([steps.rows for steps in steps_of(work)])

    def decode(self, ids):
        """The pitches pass of ``encode``'s rows -> semitones above the tonic (all else stays in the rows)."""
        from .passes.vocabulary import LOWEST, PITCH

        return [int(i) - PITCH + LOWEST for i in ids if int(i) >= PITCH]

    def models(self) -> Mapping[str, Path]:
        return {path.stem: path for path in sorted(DATA.glob("melody-*.safetensors"), reverse=True)}

    def units(self, example: Example) -> int:
        """Notes: of the pitches pass each choice, of the rhythm pass each length of a note."""
        chosen = example.chosen[example.chosen >= 0]
        if example.kind == "pitches":
            return len(chosen)
        return int(((chosen >= NOTE) & (chosen < REST)).sum()) if example.kind == "rhythm" else 0

    def tokens(self) -> Sequence[Token]:
        """What each id means; as ``carmina.MelodyState`` says."""
        return tokens()

    def classes(self) -> list[str]:
        """What each id decides."""
        starts = (
            (START, "start"),
            (REFERENCE, "line answered"),
            (PHASE, "place of line"),
            (SPAN, "bars of line"),
            (NOTE, "length"),
            (MELISMA, "melisma"),
            (REST, "rest"),
            (CHORD, "chord"),
            (PITCH, "pitch"),
            (SIZE, ""),
        )
        return [name for (at, name), (end, _) in itertools.pairwise(starts) for _ in range(end - at)]

    def examples(self, folder: Path, workshop: Workshop) -> Iterator[Example]:
        from .corpus.encoding import steps_of
        from .corpus.songs import read_songs

        for song in read_songs(folder, reader_of(workshop), verses=True):
            if song.verses > 1 and song.split != "train":
                continue
            for steps in steps_of(song):
                yield Example(steps.rows, steps.chosen, song.split, TASKS[steps.task], f"{song.id}/{TASKS[steps.task]}")

    def people(self, folder: Path, workshop: Workshop) -> Iterator[PromptedWork]:
        """Songs, and the first lines of their words."""
        from .teaching import people

        return people(folder, workshop)

    def attempt(self, prompt: str, seed: int, model: str, workshop: Workshop) -> Score:
        """The first tune that comes to the words of ``prompt``."""
        from .teaching import attempt

        return attempt(prompt, seed, model, workshop)

    def traced(self, work: Score, workshop: Workshop) -> list[Example]:
        """Rhythm and pitches: a plan gives the lines and the chords."""
        from .teaching import traced

        return traced(work, workshop)

    def style_of(self, folder: Path, workshop: Workshop) -> Mapping[str, Any]:
        from .corpus.songs import read_songs
        from .corpus.style import style_of

        return style_of(list(read_songs(folder, reader_of(workshop), verses=True)))
