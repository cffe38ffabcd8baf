"""The pitch that the voice follows: on the note when the vowel begins, gliding shortly before, a light vibrato on long
notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .utterances import Tone

GLIDE = 0.06  # seconds from one pitch to the next
MELISMA_GLIDE = 0.05
VIBRATO_CENTS, VIBRATO_HERTZ = 16.0, 5.4
VIBRATO_AFTER, VIBRATO_GROWS = 0.35, 0.4  # seconds
LONG = 0.7  # seconds: shorter notes have no vibrato


def pitch(times: Any, tones: Sequence[tuple[Tone, bool]]) -> Any:
    """MIDI numbers (fractional) at ``times`` (seconds, rising); each tone with whether it carries on a syllable."""
    import numpy as np

    found = np.full(len(times), float(tones[0][0].pitch))
    for (before, _), (tone, continues) in zip(tones, tones[1:], strict=False):
        glide = min(MELISMA_GLIDE if continues else GLIDE, 0.4 * (tone.start - before.start))
        begin = tone.start - (glide / 2 if continues else glide)
        share = np.clip((times - begin) / max(glide, 1e-6), 0, 1)
        found += (tone.pitch - before.pitch) * (0.5 - 0.5 * np.cos(np.pi * share))
    for tone, _ in tones:
        if tone.end - tone.start >= LONG:
            found += _vibrato(times, tone)
    return found


def _vibrato(times: Any, tone: Tone) -> Any:
    import numpy as np

    since = times - tone.start - VIBRATO_AFTER
    grown = np.clip(since / VIBRATO_GROWS, 0, 1) * np.clip((tone.end - times) / 0.12, 0, 1)
    return np.where(
        (since > 0) & (times < tone.end), VIBRATO_CENTS / 100 * grown * np.sin(2 * np.pi * VIBRATO_HERTZ * since), 0.0
    )


def hertz(pitches: Any) -> Any:
    """MIDI numbers -> frequencies; 69 is 440 Hz."""
    return 440.0 * 2.0 ** ((pitches - 69.0) / 12.0)
