"""Speech -> song through WORLD (M. Morise, F. Yokomori, K. Ozawa, 2016): colour from speech, pitch and time from
notes."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from carmina import BadInput

from .melody import hertz, pitch
from .plan import Piece
from .speech import Speech
from .utterances import Sung

HOP = 0.005  # seconds between frames
APART = 0.15  # a longer silence parts two phrases
FADE = 0.02  # at the ends of a phrase
EVENNESS = 0.7  # 0: vowels as loud as spoken, 1: all alike
QUIETEST = 1e-12
BREATH = 0.5  # of the noise in vowels: espeak-ng's are breathy, a held one more so
FUNDAMENTAL = 0.2  # the least power at the sung pitch, of the most below LOW_HERTZ
LOW_HERTZ, TUNED_HERTZ = 1500.0, 90.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """One speech as WORLD sees it: a row for each ``HOP``."""

    voiced: Any  # (frames,) bool
    spectrum: Any  # (frames, bins) power
    noise: Any  # (frames, bins) aperiodicity, 0..1
    rate: int


def needed() -> ModuleType:
    """pyworld; ``BadInput`` says how to install it."""
    try:
        return importlib.import_module("pyworld")
    except ImportError:
        raise BadInput(
            "the guide voice needs pyworld, which is not installed. Run: pip install 'carmina[sing]'"
        ) from None


def analysed(speech: Speech) -> Analysis:
    """The frames of one speech."""
    import numpy as np

    world = needed()
    samples = np.ascontiguousarray(speech.samples, np.float64)
    found, times = world.dio(samples, speech.rate, frame_period=1000 * HOP, f0_floor=70.0, f0_ceil=500.0)
    found = world.stonemask(samples, found, times, speech.rate)
    usual = float(np.median(found[found > 0])) if (found > 0).any() else 150.0
    spectrum = world.cheaptrick(samples, np.where(found > 0, found, usual), times, speech.rate)
    # threshold 0: what is voiced is told by dio and by the vowels of the plan, not guessed a second time
    noise = world.d4c(samples, np.where(found > 0, found, usual), times, speech.rate, threshold=0.0)
    return Analysis(found > 0, np.maximum(spectrum, QUIETEST), noise, speech.rate)


def sing(line: Sequence[Sung], plan: Sequence[Piece], analyses: Sequence[Analysis], rate: int) -> Any:
    """(frames,) float64: the line as sung, from second 0 to its end."""
    import numpy as np

    length = max(piece.end for piece in plan) + 0.1
    heard = np.zeros(int(length * rate) + 1)
    for phrase in phrases(plan):
        sung = _phrase(line, phrase, analyses, rate)
        at = round(round(phrase[0].start / HOP) * HOP * rate)
        heard[at : at + len(sung)] += sung[: len(heard) - at]
    return heard


def phrases(plan: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that nothing parts."""
    found: list[list[Piece]] = []
    for piece in plan:
        if found and piece.start - found[-1][-1].end < APART:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _phrase(line: Sequence[Sung], phrase: Sequence[Piece], analyses: Sequence[Analysis], rate: int) -> Any:
    import numpy as np

    start = round(phrase[0].start / HOP)
    times = (start + np.arange(round(phrase[-1].end / HOP) - start + 1)) * HOP
    bins = analyses[phrase[0].utterance].spectrum.shape[1]
    spectrum, noise = np.full((len(times), bins), QUIETEST), np.ones((len(times), bins))
    voiced = np.zeros(len(times), bool)
    loudness = _loudness(phrase, analyses)
    for piece in phrase:
        here = slice(*np.searchsorted(times, (piece.start - HOP / 4, piece.end - HOP / 4)))
        source, analysis = _source(times[here], piece), analyses[piece.utterance]
        spectrum[here] = np.exp(_between(np.log(analysis.spectrum), source)) * loudness[piece.syllable]
        noise[here] = _between(analysis.noise, source)
        noise[here] *= BREATH if piece.vowel else 1.0
        voiced[here] = piece.vowel | analysis.voiced[np.clip(np.rint(source).astype(int), 0, len(analysis.voiced) - 1)]
    followed = hertz(pitch(times, _tones(line, phrase)))
    spectrum = np.where(voiced[:, None], tuned(spectrum, followed, rate), spectrum)
    sung = needed().synthesize(np.where(voiced, followed, 0.0), spectrum, noise, rate, 1000 * HOP)
    return _faded(sung, rate)


def tuned(spectrum: Any, followed: Any, rate: int) -> Any:
    """The spectrum with enough power at the pitch: sung above the first formant, a vowel would lose its lowest partial.
    Singers move the formant there (J. Sundberg, 1975)."""
    import numpy as np

    frequencies = np.linspace(0, rate / 2, spectrum.shape[1])
    least = FUNDAMENTAL * spectrum[:, frequencies < LOW_HERTZ].max(axis=1)
    at = np.clip(np.rint(followed / (rate / 2) * (spectrum.shape[1] - 1)).astype(int), 0, spectrum.shape[1] - 1)
    lack = np.maximum(np.log(least / spectrum[np.arange(len(at)), at]), 0)
    shape = np.exp(-0.5 * ((frequencies[None] - followed[:, None]) / TUNED_HERTZ) ** 2)
    return spectrum * np.exp(lack[:, None] * shape)


def _source(times: Any, piece: Piece) -> Any:
    """Frames (fractional) of the speech for each time."""
    share = (times - piece.start) / (piece.end - piece.start)
    return (piece.source_start + share.clip(0, 1) * (piece.source_end - piece.source_start)) / HOP


def _between(rows: Any, source: Any) -> Any:
    """Rows at fractional places."""
    import numpy as np

    low = np.clip(source.astype(int), 0, len(rows) - 1)
    high = np.minimum(low + 1, len(rows) - 1)
    share = (source - low).clip(0, 1)[:, None]
    return rows[low] * (1 - share) + rows[high] * share


def _tones(line: Sequence[Sung], phrase: Sequence[Piece]) -> list[tuple[Any, bool]]:
    first, last = min(p.syllable for p in phrase), max(p.syllable for p in phrase)
    return [(tone, index > 0) for one in line[first : last + 1] for index, tone in enumerate(one.tones)]


def _loudness(phrase: Sequence[Piece], analyses: Sequence[Analysis]) -> dict[int, float]:
    """Power by which each syllable is made more even with the others."""
    import numpy as np

    powers: dict[Any, Any] = {}
    for piece in phrase:
        rows = analyses[piece.utterance].spectrum[int(piece.source_start / HOP) : int(piece.source_end / HOP) + 1]
        if piece.vowel and len(rows):
            powers[piece.syllable] = max(powers.get(piece.syllable, 0.0), float(rows.mean()))
    usual = float(np.median(list(powers.values()))) if powers else 1.0
    return {
        piece.syllable: (usual / powers[piece.syllable]) ** EVENNESS if piece.syllable in powers else 1.0
        for piece in phrase
    }


def _faded(samples: Any, rate: int) -> Any:
    import numpy as np

    length = min(int(FADE * rate), len(samples) // 2)
    ramp = np.linspace(0, 1, length)
    samples[:length] *= ramp
    samples[len(samples) - length :] *= ramp[::-1]
    return samples
