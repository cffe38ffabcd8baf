"""Public page 2: the checks that every offer must pass, for plugin authors' own tests.

    from carmina.testing import check
    check(MyRenderer)            # raises AssertionError with what is wrong

Each check tries an offer on small works and on odd ones. They hold for the built-in plugins too: a test says so.
"""

from __future__ import annotations

from typing import Any

from .contracts import Decoder, Evaluator, Figure, Language, Reader, Renderer, Style
from .errors import CarminaError
from .works import Line, Lyrics, Note, Score, Section, SectionMark, Syllable, Track

ODD_WORDS = (
    "",
    "a",
    "-",
    "'",
    "42",
    "&",
    "naïve",
    "ROCK'N'ROLL",
    "x" * 60,
    "e\u0301",
    "\u200b",
    "😀",
    "明月",
    "ㄅ",
    "٣",
)


def song() -> Score:
    """A small sung score with a melisma, a rest, two lines and a word of two syllables."""
    syllables = [
        Syllable("Sil", "begin", 1),
        Syllable("ver", "end", 0),
        Syllable("moon", stress=1, after=",", ends_line=True),
        Syllable("rise", stress=1),
        Syllable("明", tone=2, after=".", ends_line=True),
    ]
    notes = (
        Note(60, 0, 480, syllables[0]),
        Note(62, 480, 240, syllables[1]),
        Note(64, 720, 240, continues=True),
        Note(67, 960, 480, syllables[2]),
        Note(65, 1920, 960, syllables[3]),
        Note(60, 2880, 960, syllables[4]),
    )
    return Score((Track(notes),), sections=(SectionMark(0, 3840, label="Verse"),), title="Test", language="en")


def lyrics() -> Lyrics:
    """The words of :func:`song`."""
    words = [note.syllable for note in song().tracks[0].notes if note.syllable]
    return Lyrics((Section((Line(tuple(words[:3])), Line(tuple(words[3:])))),), "en")


def check(offer: Any) -> None:
    """Every check that fits the offer."""
    check_described(offer)
    if isinstance(offer, Style):
        return check_style(offer)
    if isinstance(offer, type):
        for contract, test in CHECKS.items():
            if issubclass(offer, contract):
                test(offer)
    return None


def check_described(offer: Any) -> None:
    """Name, one-line summary, licence."""
    for attribute in ("name", "summary", "licence"):
        value = getattr(offer, attribute, None)
        assert isinstance(value, str) and value.strip(), f"{offer!r}: {attribute} must be a string that says something"
    assert "\n" not in offer.summary, f"{offer.name}: the summary must be one line"
    assert offer.name == offer.name.strip() and " " not in offer.name, f"{offer.name!r}: a name has no spaces"


def check_style(style: Style) -> None:
    """A style's values are within what writers understand."""
    low, high = style.range
    assert 0 <= low < high <= 127 and high - low >= 7, (
        f"{style.name}: range {style.range} is too narrow or outside 0..127"
    )
    assert 20 <= style.tempo_bpm[0] <= style.tempo_bpm[1] <= 300, f"{style.name}: tempo {style.tempo_bpm}"
    assert style.metres, f"{style.name}: a style needs a metre"
    assert style.mode in (None, "major", "minor"), f"{style.name}: mode {style.mode!r}"
    assert all(0 <= p < 12 for p in style.scale), (
        f"{style.name}: scale {style.scale} holds pitch classes above the tonic"
    )
    assert 0 <= style.program <= 127, f"{style.name}: program {style.program}"


def check_language(offer: type[Language]) -> None:
    """One tuple a word; places that fit; letters kept; claims between 0 and 1; nothing raises."""
    language = offer()
    for words in (ODD_WORDS, ("one", "two", "beau-ti-ful"), ()):
        read = language.syllabify(list(words))
        assert len(read) == len(words), f"{offer.name}: {len(words)} words gave {len(read)} tuples"
        for word, syllables in zip(words, read, strict=True):
            check_places(offer.name, word, syllables)
        assert 0 <= language.claim(list(words)) <= 1, f"{offer.name}: claim is outside 0..1 for {words}"


def check_places(name: str, word: str, syllables: tuple[Syllable, ...]) -> None:
    """Single words stand alone; others begin once and end once (several spoken words may stand for one written)."""
    open_word = False
    for syllable in syllables:
        starts = syllable.place in ("single", "begin")
        assert starts != open_word, f"{name}: places of {word!r} are {[s.place for s in syllables]}"
        open_word = syllable.place in ("begin", "middle")
    assert not open_word, f"{name}: the last word of {word!r} does not end"


def check_renderer(offer: type[Renderer]) -> None:
    """Bytes, the same each time, for a song."""
    check_suffixes(offer)
    if offer.takes != "Score":
        return
    first, second = offer().render(song()), offer().render(song())
    assert isinstance(first, bytes) and first, f"{offer.name}: render gave {type(first).__name__}, not bytes"
    assert first == second, f"{offer.name}: the same score gave different bytes"


def check_reader(offer: type[Reader]) -> None:
    """Rubbish is refused with a Carmina error, not with any other."""
    check_suffixes(offer)
    for data in (b"", b"\x00\xff" * 40, b"MThd", b"<a", b"PK\x03\x04", b"\xef\xbb\xbf"):
        try:
            offer().read(data)
        except CarminaError as refused:
            assert "\n" not in str(refused), f"{offer.name}: an error must be one line, got {str(refused)!r}"


def check_suffixes(offer: Any) -> None:
    """Lower-case suffixes with their dots."""
    assert offer.suffixes, f"{offer.name}: no suffixes"
    for suffix in offer.suffixes:
        assert suffix.startswith(".") and suffix == suffix.lower(), f"{offer.name}: suffix {suffix!r}"


def check_evaluator(offer: type[Evaluator]) -> None:
    """Figures within their bounds for a song and for an empty score; the same each time."""
    if offer.takes != "Score":
        return
    reference = (lyrics(),) if "lyrics" in getattr(offer, "summary", "") else ()
    for work in (song(), Score((Track(()),))):
        figures = offer().evaluate(work, reference)
        assert figures == offer().evaluate(work, reference), f"{offer.name}: the same work gave different figures"
        for figure in figures:
            assert isinstance(figure, Figure), f"{offer.name}: gave {figure!r}, not a Figure"
            assert figure.value is None or figure.low <= figure.value <= figure.high, (
                f"{offer.name}: {figure.name} is {figure.value}, outside {figure.low}..{figure.high}"
            )


def check_decoder(offer: type[Decoder]) -> None:
    """Never chooses what is forbidden; a sampler's row depends on its own chance only."""
    import numpy as np

    scores = np.random.default_rng(0).normal(size=(3, 6)).astype(np.float32)
    scores[:, [1, 4]] = -np.inf
    rngs = [np.random.default_rng(n) for n in range(3)]
    parents, ids = offer().choose(scores, np.zeros(3), rngs, 1.0)
    assert len(parents) == len(ids) == 3, f"{offer.name}: one parent and one id for each candidate"
    assert not set(ids.tolist()) & {1, 4}, f"{offer.name}: chose a forbidden id"


CHECKS = {
    Language: check_language,
    Renderer: check_renderer,
    Reader: check_reader,
    Evaluator: check_evaluator,
    Decoder: check_decoder,
}
