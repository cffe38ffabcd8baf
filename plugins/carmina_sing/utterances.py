"""The sung syllables of a track, cut into stretches of one line and one language that are spoken in one breath."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from carmina import Score, Syllable, Track
from carmina.text import HAN_CHARACTER

from .seconds import seconds

_SILENT = {"ng": "en", "n": "en", "m": "en", "hm": "hen", "hng": "hen"}  # readings without a vowel to hold


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of a syllable."""

    pitch: int  # MIDI number
    start: float  # seconds
    end: float
    velocity: int


@dataclass(frozen=True, slots=True)
class Sung:
    """A syllable on its notes."""

    syllable: Syllable
    tones: tuple[Tone, ...]

    @property
    def start(self) -> float:
        return self.tones[0].start

    @property
    def end(self) -> float:
        return self.tones[-1].end


@dataclass(frozen=True, slots=True)
class Utterance:
    """Neighbouring syllables that are spoken as one text."""

    text: str  # as espeak-ng reads it
    language: str  # code
    words: tuple[tuple[int, int], ...]  # for each word: its place in the text, how many syllables it has
    sung: tuple[Sung, ...]


def sung(score: Score, track: Track, lead: float = 0.0) -> list[Sung]:
    """Every syllable of a track on its notes, ``lead`` seconds later than the score says."""
    found: list[tuple[Syllable, list[Tone]]] = []
    for note in track.notes:
        tone = Tone(
            note.pitch, lead + seconds(score, note.onset_ticks), lead + seconds(score, note.end_ticks), note.velocity
        )
        if note.syllable:
            found.append((note.syllable, [tone]))
        elif note.continues and found:
            found[-1][1].append(tone)
    return [Sung(syllable, tuple(tones)) for syllable, tones in found]


def utterances(line: Iterable[Sung], language: str) -> Iterator[Utterance]:
    """The stretches in order; ``language`` is that of syllables that do not say theirs."""
    run: list[Sung] = []
    for syllable in line:
        if run and (run[-1].syllable.ends_line or _code(run[-1], language) != _code(syllable, language)):
            yield _utterance(run, _code(run[0], language))
            run = []
        run.append(syllable)
    if run:
        yield _utterance(run, _code(run[0], language))


def _code(one: Sung, language: str) -> str:
    if HAN_CHARACTER.search(one.syllable.text):
        return "zh"
    code = one.syllable.language or language or "en"
    return "en" if code == "zh" else code


def _utterance(run: Sequence[Sung], language: str) -> Utterance:
    words = _words(run)
    written = _pinyin(words) if language == "zh" else ["".join(s.syllable.text for s in word).lower() for word in words]
    places, at = [], 0
    for text, word in zip(written, words, strict=True):
        places.append((at, len(word)))
        at += len(text) + 1
    return Utterance(" ".join(written), language, tuple(places), tuple(run))


def _words(run: Sequence[Sung]) -> list[list[Sung]]:
    """Syllables by word; every Chinese character is a word of its own here."""
    words: list[list[Sung]] = []
    begins = True
    for one in run:
        if begins or HAN_CHARACTER.search(one.syllable.text):
            words.append([])
        words[-1].append(one)
        begins = one.syllable.ends_word
    return words


def _pinyin(words: Sequence[Sequence[Sung]]) -> list[str]:
    """How each character is read, told by its neighbours and, where it has several readings, by its tone."""
    from pypinyin import Style, pinyin

    text = "".join(word[0].syllable.text for word in words)
    in_context = pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    found = []
    for index, word in enumerate(words):
        syllable = word[0].syllable
        likely = in_context[index][0] if len(in_context) == len(words) else ""
        every = pinyin(syllable.text[0], style=Style.TONE3, neutral_tone_with_five=True, heteronym=True)[0]
        fitting = [reading for reading in (likely, *every) if reading and reading.endswith(str(syllable.tone))]
        reading = (fitting or [likely or every[0]])[0]
        bare, tone = (reading[:-1], reading[-1]) if reading[-1:].isdecimal() else (reading, "5")
        found.append(_SILENT.get(bare, bare) + tone)
    return found
