"""Samples -> files: WAV by the standard library, FLAC and OGG (Vorbis) by libsndfile."""

from __future__ import annotations

import io
import wave

from carmina import Renderer, Score

from .ogg import same_serial
from .synthesis import RATE, needed, samples

BLOCK = 65_536                       # frames at a time: libsndfile's Vorbis fails on long ones


class WavRenderer(Renderer):
    """16 bits, stereo, 44.1 kHz."""

    name = "wav"
    summary = "a recording, uncompressed (WAV, 16 bit stereo)"
    suffixes = (".wav",)

    def render(self, work: Score) -> bytes:
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(work).astype("<i2").tobytes())
        return data.getvalue()


class FlacRenderer(Renderer):
    """The samples of the WAV, in about half the space."""

    name = "flac"
    summary = "a recording, losslessly compressed (FLAC)"
    suffixes = (".flac",)

    def render(self, work: Score) -> bytes:
        return _encoded(samples(work), "FLAC", "PCM_16")


class OggRenderer(Renderer):
    """Vorbis; some of the sound is lost."""

    name = "ogg"
    summary = "a recording, compressed (OGG Vorbis)"
    suffixes = (".ogg",)

    def render(self, work: Score) -> bytes:
        return same_serial(_encoded(samples(work), "OGG", "VORBIS"))


def _encoded(heard, container: str, subtype: str) -> bytes:
    soundfile = needed("soundfile")
    data = io.BytesIO()
    with soundfile.SoundFile(data, "w", RATE, 2, subtype, format=container) as file:
        for start in range(0, len(heard), BLOCK):
            file.write(heard[start:start + BLOCK])
    return data.getvalue()
