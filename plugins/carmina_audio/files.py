"""Samples -> files: WAV by the standard library; FLAC and OGG (Vorbis) by libsndfile."""

from __future__ import annotations

import io
import wave
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from carmina import Bounds, Finding, Option, Renderer, Score, Workshop
from carmina.riff import with_comment

from .needs import font_found, library
from .ogg import same_serial
from .remarks import in_flac, in_ogg
from .synthesis import MOST_SECONDS, RATE, needed, samples

BLOCK = 65_536  # frames at a time: libsndfile's Vorbis fails on long ones
SOUNDFONT = Option("soundfont", "The .sf2 file whose instruments play, for sound.", Path)


class Recording(Renderer):
    """Samples, then a format's bytes."""

    options: ClassVar[tuple[Option, ...]] = (SOUNDFONT,)
    bounds: ClassVar[Bounds] = Bounds(bars=None, seconds=MOST_SECONDS)

    @classmethod
    def findings(cls) -> list[Finding]:
        return [library("fluidsynth", "FluidSynth"), library("soundfile", "libsndfile"), font_found()]

    def render(self, work: Score) -> bytes:
        return self.encoded(samples(work))

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        return self.encoded(samples(work, settings.get("soundfont")))

    @abstractmethod
    def encoded(self, heard) -> bytes:
        """(frames, 2) int16 -> the file."""


class WavRenderer(Recording):
    """16 bits, stereo, 44.1 kHz."""

    name = "wav"
    summary = "a recording, uncompressed (WAV, 16 bit stereo)"
    suffixes = (".wav",)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return with_comment(data, remark)

    def encoded(self, heard) -> bytes:
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(heard.astype("<i2").tobytes())
        return data.getvalue()


class FlacRenderer(Recording):
    """The samples of the WAV, in about half the space."""

    name = "flac"
    summary = "a recording, losslessly compressed (FLAC)"
    suffixes = (".flac",)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_flac(data, remark)

    def encoded(self, heard) -> bytes:
        return _encoded(heard, "FLAC", "PCM_16")


class OggRenderer(Recording):
    """Vorbis; some of the sound is lost."""

    name = "ogg"
    summary = "a recording, compressed (OGG Vorbis)"
    suffixes = (".ogg",)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_ogg(data, remark)

    def encoded(self, heard) -> bytes:
        return same_serial(_encoded(heard, "OGG", "VORBIS"))


def _encoded(heard, container: str, subtype: str) -> bytes:
    soundfile = needed("soundfile")
    data = io.BytesIO()
    with soundfile.SoundFile(data, "w", RATE, 2, subtype, format=container) as file:
        for start in range(0, len(heard), BLOCK):
            file.write(heard[start : start + BLOCK])
    return data.getvalue()
