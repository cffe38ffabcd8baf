"""A sung track -> samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from carmina import BadInput, Score, Track

from .alignment import aligned
from .plan import Placed, pieces
from .speech import Speech, spoken
from .utterances import Utterance, sung, utterances
from .vocoder import analysed, needed, sing

RATE = 22_050  # samples a second: what espeak-ng speaks at
HIGH_FROM = 57  # mean pitch from which a higher voice sings
HIGH, LOW = "f3", "m3"  # espeak-ng's variants
MOST_SECONDS = 1200


def voice(score: Score, track: Track, lead: float = 0.0) -> Any:
    """(frames,) float64 at ``RATE``: the track's words on its notes; silence where there are none.

    ``lead``: seconds before the score begins, for consonants before the first beat.
    """
    import numpy as np

    line = sung(score, track, lead)
    if not line:
        return np.zeros(1)
    if line[-1].end > MOST_SECONDS:
        raise BadInput(
            f"the song lasts {line[-1].end / 60:.0f} minutes; the guide voice sings up to {MOST_SECONDS // 60}. Cut it."
        )
    needed()
    texts = list(utterances(line, score.language))
    mean = sum(note.pitch for note in track.notes) / len(track.notes)
    speeches = _speeches(texts, HIGH if mean >= HIGH_FROM else LOW)
    analyses = {key: analysed(speech) for key, speech in speeches.items()}
    placed = [
        Placed(one, sounds, index)
        for index, text in enumerate(texts)
        for one, sounds in zip(text.sung, aligned(speeches[text.language, text.text].sounds, text.words), strict=True)
    ]
    return sing(line, pieces(placed), [analyses[text.language, text.text] for text in texts], RATE)


def _speeches(texts: Sequence[Utterance], variant: str) -> Mapping[tuple[str, str], Speech]:
    """Each different text once, by language and text."""
    found: dict[tuple[str, str], Speech] = {}
    for language in dict.fromkeys(text.language for text in texts):
        asked = list(dict.fromkeys(text.text for text in texts if text.language == language))
        found |= {
            (language, text): speech for text, speech in zip(asked, spoken(asked, language, variant), strict=True)
        }
    for speech in found.values():
        if speech.rate != RATE:
            raise BadInput(
                f"espeak-ng speaks at {speech.rate} samples a second; the guide voice needs {RATE}. Take another build."
            )
    return found
