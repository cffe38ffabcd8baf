"""The guide voice: every syllable is sung on its notes, in tune and in time.

The speech is espeak-ng's, a program of the system. Where it is missing, the tests that need it ask for the one line
that says so; all else is tested with speech made here.
"""

from __future__ import annotations

import io
import json
import subprocess
import wave
from dataclasses import replace

import carmina_sing.files as files
import carmina_sing.vocoder as vocoder
import carmina_sing.voice as voice_page
import numpy as np
import pytest
from carmina_sing import espeak
from carmina_sing.alignment import aligned
from carmina_sing.files import SungRenderer, written
from carmina_sing.measure import errors
from carmina_sing.melody import VIBRATO_CENTS, pitch
from carmina_sing.plan import EARLY, LONGEST_CLUSTER, SHARE, Placed, pieces
from carmina_sing.speech import Sound, Speech, spoken
from carmina_sing.utterances import Tone, sung, utterances
from carmina_sing.voice import RATE, voice
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, Note, Score, Syllable, Tempo, Track
from carmina.conductor import Conductor
from carmina.provenance import steps_of
from carmina.testing import check, song

INSTALLED = espeak.library() is not None


def sounds(text: str, length: float = 0.1) -> list[Sound]:
    """Words parted by spaces, IPA sounds by dots, each of one length; places as if each word were one character."""
    found, at = [], 0.0
    for place, word in enumerate(text.split()):
        for name in word.split("."):
            found.append(Sound(name, at, at + length, 2 * place))
            at += length
    return found


def words(*counts: int) -> list[tuple[int, int]]:
    return [(2 * place, count) for place, count in enumerate(counts)]


def line(*notes: tuple[str, float, float]) -> Score:
    """(text, start, end) in quarters; "_" carries on the syllable before."""
    made = tuple(
        Note(
            60 + 2 * (i % 5),
            round(480 * a),
            round(480 * b) - round(480 * a),
            None if text == "_" else Syllable(text, ends_line=text.endswith("!")),
            continues=text == "_",
        )
        for i, (text, a, b) in enumerate(notes)
    )
    return Score((Track(made),), tempi=(Tempo(60),))


def hummed(seconds: float = 0.4) -> Speech:
    """A hiss, then a vowel: a pulse train through two resonances."""
    count, rng = int(seconds * RATE), np.random.default_rng(3)
    hiss = rng.normal(size=int(0.1 * RATE)) * 0.02
    pulses = np.zeros(count)
    pulses[:: RATE // 160] = 1
    response = np.arange(400) / RATE
    shape = sum(np.exp(-70 * np.pi * response) * np.sin(2 * np.pi * hertz * response) for hertz in (700, 1200))
    vowel = np.convolve(pulses, shape)[:count] * 0.3
    return Speech(np.concatenate([hiss, vowel]), RATE, (Sound("s", 0, 0.1, 0), Sound("a", 0.1, 0.1 + seconds, 0)))


# ---- which sounds belong to which syllable ----------------------------------------------------------------------


def test_a_file_says_how_it_was_made_and_sounds_as_it_would_without():
    data = written(np.zeros((100, 2)))
    marked = SungRenderer().remarked(data, "Made with Carmina: 1;")
    with wave.open(io.BytesIO(data)) as one, wave.open(io.BytesIO(marked)) as other:
        assert one.readframes(200) == other.readframes(200) and one.getparams() == other.getparams()
    assert steps_of(marked) and len(marked) % 2 == 0 == (int.from_bytes(marked[4:8], "little") + 8 - len(marked))


def test_a_syllable_takes_the_consonants_before_its_vowel_and_a_word_keeps_those_at_its_end():
    first, second = aligned(sounds("s.ɪ.l.v.ə.n"), words(2))
    assert len(first.onset) == 1 and not first.coda
    assert second.onset == ((0.2, pytest.approx(0.3)), (pytest.approx(0.3), 0.4)) and len(second.coda) == 1
    assert second.vowel == (0.4, 0.5)


def test_with_too_many_vowels_the_weakest_passes_as_a_consonant():
    (only,) = aligned(sounds("h.ɛ.v.ə.n"), words(1))
    assert only.vowel == (0.1, 0.2) and len(only.coda) == 3


def test_with_too_few_vowels_the_longest_is_sung_twice():
    first, second = aligned(sounds("f.aɪ"), words(2))
    assert first.vowel[1] == second.vowel[0] == pytest.approx(0.15) and not second.onset


def test_words_that_speech_runs_together_are_sung_one_after_the_other():
    found = aligned([Sound("ɒ", 0, 0.1, 0), Sound("v", 0.1, 0.2, 0), Sound("ə", 0.2, 0.3, 0)], words(1, 1))
    assert [one.vowel for one in found] == [(0, 0.1), (0.2, 0.3)]


def test_a_glide_into_a_vowel_is_sung_before_the_beat_and_one_out_of_it_after():
    into, out = aligned(sounds("k.uo k.aɪ"), words(1, 1))
    assert len(into.onset) == 2 and into.vowel[0] > 0.1
    assert len(out.onset) == 1 and out.hold < 0.35


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(["a", "ə", "aɪ", "n̩", "s", "t", "ŋ", ""]), max_size=6), st.integers(1, 4)),
        min_size=1,
        max_size=5,
    )
)
def test_there_is_one_stretch_for_each_syllable_whatever_was_spoken(spoken_words):
    said = [s for s in sounds(" ".join(".".join(names) or "." for names, _ in spoken_words)) if s.name]
    found = aligned(said, words(*(count for _, count in spoken_words)))
    assert len(found) == sum(count for _, count in spoken_words)
    assert all(one.vowel[0] < one.vowel[1] and one.vowel[0] <= one.hold <= one.vowel[1] for one in found)


# ---- when they are sung -----------------------------------------------------------------------------------------


def placed(score: Score, text: str, lead: float = 0.0) -> list[Placed]:
    singers = sung(score, score.tracks[0], lead)
    return [
        Placed(one, sounds_, 0)
        for one, sounds_ in zip(singers, aligned(sounds(text), words(*[1] * len(singers))), strict=True)
    ]


JOINED = line(("so", 1, 2), ("fa", 2, 3), ("_", 3, 4), ("strand", 4, 4.5), ("la", 6, 8))
SOUNDS = "s.o f.a s.t.r.a.n.d l.a"


def test_vowels_begin_on_their_notes_and_consonants_come_before():
    found = pieces(placed(JOINED, SOUNDS))
    starts = [min(p.start for p in found if p.vowel and p.syllable == i) for i in range(4)]
    assert starts == pytest.approx([start - EARLY for start in (1, 2, 4, 6)])
    for piece in found:
        begins = (1, 2, 4, 6)[piece.syllable] - EARLY
        assert piece.vowel == (piece.start >= begins - 1e-9) or piece.start > begins + 0.2  # or ends the word


def test_nothing_overlaps_and_a_joined_line_has_no_gap():
    found = pieces(placed(JOINED, SOUNDS))
    for a, b in zip(found, found[1:], strict=False):
        assert a.end <= b.start + 1e-9
    gaps = [round(b.start - a.end, 6) for a, b in zip(found, found[1:], strict=False) if b.start - a.end > 1e-6]
    assert len(gaps) == 1  # the rest before the last note


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(30, 1440).map(lambda t: t / 480), st.sampled_from([0, 0, 0.025, 0.5])),
        min_size=1,
        max_size=8,
    )
)
def test_consonants_leave_most_of_the_note_before(lengths):
    at, notes = 1.0, []
    for length, rest in lengths:
        notes.append(("strand", at, at + length))
        at += length + rest
    found = pieces(placed(line(*notes), " ".join(["s.t.r.a.n.d"] * len(notes))))
    for a, b in zip(found, found[1:], strict=False):
        assert a.end <= b.start + 1e-6
    for index, (_, start, end) in enumerate(notes):
        own = sum(p.end - p.start for p in found if p.vowel and p.syllable == index)
        assert own >= (1 - SHARE) * (end - start) - 1e-6
        before = [
            p for p in found if not p.vowel and p.end <= start and p.start > start - LONGEST_CLUSTER - EARLY - 1e-6
        ]
        assert before or start < 0.1


def test_a_glide_ends_on_the_note_and_long_notes_swing_lightly_around_it():
    tones = [(Tone(60, 0, 1, 80), False), (Tone(67, 1, 3, 80), False), (Tone(65, 3, 3.3, 80), True)]
    times = np.arange(0, 3.3, 0.005)
    found = pitch(times, tones)
    assert np.all(found[times < 0.3] == 60) and found[np.searchsorted(times, 1.001)] == pytest.approx(67, abs=1e-6)
    held = found[(times > 1.1) & (times < 2.9)] - 67
    assert 0.5 * VIBRATO_CENTS < 100 * np.abs(held).max() <= VIBRATO_CENTS + 1e-6 and abs(held.mean()) < 0.02
    assert found[np.searchsorted(times, 3.1)] == pytest.approx(65)


# ---- the voice itself -------------------------------------------------------------------------------------------


@pytest.fixture
def without_espeak(monkeypatch):
    """The voice of speech that is made here: the same word for every syllable."""

    def said(texts, language, variant):
        whole = hummed()
        length = whole.sounds[-1].end
        return [
            Speech(
                np.tile(whole.samples, text.count(" ") + 1),
                RATE,
                tuple(
                    replace(sound, start=sound.start + i * length, end=sound.end + i * length, place=2 * i)
                    for i in range(text.count(" ") + 1)
                    for sound in whole.sounds
                ),
            )
            for text in texts
        ]

    monkeypatch.setattr(voice_page, "spoken", said)


TUNE = line(("a", 0, 1), ("b", 1, 1.5), ("_", 1.5, 2.5), ("c", 3, 5), ("d", 5, 5.5), ("e", 5.5, 7))


def test_the_voice_is_in_tune_and_in_time(without_espeak):
    heard = voice(TUNE, TUNE.tracks[0], 0.25)
    cents, late = errors(heard / np.abs(heard).max(), sung(TUNE, TUNE.tracks[0], 0.25))
    assert len(cents) == 6 and np.abs(cents).max() < 10
    assert len(late) == 5 and np.median(np.abs(late)) < 25


def test_time_does_not_drift_in_a_long_song(without_espeak):
    score = line(*((f"{text}!", at, at + 0.5) for text, at in zip("abcdef", (1, 2, 3, 101, 102, 103), strict=True)))
    heard = voice(score, score.tracks[0])
    _, late = errors(heard / np.abs(heard).max(), list(sung(score, score.tracks[0])))
    assert len(late) == 6 and abs(np.median(late[3:]) - np.median(late[:3])) < 8


def test_rests_are_silent(without_espeak):
    heard = voice(TUNE, TUNE.tracks[0])
    assert np.abs(heard[int(2.56 * RATE) : int(2.66 * RATE)]).max() < 1e-3 * np.abs(heard).max()


def recording(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 44_100)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767


class Band(Conductor):
    """Plays a click on the left at each note, and notes what it was asked for."""

    asked = ()

    def render(self, work, name, settings=None):
        self.asked = (work, name, settings)
        heard = np.zeros((round(44_100 * work.end_ticks / 480), 2))
        for note in work.tracks[0].notes:
            heard[round(44_100 * note.onset_ticks / 480), 0] = 0.5
        return files.written(heard)


def test_the_accompaniment_plays_beside_the_voice_from_the_same_moment(without_espeak):
    piano = Track(tuple(Note(48, 480 * i, 480) for i in range(8)), "Piano", "piano")
    band = Band()
    data = SungRenderer().render_with(replace(TUNE, tracks=(*TUNE.tracks, piano)), band, {"soundfont": "x.sf2"})
    played, name, given = band.asked
    assert (played.tracks, name, given) == ((piano,), ".wav", {"soundfont": "x.sf2"})
    heard = recording(data)
    assert np.abs(heard).max() == pytest.approx(files.PEAK, abs=1e-3)
    late = round(files.LEAD * 44_100)  # the song begins with a word: its consonant needs room
    assert np.nonzero(np.abs(heard[:, 0] - heard[:, 1]) > 0.01)[0].tolist() == [late + 44_100 * i for i in range(8)]


def test_alone_it_needs_nobody_and_the_same_song_gives_the_same_bytes(without_espeak):
    first = SungRenderer().render_with(TUNE, Band(), {})
    assert first == SungRenderer().render_with(TUNE, Band(), {})
    assert len(recording(first)) / 44_100 == pytest.approx(7.35, abs=0.1)


def test_twice_the_rate_is_the_same_sound():
    times = np.arange(4410) / RATE
    twice = files.doubled(np.sin(2 * np.pi * 300 * times))
    assert np.allclose(twice, np.sin(2 * np.pi * 300 * np.arange(8820) / 44_100), atol=1e-9)


# ---- texts ------------------------------------------------------------------------------------------------------


def texts(*syllables: Syllable, language: str = "en") -> list[tuple[str, str, tuple]]:
    score = Score((Track(tuple(Note(60, 480 * i, 480, s) for i, s in enumerate(syllables))),))
    return [(u.text, u.language, u.words) for u in utterances(sung(score, score.tracks[0]), language)]


def test_a_line_is_spoken_in_whole_words():
    assert texts(
        Syllable("Sil", "begin"), Syllable("ver", "end"), Syllable("Moon", after="!", ends_line=True), Syllable("Oh")
    ) == [("silver moon", "en", ((0, 2), (7, 1))), ("oh", "en", ((0, 1),))]


def test_chinese_is_read_in_context_and_by_the_tone_that_is_sung():
    assert texts(
        *(Syllable(c, tone=t, language="zh") for c, t in zip("银行行人", (2, 2, 2, 2), strict=True)), language="zh"
    ) == [("yin2 hang2 xing2 ren2", "zh", ((0, 1), (5, 1), (11, 1), (17, 1)))]
    assert texts(Syllable("长", tone=3, language="zh"), language="zh")[0][0] == "zhang3"
    assert texts(Syllable("嗯", tone=2, language="zh"), language="zh")[0][0].startswith("en")


def test_languages_of_a_mixed_line_are_spoken_apart():
    found = texts(
        Syllable("爱", tone=4, language="zh"),
        Syllable("love", language="en"),
        Syllable("amor", language="la"),
        language="zh",
    )
    assert [(text, language) for text, language, _ in found] == [("ai4", "zh"), ("love", "en"), ("amor", "la")]


# ---- espeak-ng --------------------------------------------------------------------------------------------------


@pytest.fixture
def promised():
    """Does what is promised: with espeak-ng, the work; without it, one line that says what to install."""

    def does(work, *args):
        if INSTALLED:
            return work(*args)
        with pytest.raises(BadInput, match="needs espeak-ng, which is not installed. Run: apt-get install espeak-ng"):
            work(*args)
        return None

    return does


def test_the_offer_keeps_the_promises_of_renderers(promised):
    promised(check, SungRenderer)


@pytest.mark.parametrize(
    ("score", "language"),
    [
        (song(), "en"),
        (
            Score(
                (
                    Track(
                        tuple(
                            Note(64 + i, 480 * i, 480, Syllable(c, tone=t, language="zh"))
                            for i, (c, t) in enumerate(zip("月光照我心", (4, 1, 4, 3, 1), strict=True))
                        )
                    ),
                ),
                language="zh",
            ),
            "zh",
        ),
    ],
)
def test_espeak_ng_sings_in_tune_and_in_time(promised, score, language):
    heard = promised(voice, score, score.voice, 0.25)
    if heard is not None:
        cents, late = errors(heard / np.abs(heard).max(), sung(score, score.voice, 0.25))
        assert np.median(np.abs(cents)) < 15 and np.median(np.abs(late)) < 40


def test_speech_tells_its_sounds_in_order_and_their_words(promised):
    found = promised(spoken, ["sing a song", "la"], "en", "f3")
    if found:
        assert [sound.place for sound in found[0].sounds if sound.vowel] == [0, 5, 7]
        assert len(found[1].samples) < len(found[0].samples)
        for a, b in zip(found[0].sounds, found[0].sounds[1:], strict=False):
            assert 0 <= a.start < a.end <= b.start


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (espeak.MISSING, "needs espeak-ng, which is not installed. Run: apt-get install espeak-ng"),
        (espeak.NO_VOICE, "no voice 'xx' for the language 'xx'"),
        (1, "exit status 1"),
    ],
)
def test_what_keeps_espeak_ng_from_speaking_is_told_in_one_line(monkeypatch, status, said):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, status, "", ""))
    with pytest.raises(BadInput, match=said) as refused:
        spoken(["x"], "xx", "f3")
    assert "\n" not in str(refused.value)


def test_speech_that_hangs_is_given_up(monkeypatch):
    def hang(*args, **rest):
        raise subprocess.TimeoutExpired("espeak", 1)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(BadInput, match="does not speak: TimeoutExpired"):
        spoken(["x"], "en", "f3")


def test_the_speaker_leaves_with_its_status_where_there_is_no_library(monkeypatch):
    monkeypatch.setattr(espeak, "library", lambda: None)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"voice": "en", "variant": "f3", "texts": []})))
    with pytest.raises(SystemExit) as left:
        espeak.main()
    assert left.value.code == espeak.MISSING


def test_missing_pyworld_is_named_in_one_line(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(vocoder.importlib, "import_module", missing)
    with pytest.raises(BadInput, match=r"needs pyworld, which is not installed. Run: pip install 'carmina\[sing\]'"):
        voice(TUNE, TUNE.tracks[0])


def test_a_song_without_words_or_of_hours_is_refused():
    with pytest.raises(BadInput, match="no words to sing"):
        SungRenderer().render(Score((Track((Note(60, 0, 480),)),)))
    with pytest.raises(BadInput, match="lasts 25 minutes; the guide voice sings up to 20"):
        voice(line(("a", 0, 1500)), line(("a", 0, 1500)).tracks[0])
