"""Writes melodies to words: plan the lines, then rhythm, chords and pitches, each pass over many candidates, and
rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from carmina import Brief, Constraint, Lyrics, Score, Style, Workshop, Writer

from .assembly import assemble, blocks_of, copied
from .passes.all import ChordHypothesis, LinesHypothesis, PassHypothesis, PitchHypothesis, RhythmHypothesis, slots
from .passes.guided import Guided
from .passes.piece import Grid, Piece, bar_units, frames_of, language_class
from .passes.seen import CONSTRAINT_TASKS
from .passes.vocabulary import GENRES
from .ranking import pitch_merit, rhythm_merit
from .settings import Placement, given_chords, in_language, placement, tempo
from .tunes import Tune, marked, tunes_of

CANDIDATES = 16
TEMPERATURES = {"lines": 0.7, "rhythm": 0.8, "chords": 0.7, "pitches": 1.0}
KEPT_RHYTHMS = 2  # that are drawn
DRAWN_FROM = 3  # of the best
MERIT_SCALE = 0.035  # difference in merit that makes a rhythm e times likelier


Harmonised = tuple[Piece, dict[int, str]]  # with the chord symbols that the author wrote, by slot


@dataclass
class Studio:
    """What one act of writing needs at every turn."""

    brief: Brief
    style: Style
    workshop: Workshop
    lyrics: Lyrics
    tunes: list[Tune]
    rules: dict[str, list[Constraint]]

    def run(self, task: str, hypotheses: Sequence[PassHypothesis], seed: int, salt: int) -> list[tuple[Piece, float]]:
        """Walk every candidate through one pass; its piece and log-probability (nats)."""
        heat = TEMPERATURES[task] * (self.brief.temperature or 1.0)
        guided = [Guided(hypothesis, self.rules.get(CONSTRAINT_TASKS[task], ())) for hypothesis in hypotheses]
        seeds = [[seed, salt, number] for number in range(len(hypotheses))]
        found = self.workshop.generate(self.runner, guided, self.decoder, seeds, heat)
        return [(hypothesis.piece, total) for hypothesis, total in found]

    def __post_init__(self) -> None:
        named = self.style.model("melody", self.brief.model, self.brief.network)
        self.runner = self.workshop.model(named, "melody", self.brief.network).runner
        self.decoder = self.workshop.get("decoder", self.brief.decoder or "nucleus")()


class MelodyWriter(Writer):
    """Lyrics -> a sung melody with chords."""

    name = "melody"
    summary = "sets lyrics to a singable melody with chords"
    takes = "Lyrics"
    gives = "Score"
    tasks = tuple(CONSTRAINT_TASKS.values())

    def write(self, brief: Brief, workshop: Workshop) -> Score:
        """The best of ``brief.candidates`` settings. The same brief and model give the same score."""
        asked = workshop.get("style", brief.style)
        rng = np.random.default_rng([brief.seed, 0])
        mode = brief.mode or asked.mode or ("minor" if rng.random() < 0.2 else "major")
        style = in_language(asked, brief.lyrics.language, mode)
        strophic = style.strophic if brief.strophic is None else brief.strophic
        studio = Studio(
            brief, style, workshop, brief.lyrics, tunes_of(brief.lyrics, strophic), rules_for(brief, style, workshop)
        )
        placed = placement(brief, style, mode, rng)
        count = brief.candidates or CANDIDATES
        rhythms = _rhythms(studio, mode, count, rng)
        workshop.progress(0.5, "rhythm")
        harmonised = [_harmonised(studio, piece, placed) for piece in rhythms]
        workshop.progress(0.6, "chords")
        piece, symbols = _pitched(studio, harmonised, count)
        workshop.progress(1.0, "melody")
        metre = piece.grid.metres[-1]
        speed = tempo(brief, style, _units_a_syllable(piece), metre)
        return assemble(brief.lyrics, piece, studio.tunes, placed, style, metre, speed, symbols)


def rules_for(brief: Brief, style: Style, workshop: Workshop) -> dict[str, list[Constraint]]:
    """Every constraint offered for a melody pass, by task."""
    rules: dict[str, list[Constraint]] = {}
    for _name, entry in sorted(workshop.all("constraint").items()):
        if entry.task in CONSTRAINT_TASKS.values():
            rule = entry()
            rule.begin(brief, style)
            rules.setdefault(entry.task, []).append(rule)
    return rules


# ---- rhythm -----------------------------------------------------------------------------------------------------


def _blank(studio: Studio, metre: str, mode: str) -> Piece:
    lead = Lyrics(tuple(tune.lead for tune in studio.tunes), studio.lyrics.language)
    return Piece(
        marked(frames_of(lead), studio.tunes, len(studio.lyrics.sections)),
        Grid.uniform(metre),
        mode,
        GENRES.index(studio.style.genre) if studio.style.genre in GENRES else 0,
        language_class(studio.lyrics.language),
    )


def _rhythms(studio: Studio, mode: str, count: int, rng: np.random.Generator) -> list[Piece]:
    """Good rhythms for the words, all in the metre that suits them best.

    What is tried does not depend on the seed, so the words alone decide metre and the choice of rhythms; the seed draws
    among the best of them. (With one candidate the seed decides all.)
    """
    metres = [studio.brief.metre] if studio.brief.metre else list(studio.style.metres)
    if count == 1:
        return [_set_rhythms(studio, metres[:1], mode, studio.brief.seed, 1)[0][1]]
    ranked = _set_rhythms(studio, [metre for metre in metres for _ in range(max(2, count // len(metres)))], mode, 0, 1)
    best = ranked[0][1].grid.metres[-1]
    ranked += _set_rhythms(studio, [best] * max(2, count // 2), mode, 0, 3)
    ranked = sorted((pair for pair in ranked if pair[1].grid.metres[-1] == best), key=_first, reverse=True)
    return _drawn(ranked[:DRAWN_FROM], min(KEPT_RHYTHMS, count), rng)


def _drawn(ranked: Sequence[tuple[float, Piece]], count: int, rng: np.random.Generator) -> list[Piece]:
    """Some of the best, drawn without putting back: the better, the likelier; the best of the drawn first."""
    merits = np.array([merit for merit, _piece in ranked])
    keys = merits / MERIT_SCALE + rng.gumbel(size=len(ranked))  # Gumbel top-k (Kool et al. 2019)
    chosen = sorted(np.argsort(-keys)[:count], key=lambda i: -merits[i])
    return [ranked[i][1] for i in chosen]


def _first(pair: tuple[float, Piece]) -> float:
    return pair[0]


def _set_rhythms(studio: Studio, metres: Sequence[str], mode: str, seed: int, salt: int) -> list[tuple[float, Piece]]:
    """A plan of lines and a rhythm for each metre named, best first."""
    planned = studio.run("lines", [LinesHypothesis(_blank(studio, metre, mode)) for metre in metres], seed, salt)
    for piece, _total in planned:
        _leave_room_for_pickups(piece, studio.tunes)
    sung = studio.run("rhythm", [RhythmHypothesis(piece) for piece, _total in planned], seed, salt + 1)
    merits = [
        (rhythm_merit(piece, total + plan) + _liking(piece), piece)
        for (piece, total), (_same, plan) in zip(sung, planned, strict=True)
    ]
    return sorted(merits, key=_first, reverse=True)


def _liking(piece: Piece) -> float:
    """Metres that songs use more are a little more welcome (log share in the corpus, a tenth of it)."""
    return {"4/4": 0.0, "3/4": -0.06, "6/8": -0.1, "2/4": -0.12}.get(piece.grid.metres[-1], -0.2)


def _leave_room_for_pickups(piece: Piece, tunes: Sequence[Tune]) -> None:
    """A tune ends early enough for the pickup of any tune that may follow it."""
    blocks = blocks_of(piece, tunes)
    pickup = max(max(0, b.start - piece.frames[b.first].start) for b in blocks)
    for block in blocks:
        last = piece.frames[block.first + len(block.tune.lead.lines) - 1]
        last.stop = last.next_anchor - min(pickup, max(0, (last.next_anchor - last.start) // 3))


def _units_a_syllable(piece: Piece) -> float:
    """Usual distance between syllables inside lines, in units."""
    steps = [b.onset - a.onset for frame in piece.frames for a, b in zip(frame.notes, frame.notes[1:], strict=False)]
    return float(np.mean(steps)) if steps else 12.0


# ---- chords -----------------------------------------------------------------------------------------------------


def _harmonised(studio: Studio, piece: Piece, placed: Placement) -> Harmonised:
    """Chords: the author's where there are any, else the network's, the same for the same rhythm."""
    piece = replace(copied(piece), low=placed.low, high=placed.high)
    written = _written_chords(studio, piece)
    if written:
        piece.chords = dict(zip(written, given_chords(list(written.values()), placed.key), strict=True))
        return piece, written
    hypothesis = ChordHypothesis(piece)
    if hypothesis.done:
        return piece, {}
    return studio.run("chords", [hypothesis], 0, 10)[0][0], {}


def _written_chords(studio: Studio, piece: Piece) -> dict[int, str]:
    """Slot -> the symbol asked for: one a bar from ``--chords``, else those written over the words."""
    if studio.brief.chords:
        return _chords_by_bar(studio, piece)
    frames = [
        (frame, line)
        for tune, block in zip(studio.tunes, blocks_of(piece, studio.tunes), strict=True)
        for frame, line in zip(piece.frames[block.first :], tune.lead.lines, strict=False)
    ]
    marked = [
        (note.onset, line.syllables[note.syllable].chord)
        for frame, line in frames
        for note in frame.notes
        if not note.continues and line.syllables[note.syllable].chord
    ]
    if not marked:
        return {}
    found, symbol, at = {}, marked[0][1], 0
    for slot, stop in _slot_pairs(piece):
        while at < len(marked) and marked[at][0] < (slot + stop) / 2:
            symbol, at = marked[at][1], at + 1
        found[slot] = symbol
    return found


def _slot_pairs(piece: Piece) -> list[tuple[int, int]]:
    onsets = slots(piece)
    return list(zip(onsets, [*onsets[1:], piece.frames[-1].next_anchor], strict=True))


def _chords_by_bar(studio: Studio, piece: Piece) -> dict[int, str]:
    symbols, onsets, found = studio.brief.chords, slots(piece), {}
    for block in blocks_of(piece, studio.tunes):
        for slot in onsets:
            if block.start <= slot < block.stop:
                bar = (slot - block.start) // bar_units(piece.grid.metres[-1])
                found[slot] = symbols[bar % len(symbols)]
    return found


# ---- pitches ----------------------------------------------------------------------------------------------------


def _pitched(studio: Studio, harmonised: Sequence[Harmonised], count: int) -> Harmonised:
    """The best tune over all rhythms."""
    if count > 1:
        for piece, _symbols in harmonised:
            _sketch(studio, piece, max(2, count // 4))
    tried = [harmonised[n * len(harmonised) // count] for n in range(count)]
    best = _best_tune(studio, [piece for piece, _symbols in tried], studio.brief.seed, 30)
    return best[1], tried[best[0]][1]


def _sketch(studio: Studio, piece: Piece, count: int) -> None:
    """Notes what the words alone suggest: the best of a few tunes that do not depend on the seed."""
    _which, tune = _best_tune(studio, [piece] * count, 0, 20)
    for frame, sung in zip(piece.frames, tune.frames, strict=True):
        for note, found in zip(frame.notes, sung.notes, strict=True):
            note.sketch = found.pitch


def _best_tune(studio: Studio, pieces: Sequence[Piece], seed: int, salt: int) -> tuple[int, Piece]:
    """One tune on each piece; the index and the piece of the best. The better rhythms come first and win ties."""
    lifts = _lifts(studio)
    found = studio.run("pitches", [PitchHypothesis(copied(piece)) for piece in pieces], seed, salt)
    merits = [pitch_merit(piece, total, lifts) for piece, total in found]
    best = max(range(len(found)), key=lambda i: merits[i])
    return best, found[best][0]


def _lifts(studio: Studio) -> list[bool]:
    """For every frame, whether it belongs to a chorus."""
    return [tune.lead.kind == "chorus" for tune in studio.tunes for _line in tune.lead.lines]
