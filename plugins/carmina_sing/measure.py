"""How well the guide voice keeps pitch and time: ``python -m carmina_sing.measure SONG.musicxml ...``.

The voice is measured from its samples alone, by methods that share nothing with the vocoder. **Pitch**: YIN (A. de
Cheveigné, H. Kawahara, 2002) in the middle of every held note of at least 0.25 s against the note, in cents. **Onset**:
where the amplitude of 500 to 1,500 Hz climbs through the middle of its rise, which is about where a syllable is heard
to begin (S. K. Scott, 1993), against the note; syllables without such a rise, as those that begin with a vowel after a
vowel, are not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Score
from carmina.conductor import Conductor

from .utterances import Sung, Tone, sung
from .voice import RATE, voice

LEAD = 0.25
HELD = 0.25  # seconds
WITHIN = 0.16  # seconds around a note in which its syllable is looked for
BAND, SMOOTH = (500.0, 1500.0), 12.0  # hertz
RISE = 1.6  # a smaller rise is no beginning that can be told


def yin(samples: Any, low: float, high: float) -> float:
    """The pitch of a short stretch in hertz, between bounds."""
    width = int(RATE / low) + 1
    count = len(samples) - width
    lags = np.arange(1, width)
    difference = np.array([np.square(samples[:count] - samples[lag : lag + count]).sum() for lag in lags])
    normal = difference * lags / np.maximum(np.cumsum(difference), 1e-12)
    first = int(RATE / high)
    below = np.nonzero(normal[first:] < 0.1)[0]
    best = first + (int(below[0]) if len(below) else int(normal[first:].argmin()))
    while best + 1 < len(normal) and normal[best + 1] < normal[best]:
        best += 1
    if 0 < best < len(normal) - 1:
        a, b, c = normal[best - 1 : best + 2]
        return RATE / (lags[best] + (a - c) / (2 * (a - 2 * b + c) or 1e-12))
    return RATE / lags[best]


def pitch_errors(heard: Any, tones: list[Tone]) -> Iterator[float]:
    """Cents from each held note, the median over its middle half."""
    for tone in tones:
        length = tone.end - tone.start
        if length < HELD:
            continue
        hertz = 440 * 2 ** ((tone.pitch - 69) / 12)
        found = []
        for at in np.arange(tone.start + 0.25 * length, tone.start + 0.75 * length, 0.01):
            stretch = heard[int(at * RATE) : int((at + 0.04) * RATE)]
            if len(stretch) and np.abs(stretch).max() > 1e-3:
                found.append(yin(stretch, hertz / 2.5, hertz * 2.5))
        if found:
            yield 1200 * float(np.log2(np.median(found) / hertz))


def onset_errors(heard: Any, starts: list[float]) -> Iterator[float]:
    """Milliseconds from each start to the moment at which the syllable is heard to begin."""
    spectrum = np.fft.rfft(heard)
    frequencies = np.fft.rfftfreq(len(heard), 1 / RATE)
    band = np.abs(np.fft.irfft(np.where((frequencies > BAND[0]) & (frequencies < BAND[1]), spectrum, 0), len(heard)))
    smooth = np.exp(-0.5 * (np.fft.rfftfreq(len(band), 1 / RATE) / SMOOTH) ** 2)
    envelope = np.fft.irfft(np.fft.rfft(band) * smooth, len(band)).clip(1e-9)
    for start in starts:
        found = _rise(envelope, start)
        if found is not None:
            yield 1000 * (found - start)


def _rise(envelope: Any, start: float) -> float | None:
    """The second at which the envelope climbs through the middle of its rise near ``start``; None where it hardly
    dips."""
    begin = max(0, int((start - WITHIN) * RATE))
    low = begin + int(envelope[begin : int((start + 0.04) * RATE)].argmin())
    high = low + int(envelope[low : int((start + WITHIN) * RATE)].argmax())
    if envelope[high] < RISE * envelope[low]:
        return None
    middle = (envelope[low] + envelope[high]) / 2
    return (low + int(np.nonzero(envelope[low : high + 1] >= middle)[0][0])) / RATE


def measured(score: Score) -> tuple[list[float], list[float]]:
    """Pitch errors in cents and onset errors in milliseconds of one song."""
    track = score.voice
    assert track is not None
    line = sung(score, track, LEAD)
    heard = voice(score, track, LEAD)
    return errors(heard / np.abs(heard).max(), line)


def errors(heard: Any, line: list[Sung]) -> tuple[list[float], list[float]]:
    """Of samples at ``RATE`` whose peak is 1: cents from each held note, milliseconds from each syllable's."""
    return (
        [*pitch_errors(heard, [tone for one in line for tone in one.tones])],
        [*onset_errors(heard, [one.start for one in line])],
    )


def main(paths: list[str]) -> None:
    """Prints medians and 90th percentiles."""
    print("song | notes | pitch: median |cents|, 90 % | onsets | median |ms|, 90 %, bias")
    for path in paths:
        cents, late = measured(Conductor().open(Path(path), "Score"))
        print(
            f"{Path(path).name} | {len(cents)} | {_summary(cents)} | {len(late)} | {_summary(late)}, "
            f"{np.median(late):+.1f}"
        )


def _summary(errors: list[float]) -> str:
    return f"{np.median(np.abs(errors)):.1f}, {np.percentile(np.abs(errors), 90):.1f}"


if __name__ == "__main__":
    main(sys.argv[1:])
