"""What one act of writing needs at every turn: the brief, the words by tunes, the model, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from carmina import Brief, Constraint, EditBrief, Lyrics, Style, Workshop

from .passes.all import PassHypothesis, RhythmHypothesis
from .passes.guided import Guided
from .passes.piece import Grid, Piece, frames_of, language_class
from .passes.seen import CONSTRAINT_TASKS
from .passes.vocabulary import GENRES, Mode
from .planning.following import Guide
from .planning.idioms import Idiom, idiom_of
from .tunes import Tune, marked

CANDIDATES = 16
FEWEST = 4  # of a long song: what is saved is spent on no line in particular
FULL_LINES = 24  # as many lines get all candidates
TEMPERATURES = {"lines": 0.8, "rhythm": 0.8, "chords": 0.7, "pitches": 1.05}
MOST_ROWS = 96  # walked together: more are no quicker, and take memory
MOST_LINES = 12  # walked as one stretch

Walked = list[tuple[Piece, float]]  # each with its log-probability, nats


@dataclass
class Studio:
    """The brief and everything that was opened for it."""

    brief: Brief
    style: Style
    workshop: Workshop
    lyrics: Lyrics
    tunes: list[Tune]
    rules: dict[str, list[Constraint]]
    mode: Mode = "major"

    def __post_init__(self) -> None:
        named = self.style.model("melody", self.brief.model, self.brief.network)
        self.runner = self.workshop.model(named, "melody", self.brief.network).runner
        self.decoder = self.workshop.get("decoder", self.brief.decoder or "nucleus")()

    @cached_property
    def idiom(self) -> Idiom:
        return idiom_of(self.style)

    @property
    def candidates(self) -> int:
        """As asked; else fewer for long songs, so that their time grows no faster than they do."""
        lines = sum(len(tune.lead.lines) for tune in self.tunes)
        return self.brief.candidates or max(FEWEST, min(CANDIDATES, CANDIDATES * FULL_LINES // max(1, lines)))

    @cached_property
    def given_chords(self) -> bool:
        """Whether a person wrote the chords."""
        return bool(self.brief.chords) or any(s.chord or s.more_chords for s in self.lyrics.syllables)

    def run(
        self, task: str, hypotheses: Sequence[PassHypothesis], seed: int | Sequence[Sequence[int]], salt: int = 0
    ) -> Walked:
        """Walk every candidate through one pass. ``seed``: one for all, beside which each counts; or one each."""
        seeds: list[Sequence[int]]
        seeds = [[seed, salt, n] for n in range(len(hypotheses))] if isinstance(seed, int) else list(seed)
        heat = TEMPERATURES[task] * (self.brief.temperature or 1.0)
        rules = self.rules.get(CONSTRAINT_TASKS[task], ())
        found = self.workshop.generate(self.runner, [Guided(h, rules) for h in hypotheses], self.decoder, seeds, heat)
        return [(cast(Guided, hypothesis).piece, total) for hypothesis, total in found]

    def walk(
        self, task: str, groups: Sequence[Sequence[PassHypothesis]], seeds: Sequence[Sequence[Sequence[int]]]
    ) -> list[Walked]:
        """Candidates for several stretches, many together; those of one stretch alone where they may take each
        other's place."""
        found: list[Walked] = []
        at = 0
        while at < len(groups):
            stop, rows = at + 1, len(groups[at])
            while not self.decoder.mixes and stop < len(groups) and rows + len(groups[stop]) <= MOST_ROWS:
                rows, stop = rows + len(groups[stop]), stop + 1
            flat = self.run(
                task, [h for group in groups[at:stop] for h in group], [s for group in seeds[at:stop] for s in group]
            )
            for group in groups[at:stop]:
                found.append(flat[: len(group)])
                flat = flat[len(group) :]
            at = stop
        return found

    def rhythm(self, pieces: Sequence[Piece], seeds: Sequence[Sequence[int]]) -> Walked:
        return self.run("rhythm", [RhythmHypothesis(piece) for piece in pieces], seeds)

    @staticmethod
    def stretches(tune: Tune) -> list[tuple[int, int]]:
        """The lines of a tune in runs of like size that are walked as one: (first, after the last)."""
        count = len(tune.lead.lines)
        parts = -(-count // MOST_LINES)
        edges = [count * i // parts for i in range(parts + 1)]
        return list(zip(edges, edges[1:], strict=False))

    def blank(self, tune: Tune, first: int, last: int, metre: str, guide: Guide) -> Piece:
        """Some lines of a tune with nothing decided."""
        frames = marked(frames_of(Lyrics((tune.lead,), self.lyrics.language)), [tune], len(self.lyrics.sections))
        frames = frames[first:last]
        for frame in frames:
            frame.answers_from = 0
            frame.repeat_back = frame.repeat_back if frame.repeat_back <= frame.line - first else 0
            frame.rhyme_back = frame.rhyme_back if frame.rhyme_back <= frame.line - first else 0
        genre = GENRES.index(self.style.genre) if self.style.genre in GENRES else 0
        piece = Piece(frames, Grid.uniform(metre), self.mode, genre, language_class(self.lyrics.language))
        piece.guide, piece.part = guide, not frames[-1].closes
        return piece


def rules_for(brief: Brief | EditBrief, style: Style, workshop: Workshop) -> dict[str, list[Constraint]]:
    """Every constraint offered for a melody pass, by task."""
    rules: dict[str, list[Constraint]] = {}
    for _name, entry in sorted(workshop.all("constraint").items()):
        if entry.task in CONSTRAINT_TASKS.values():
            rule = entry()
            rule.begin(brief, style)
            if rule.wanted():
                rules.setdefault(entry.task, []).append(rule)
    return rules
