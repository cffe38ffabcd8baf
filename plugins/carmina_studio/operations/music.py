"""The desk of music: a score in, scores out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import msgspec

from carmina import ArrangeBrief, BadInput, BadOption, Brief, EditBrief, NoSolution, Score, spelling
from carmina.theory import with_tune, without_tune

from ..project.pieces import BarLock, Kept, Settings
from .bars import bar_number, bars_of, unlocked_runs
from .commands import told
from .words import MAX_TEXT, MOST_ALTERNATIVES

Seed = Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]
Many = Annotated[int, msgspec.Meta(ge=1, le=MOST_ALTERNATIVES)]
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Bar = Annotated[int, msgspec.Meta(ge=0, le=20_000)]
SEED_STEP = 7919
TUNE, WORDED = "tune.musicxml", "song.musicxml"


@dataclass(frozen=True, slots=True)
class Compose:
    """Words to be set to music."""

    text: Text
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    language: Annotated[str, msgspec.Meta(max_length=20)] = "auto"
    settings: Settings = field(default_factory=Settings)
    many: Many = 1
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Vary:
    """Bars ``first`` to ``last`` of a score to be written again. ``keeps`` is locked in all of them, ``locks`` bar by
    bar; a bar whose notes are locked is not touched."""

    score: Score
    first: Bar
    last: Bar
    keeps: Annotated[tuple[Kept, ...], msgspec.Meta(max_length=3)] = ()
    locks: Annotated[tuple[BarLock, ...], msgspec.Meta(max_length=20_000)] = ()
    everywhere: bool = True
    settings: Settings = field(default_factory=Settings)
    words: Text = ""
    many: Many = 3
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Arrange:
    """A score whose voice is to be accompanied anew in the style of the settings; with ``new_chords`` on chords found
    anew."""

    score: Score
    settings: Settings = field(default_factory=Settings)
    new_chords: bool = False
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A score to be moved to a key, or into a range."""

    score: Score
    key: Annotated[str, msgspec.Meta(max_length=40)] = ""
    range: Annotated[str, msgspec.Meta(max_length=20)] = ""


@dataclass(frozen=True, slots=True)
class Underlay:
    """Words to be put under the tune of a score."""

    score: Score
    text: Text
    language: Annotated[str, msgspec.Meta(max_length=20)] = "auto"


@dataclass(frozen=True, slots=True)
class GoOn:
    """A score to be gone on with for some bars."""

    score: Score
    bars: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    many: Many = 3
    settings: Settings = field(default_factory=Settings)
    seed: Seed = 0


@dataclass(frozen=True, slots=True)
class NewWords:
    """A score whose tune is to have new words, about some keywords."""

    score: Score
    about: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    seed: Seed = 0


def compose(conductor: Any, asked: Compose) -> list[Score]:
    """Songs to the words, the best first, with chords and accompaniment."""
    wanted = asked.settings
    key = spelling.key(wanted.key, option="key") if wanted.key.strip() else None
    lyrics = conductor.lyrics(asked.text, asked.language)
    brief = Brief(
        replace(lyrics, title=asked.title or lyrics.title),
        wanted.style,
        key=spelling.key_name(key) if key else None,
        mode=key.mode if key else None,
        metre=str(spelling.metre(wanted.metre)) if wanted.metre.strip() else None,
        tempo_bpm=wanted.tempo_bpm,
        range=_range(wanted.range),
        seed=asked.seed,
    )
    melodies = conductor.alternatives(brief, asked.many)
    found = []
    for number, melody in enumerate(melodies):
        conductor.progress(0.8 + 0.2 * number / len(melodies), "parts")
        found.append(_accompanied(conductor, melody, wanted, asked.seed))
    return found


def _range(text: str) -> tuple[int, int] | None:
    return spelling.pitch_range(text, option="range") if text.strip() else None


def _accompanied(conductor: Any, melody: Score, settings: Settings, seed: int, **options: object) -> Score:
    """The melody with the chords and the parts that the style gives it."""
    score = melody
    for name in ("chords", "arrange"):
        if name in conductor.all("writer"):
            brief = ArrangeBrief(score, settings.style, seed=seed, humanise=settings.groove, options=dict(options))
            score = replace(conductor.writer(name, brief).write(brief, conductor), chords_found=False)
    return replace(score, chords_found=melody.chords_found, title=melody.title)


def vary(conductor: Any, asked: Vary) -> list[Score]:
    """The score with the bars written again, in versions that lie apart."""
    lowest, highest = (bar_number(asked.score, at) for at in (0, len(bars_of(asked.score)) - 1))
    if not lowest <= asked.first <= asked.last <= highest:
        raise BadOption("bars", f"{asked.first}-{asked.last}", f"{lowest} to {highest}, the first first")
    runs = unlocked_runs(asked.first, asked.last, asked.keeps, asked.locks)
    if not runs:
        raise BadInput(
            f"the notes of bars {asked.first} to {asked.last} are all locked. Unlock some, or choose others."
        )
    found = [asked.score]
    for number, (bars, keeps) in enumerate(runs):
        conductor.progress(number / len(runs), "bars")
        found = _varied(conductor, asked, found, bars, keeps)
    return found


def _varied(
    conductor: Any, asked: Vary, scores: Sequence[Score], bars: tuple[int, int], keeps: frozenset[Kept]
) -> list[Score]:
    """So many versions; of the first run from one score, of later runs one for each."""
    many = asked.many if len(scores) == 1 else 1
    versions: list[Score] = []
    for number, score in enumerate(scores):
        words = conductor.lyrics(asked.words) if asked.words.strip() else None
        brief = EditBrief(
            with_tune(score),
            bars,
            words,
            frozenset(keeps),
            asked.everywhere,
            style=asked.settings.style,
            range=_range(asked.settings.range),
            seed=(asked.seed + number * SEED_STEP) % 2**32,
        )
        made = conductor.writer("vary", brief).alternatives(brief, conductor, many)
        versions += (without_tune(version, score) for version in made)
    if not versions:
        raise NoSolution("no other version of these bars was found. Lock less, or choose more bars.")
    return versions


def arrange(conductor: Any, asked: Arrange) -> list[Score]:
    """The voice as it is with new parts, in the same bars."""
    score = with_tune(asked.score)
    voice = score.voice
    if voice is None or not voice.notes:
        raise BadInput("there is no melody to accompany yet. Compose one, or drop a file.")
    bare = replace(score, tracks=(voice,), chords=() if asked.new_chords else score.chords, plan=None)
    framed = {"intro": 0, "outro": 0} if len(score.tracks) > 1 else {}
    return [_accompanied(conductor, bare, asked.settings, asked.seed, **framed)]


def move(conductor: Any, asked: Move) -> list[Score]:
    """The score in another key, or moved until the voice lies in the range."""
    options: dict[str, object] = {"to": asked.key} if asked.key.strip() else {}
    brief = EditBrief(asked.score, range=_range(asked.range), options=options)
    return [conductor.writer("transpose", brief).write(brief, conductor)]


def underlay(conductor: Any, asked: Underlay) -> list[Score]:
    """The words under the tune as it is, accompaniment left as it is where the tune keeps its length."""
    lyrics = conductor.lyrics(asked.text, asked.language)
    brief = EditBrief(with_tune(asked.score), lyrics=lyrics)
    return [conductor.writer("underlay", brief).write(brief, conductor)]


def new_words(conductor: Any, asked: NewWords) -> list[Score]:
    """The score with words written for its tune (the command ``words``); the other parts stay."""
    if not asked.about.strip():
        raise BadInput("about: got nothing; allowed: a few words that say what the new words are about.")
    score = with_tune(asked.score)
    if score.voice is None:
        raise BadInput("there is no tune to write words for yet. Compose one, or drop a file.")
    tune = conductor.render(replace(score, tracks=(score.voice,)), TUNE)
    options = ["--keywords", asked.about, "--seed", str(asked.seed), "-o", WORDED]
    made: Score = conductor.read(told("words", [TUNE, *options], {TUNE: tune}).files[WORDED], WORDED, "Score")
    if made.voice is None:
        raise NoSolution("no words were found for this tune. Say in other words what they are about.")
    voice = replace(score.voice, notes=made.voice.notes)
    tracks = tuple(voice if track is score.voice else track for track in score.tracks)
    return [replace(score, tracks=tracks, language=made.language)]


def go_on(conductor: Any, asked: GoOn) -> list[Score]:
    """The score with further bars at its end."""
    brief = EditBrief(
        with_tune(asked.score),
        None,
        added_bars=asked.bars,
        style=asked.settings.style,
        range=_range(asked.settings.range),
        seed=asked.seed,
    )
    return list(conductor.writer("continue", brief).alternatives(brief, conductor, asked.many))
