"""Recordings: as long as the score and its ring, in tune, the same bytes each time.

Sound needs libfluidsynth, a library of the system. Where it is missing, the same tests ask for the one line that says
so.
"""

from __future__ import annotations

import ctypes.util
import io
import wave
from dataclasses import replace

import carmina_audio.synthesis as synthesis
import numpy as np
import pytest
from carmina_audio.files import FlacRenderer, OggRenderer, WavRenderer
from carmina_audio.ogg import SERIAL, same_serial
from carmina_audio.synthesis import MOST_SECONDS, RATE, RING_SECONDS, needed, samples, soundfont
from carmina_audio.timeline import channels, events, seconds

from carmina import BadInput, Note, Score, Syllable, Tempo, Track
from carmina.conductor import Conductor
from carmina.testing import check, song

OFFERS = [WavRenderer, FlacRenderer, OggRenderer]
INSTALLED = any(map(ctypes.util.find_library, ("fluidsynth", "libfluidsynth", "libfluidsynth-3")))
SILENT = Score((Track(()),))


def sustained(pitch: int = 69, at: int = 0, program: int = 80) -> Score:
    """Two seconds of one pitch; program 80 is a square wave without vibrato in most soundfonts."""
    return Score((Track((Note(pitch, at, 960, Syllable("ah")),), program=program),), tempi=(Tempo(60),))


@pytest.fixture
def promised():
    """Does what is promised here: with the library, the work; without it, one line that says what to install."""

    def does(work, *args):
        if INSTALLED:
            return work(*args)
        with pytest.raises(
            BadInput, match="needs the system's library for fluidsynth.*apt-get install libfluidsynth3"
        ) as refused:
            work(*args)
        assert "\n" not in str(refused.value)
        return None

    return does


def heard(entry, data: bytes) -> np.ndarray:
    """(frames, 2) of a file's samples, as another library reads them."""
    import soundfile

    found, rate = soundfile.read(io.BytesIO(data), dtype="float64")
    assert rate == RATE and found.shape[1] == 2
    return found


@pytest.mark.parametrize("entry", OFFERS)
def test_every_entry_keeps_the_promises_of_renderers(entry, promised):
    promised(check, entry)


@pytest.mark.parametrize("entry", OFFERS)
def test_a_recording_lasts_as_long_as_the_score_and_its_ring(entry, promised):
    score = replace(song(), tempi=(Tempo(96), Tempo(240, 1920)))
    data = promised(entry().render, score)
    if data:
        expected = 1920 / 480 * 60 / 96 + 1920 / 480 * 60 / 240 + RING_SECONDS
        assert len(heard(entry, data)) / RATE == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("entry", OFFERS)
def test_a_sustained_a_sounds_at_440_hertz_within_ten_cents(entry, promised):
    data = promised(entry().render, sustained())
    if data:
        steady = heard(entry, data)[RATE // 2 : RATE * 3 // 2].sum(axis=1)
        spectrum = np.abs(np.fft.rfft(steady * np.hanning(len(steady)), 8 * len(steady)))
        low, high = (round(hertz * 8 * len(steady) / RATE) for hertz in (300, 640))
        hertz = (low + spectrum[low:high].argmax()) * RATE / (8 * len(steady))
        assert abs(1200 * np.log2(hertz / 440)) < 10


@pytest.mark.parametrize("entry", OFFERS)
def test_nothing_sounds_before_the_first_onset_and_something_after_it(entry, promised):
    data = promised(entry().render, sustained(at=480))
    if data:
        found = np.abs(heard(entry, data)).max(axis=1)
        assert found[: int(RATE * 0.97)].max() < 0.002
        assert found[RATE : RATE + RATE // 4].max() > 0.1


@pytest.mark.parametrize("entry", OFFERS)
def test_the_same_score_gives_the_same_bytes(entry, promised):
    first = promised(entry().render, song())
    assert first == promised(entry().render, song())


def test_the_peak_is_one_decibel_below_full_scale(promised):
    for velocity in (20, 127):
        score = Score((Track((Note(60, 0, 480, velocity=velocity),)),))
        found = promised(samples, score)
        if found is not None:
            assert found.dtype == np.int16
            assert np.abs(found.astype(int)).max() == pytest.approx(0.89 * 32767, abs=2)


def test_a_score_without_notes_is_a_second_of_silence(promised):
    found = promised(samples, SILENT)
    if found is not None:
        assert found.shape == (RATE, 2) and np.abs(found.astype(int)).max() < 8


def test_wav_is_sixteen_bits_stereo(promised):
    data = promised(WavRenderer().render, SILENT)
    if data:
        with wave.open(io.BytesIO(data)) as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)


def test_flac_holds_the_samples_of_the_wav(promised):
    flac, wav = promised(FlacRenderer().render, song()), promised(WavRenderer().render, song())
    if flac:
        assert np.array_equal(heard(FlacRenderer, flac), heard(WavRenderer, wav))


# ---- what is missing is named -----------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["fluidsynth", "soundfile"])
def test_a_missing_package_is_named_in_one_line(monkeypatch, module):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(synthesis.importlib, "import_module", missing)
    monkeypatch.setattr(synthesis.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BadInput, match=rf"Python package for {module}.*pip install 'carmina\[audio\]'") as refused:
        needed(module)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("module", "library"), [("fluidsynth", "libfluidsynth3"), ("soundfile", "libsndfile1")])
@pytest.mark.parametrize("error", [ImportError, OSError])
def test_a_missing_library_of_the_system_is_named_in_one_line(monkeypatch, module, library, error):
    def missing(name):
        raise error("Couldn't find the library.")

    monkeypatch.setattr(synthesis.importlib, "import_module", missing)
    with pytest.raises(BadInput, match=f"system's library for {module}.*apt-get install {library} ") as refused:
        needed(module)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is no soundfont"),
        (b"no soundfont at all", "is no soundfont"),
        (b"RIFF\4\0\0\0WAVE", "is no soundfont"),
    ],
)
def test_a_soundfont_that_cannot_be_read_is_named_in_one_line(monkeypatch, tmp_path, capfd, held, said):
    if held is not None:
        (tmp_path / "odd.sf2").write_bytes(held)
    monkeypatch.setenv(synthesis.ENVIRONMENT, str(tmp_path / "odd.sf2"))
    with pytest.raises(BadInput, match=rf"CARMINA_SOUNDFONT names .*odd\.sf2.*{said}.*Name a \.sf2 file") as refused:
        soundfont()
    assert "\n" not in str(refused.value)
    with pytest.raises(BadInput) as refused:
        WavRenderer().render(song())
    assert "\n" not in str(refused.value)
    assert capfd.readouterr() == ("", "")  # FluidSynth's own words stay out of sight


def test_a_soundfont_asked_for_goes_before_the_one_in_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv(synthesis.ENVIRONMENT, str(tmp_path / "none.sf2"))
    (tmp_path / "own.sf2").write_bytes(b"RIFF\4\0\0\0sfbk")
    assert soundfont(tmp_path / "own.sf2") == tmp_path / "own.sf2"
    with pytest.raises(
        BadInput, match=r"^--soundfont names .*gone\.sf2.*cannot be read: No such file.*leave the option out"
    ):
        Conductor(settings={"soundfont": tmp_path / "gone.sf2"}).render(song(), "song.wav")


def test_a_soundfont_that_only_begins_as_one_is_named_too(monkeypatch, tmp_path, promised):
    (tmp_path / "cut.sf2").write_bytes(b"RIFF\4\0\0\0sfbk")
    monkeypatch.setenv(synthesis.ENVIRONMENT, str(tmp_path / "cut.sf2"))

    def refused():
        with pytest.raises(BadInput, match=r"^cut\.sf2 is no soundfont that FluidSynth can read"):
            samples(song())

    refused() if INSTALLED else promised(samples, song())


def test_the_shipped_soundfont_is_there_unless_another_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv(synthesis.ENVIRONMENT, raising=False)
    assert soundfont().name == "TimGM6mb.sf2" and soundfont().read_bytes()[8:12] == b"sfbk"
    (tmp_path / "own.sf2").write_bytes(b"RIFF\4\0\0\0sfbk")
    monkeypatch.setenv(synthesis.ENVIRONMENT, str(tmp_path / "own.sf2"))
    assert soundfont() == tmp_path / "own.sf2"


def test_a_score_of_hours_is_refused_before_anything_is_loaded(monkeypatch):
    monkeypatch.setattr(synthesis, "needed", lambda *_: pytest.fail("loaded"))
    score = Score((Track((Note(60, 0, 480 * (MOST_SECONDS + 60)),)),), tempi=(Tempo(60),))
    with pytest.raises(BadInput, match="lasts 31 minutes; sound is made of up to 30"):
        samples(score)


# ---- time and channels ------------------------------------------------------------------------------------------


def test_a_tick_sounds_when_the_tempi_before_it_say():
    score = Score((Track(()),), tempi=(Tempo(60), Tempo(120, 480), Tempo(30, 960)))
    assert [seconds(score, tick) for tick in (0, 240, 480, 960, 1440)] == [0, 0.5, 1, 1.5, 3.5]


def test_a_key_is_let_go_before_it_is_struck_again():
    score = Score((Track((Note(60, 0, 480), Note(60, 480, 480))),), tempi=(Tempo(60),))
    assert [(e.frame, e.pressed) for e in events(score, 100)] == [(0, True), (100, False), (100, True), (200, False)]


def test_drums_have_their_channel_and_no_other_part_has_it():
    parts = tuple(Track((), role="drums" if i == 3 else "piano") for i in range(18))
    found = channels(Score(parts))
    assert found[3] == 9 and 9 not in found[:3] + found[4:]
    assert len(set(found)) == 16


# ---- Ogg --------------------------------------------------------------------------------------------------------


def page(serial: bytes, body: bytes) -> bytes:
    """A page of Ogg without its checksum."""
    return b"OggS\0\2" + bytes(8) + serial + bytes(4) + bytes(4) + bytes([1, len(body)]) + body


def test_ogg_pages_differ_only_in_what_they_hold_once_their_serial_is_the_same():
    one, other = (same_serial(page(serial, b"abc") + page(serial, b"de")) for serial in (b"1234", b"9876"))
    assert one == other and one.count(SERIAL) == 2
    assert same_serial(one) == one


def test_an_ogg_checksum_is_the_one_that_libsndfile_writes():
    import soundfile

    data = io.BytesIO()
    with soundfile.SoundFile(data, "w", RATE, 1, "VORBIS", format="OGG") as file:
        file.write(np.zeros(2000))
    ours = same_serial(data.getvalue())
    assert len(ours) == len(data.getvalue()) and ours[14:18] == SERIAL
    found, _ = soundfile.read(io.BytesIO(ours))  # libogg refuses pages whose checksum is wrong
    assert len(found) == 2000
    broken = bytearray(ours)
    broken[22] ^= 1
    with pytest.raises(soundfile.LibsndfileError):
        soundfile.read(io.BytesIO(bytes(broken)))
