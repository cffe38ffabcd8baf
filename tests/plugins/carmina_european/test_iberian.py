"""Spanish and Portuguese: syllables, stress, vowels that meet, and lines as long as their metres."""

import pytest
from carmina_european.portuguese import Portuguese
from carmina_european.spanish import Spanish

from carmina.conductor import Conductor

LANGUAGES = {"es": Spanish(), "pt": Portuguese()}


def said(code, word):
    (syllables,) = LANGUAGES[code].syllabify([word])
    return "-".join(s.text.upper() if s.stress == 1 else s.text for s in syllables)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("es", "po-E-ta RÍ-o BUE-no gui-TA-rra a-GÜE-ro co-ra-ZÓN ÁR-bol ciu-DAD muy ca-Í-a LEY LE-yes pa-ÍS re-LOJ"),
        ("es", "a-ve-ri-GUÁIS cons-TRUIR FÁ-cil-men-te VIA-je HUE-lla trans-POR-te can-TA-ron a-le-GRÍ-a hom-BRES"),
        ("pt", "MI-nha pal-MEI-ras sa-bi-Á co-ra-ÇÃO his-TÓ-ria Á-gua ra-I-nha sa-Í-da ru-IM ju-IZ ca-IR ma-RI-a"),
        (
            "pt",
            "TER-ra PAS-so can-ÇÕES ho-MENS LÍN-gua po-e-SI-a a-IN-da sau-DA-de ca-IU MUI-to a-ni-MAIS gor-JEI-am",
        ),
    ],
)
def test_words_part_and_are_stressed_as_their_spelling_says(code, words):
    wrong = {"hom-BRES": "HOM-bres", "ho-MENS": "HO-mens"}  # plurals keep the stress of the last but one
    for word in words.split():
        assert said(code, word.replace("-", "").lower()) == wrong.get(word, word)


@pytest.mark.parametrize(
    ("code", "line", "size"),  # our own lines of eight and ten syllables, counted by hand
    [
        ("es", "La barca duerme en la arena", 8),
        ("es", "y el viento cuenta las olas", 8),
        ("es", "mi abuela teje en la sombra", 8),
        ("es", "tierra y cielo se saludan", 8),
        ("pt", "A barca espera na areia", 8),
        ("pt", "e o vento conta as estrelas", 8),
    ],
)
def test_vowels_that_meet_are_sung_on_one_note(code, line, size):
    assert len(Conductor().lyrics(line, code).syllables) == size


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("es", "canción", "corazón"),
        ("es", "estrella", "bella"),
        ("es", "viva", "iba"),
        ("es", "cielo", "hielo"),
        ("pt", "coração", "canção"),
        ("pt", "estrela", "vela"),
        ("pt", "praça", "passa"),
    ],
)
def test_rhymes_are_heard_from_the_stressed_vowel_on(code, one, other):
    assert LANGUAGES[code].rhymes_with(one, other) == "perfect"
    assert LANGUAGES[code].rhymes_with(one, "mes" if code == "es" else "mar") is None


@pytest.mark.parametrize(("code", "words"), [("es", ["diecinueve"]), ("pt", ["dezanove"])])
def test_figures_are_read_out(code, words):
    assert list(LANGUAGES[code].spoken("19")) == words
