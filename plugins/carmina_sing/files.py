"""The guide voice with its accompaniment, as a file."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from carmina import BadInput, Bounds, Finding, Option, Renderer, Score, Workshop
from carmina.conductor import Conductor
from carmina.riff import with_comment

from .voice import MOST_SECONDS, RATE, voice

ACCOMPANIMENT = ".wav"
FULL_RATE = 44_100
LEAD = 0.25  # seconds before a song whose first consonants would come before its beginning
PEAK = 0.89  # of full scale
VOICE_LEVEL, OTHERS_LEVEL = 0.12, 0.055  # root mean square while they sound, of full scale
SOUNDFONT = Option("soundfont", "The .sf2 file whose instruments play, for sound.", Path)


class SungRenderer(Renderer):
    """A guide, robotic by nature: in tune, in time, every word in its place. Needs espeak-ng and pyworld; FluidSynth
    too where something plays beside the voice."""

    name = "sung"
    summary = "the words sung: a guide voice with the accompaniment (WAV, 16 bit stereo)"
    suffixes = (".sung.wav",)
    bounds = Bounds(bars=None, seconds=MOST_SECONDS)
    options: ClassVar[tuple[Option, ...]] = (SOUNDFONT,)

    @classmethod
    def findings(cls) -> list[Finding]:
        from importlib.util import find_spec

        from .espeak import library

        speaks, coder = library() is not None, find_spec("pyworld") is not None
        return [
            Finding("espeak-ng", "ok")
            if speaks
            else Finding("espeak-ng", "missing", "no sung words (.sung.wav) without it", "apt-get install espeak-ng"),
            Finding("WORLD", "ok")
            if coder
            else Finding("WORLD", "missing", "no sung words without it", "pip install 'carmina[sing]'"),
        ]

    def remarked(self, data: bytes, remark: str) -> bytes:
        """Where recordings of this container have it."""
        return with_comment(data, remark)

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        singers = [track for track in work.tracks if any(note.syllable for note in track.notes)]
        if not singers:
            raise BadInput("the song has no words to sing. Write it as .wav, or give it words.")
        before = lead(work)
        heard = [levelled(doubled(voice(work, track, before)), VOICE_LEVEL / len(singers) ** 0.5) for track in singers]
        players = tuple(track for track in work.tracks if track not in singers and track.notes)
        others = played(replace(work, tracks=players), workshop, settings) if players else None
        return written(mixed(heard, others, before))


def lead(score: Score) -> float:
    """Seconds of silence before the song."""
    first = min(note.onset_ticks for track in score.tracks for note in track.notes if note.syllable)
    return LEAD if first < 240 else 0.0


def played(score: Score, workshop: Workshop, settings: Mapping[str, Any]) -> Any:
    """(frames, 2) float64: the accompaniment."""
    import numpy as np

    with wave.open(io.BytesIO(workshop.render(score, ACCOMPANIMENT, settings))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, FULL_RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768
    return levelled(samples, OTHERS_LEVEL)


def doubled(samples: Any) -> Any:
    """The samples at twice the rate: their spectrum, and nothing above it."""
    import numpy as np

    assert 2 * RATE == FULL_RATE
    return (
        np.fft.irfft(np.fft.rfft(samples, len(samples) + len(samples) % 2), 2 * (len(samples) + len(samples) % 2)) * 2
    )


def levelled(samples: Any, level: float) -> Any:
    """The samples with this root mean square where they sound."""
    import numpy as np

    loud = np.abs(samples) > 0.02 * np.abs(samples).max(initial=1e-9)
    power = float(np.sqrt((samples[loud] ** 2).mean())) if loud.any() else 0.0
    return samples * (level / power) if power else samples


def mixed(voices: list[Any], others: Any | None, lead_seconds: float) -> Any:
    """(frames, 2) float64, the others ``lead_seconds`` late, the peak below full scale."""
    import numpy as np

    start = round(lead_seconds * FULL_RATE)
    length = max([len(samples) for samples in voices] + ([start + len(others)] if others is not None else []))
    heard = np.zeros((length, 2))
    for samples in voices:
        heard[: len(samples)] += samples[:, None]
    if others is not None:
        heard[start : start + len(others)] += others
    peak = float(np.abs(heard).max(initial=0))
    return heard * (PEAK / peak) if peak > 0 else heard


def written(heard: Any) -> bytes:
    """(frames, 2) -> WAV."""
    import numpy as np

    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(FULL_RATE)
        file.writeframes(np.rint(heard * 32767).astype("<i2").tobytes())
    return data.getvalue()
