"""A song with one planted fault of singability each, and what a test needs to judge it."""

from __future__ import annotations

from dataclasses import replace

from carmina_measures.aligning import align
from carmina_measures.hearing import Heard
from carmina_measures.lint.sheet import Sheet
from measured_songs import line, song

from carmina import Lyrics, Note, Score, Syllable

SUNG = ("'sing", "the", "'mer-", "-ry", "'song", "of", "'day")


def words(*texts):
    """Syllables of one line as a language reads them: function words carry no meaning."""
    return [replace(s, content=s.text not in ("the", "of", "a")) for s in line(*texts)]


def sheet(score: Score, compass=None, lyrics: Lyrics | None = None) -> Sheet:
    """The song as the rules see it; ``lyrics`` are given words."""
    texts = [note.syllable.text for note in score.voice.notes if note.syllable]
    found = align(texts, [s.text for s in lyrics.syllables]) if lyrics else None
    return Sheet(Heard(score, lyrics, found, lyrics is not None), compass)


def sound() -> Score:
    """Nothing to stumble over."""
    return song([60, 62, 64, 62, 65, 64, 60], [1, 1, 1, 1, 1, 1, 2], words(*SUNG))


def crammed() -> Score:
    return song([60, 64, 62], [1, 2, 1], [Syllable("la"), Syllable("merry", stress=1), Syllable("la", ends_line=True)])


def weak_stress() -> Score:
    return song([60, 62, 64, 62], [1, 2.5, 0.5, 2], words("a", "'mer-", "-ry", "'day"), gaps=[2.5, 0, 0, 0])


def weak_height() -> Score:
    return song([60, 62, 72, 64, 62, 60], [1, 1, 3, 1, 1, 1], words("'sing", "'song", "the", "'day", "'light", "'song"))


def tone_clash() -> Score:
    tones = [
        Syllable(text, stress=1, tone=tone, language="zh", ends_line=text == "乡")
        for text, tone in (("低", 1), ("头", 2), ("故", 4), ("乡", 1))
    ]
    return song([64, 62, 67, 60], [1, 1, 1, 2], tones, language="zh")


def out_of_range() -> Score:
    return song([60, 62, 64, 96, 65, 64, 60], [1, 1, 1, 1, 1, 1, 2], words(*SUNG))


def wide_leap() -> Score:
    return song([60, 62, 64, 78, 65, 64, 60], [1, 1, 1, 1, 1, 1, 2], words(*SUNG))


def open_leap() -> Score:
    return song([60, 62, 60, 69, 71, 64, 60], [1, 1, 1, 1, 1, 1, 2], words(*SUNG))


def no_breath() -> Score:
    sung = [replace(s, after="," if i % 7 == 6 else "") for i, s in enumerate(words(*SUNG) * 3)]
    return song([60, 62, 64, 62, 65, 64, 60] * 3, [1, 1, 1, 1, 1, 1, 1] * 3, sung)


def too_short() -> Score:
    return song([60, 62, 64, 62], [1, 0.1, 0.9, 2], words("'sing", "the", "'song", "'day"), gaps=[0, 0, 0, 0])


def weak_melisma() -> Score:
    first, the, day, light = words("'sing", "the", "'day", "'light")
    return song(
        [60, 62, 64, 65, 64, 62, 60], [1.5, 0.5, 0.5, 0.5, 0.5, 1.5, 2], [first, the, None, None, None, day, light]
    )


def tessitura() -> Score:
    count = 24
    return song([82, 83] * (count // 2), [1] * count, [Syllable("la") for _ in range(count)], gaps=[0.25] * count)


FAULTS = {
    "crammed": crammed,
    "weak-stress": weak_stress,
    "weak-height": weak_height,
    "tone-clash": tone_clash,
    "out-of-range": out_of_range,
    "wide-leap": wide_leap,
    "open-leap": open_leap,
    "no-breath": no_breath,
    "too-short": too_short,
    "weak-melisma": weak_melisma,
}


def notes_of(score: Score) -> tuple[Note, ...]:
    return score.voice.notes
