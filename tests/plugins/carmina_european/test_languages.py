"""What every one of the four languages promises, and what is particular to each."""

import pytest
from carmina_european import plugin
from carmina_european.french import French
from carmina_european.german import German
from carmina_european.italian import Italian
from carmina_european.latin import Latin
from hypothesis import given, settings
from hypothesis import strategies as st

LANGUAGES = {"de": German(), "fr": French(), "it": Italian(), "la": Latin()}
EACH = pytest.mark.parametrize("code", LANGUAGES)
PLACES = {1: ["single"], 2: ["begin", "end"], 3: ["begin", "middle", "end"]}
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßàâéèêëîïôùûçœæìòóáíúñ"
WORD = st.from_regex(rf"'?[{LETTERS}]{{1,9}}(['-][{LETTERS}]{{1,6}})?", fullmatch=True)


def hyphens(code, line):
    """Every word of a line with hyphens between its sung syllables."""
    return ["-".join(s.text for s in word) for word in LANGUAGES[code].syllabify(line.split())]


def stressed(code, word):
    """The word with its primary stress in capitals."""
    return "-".join(s.text.upper() if s.stress == 1 else s.text for s in LANGUAGES[code].syllabify([word])[0])


def test_the_languages_come_through_the_door():
    assert [language.name for language in plugin.carmina_languages()] == ["de", "fr", "it", "la", "es", "pt"]


@EACH
@given(words=st.lists(WORD, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_letter_is_lost_and_each_word_has_syllables(code, words):
    sung = LANGUAGES[code].syllabify(words)
    assert len(sung) == len(words)
    assert "".join(s.text for word in sung for s in word).replace("-", "") == "".join(words).replace("-", "")
    for word in sung:
        assert all(s.language == code and s.stress in (0, 1, 2) and s.tone is None for s in word)


@EACH
@given(word=st.from_regex(f"[{LETTERS}]{{2,14}}", fullmatch=True))
@settings(max_examples=40, deadline=None)
def test_places_one_primary_stress_and_rhyme_are_always_right(code, word):
    (sung,) = LANGUAGES[code].syllabify([word])
    places = PLACES[1] if len(sung) == 1 else ["begin", *["middle"] * (len(sung) - 2), "end"]
    assert [s.place for s in sung] == places
    assert sum(s.stress == 1 for s in sung) == 1 or len(sung) == 1
    assert all(s.rhyme is None for s in sung[:-1]) and sung[-1].rhyme is not None


@EACH
@given(words=st.lists(st.text(max_size=6), max_size=5))
@settings(max_examples=40, deadline=None)
def test_any_text_at_all_is_taken(code, words):
    language = LANGUAGES[code]
    assert len(language.syllabify(words)) == len(words)
    assert 0.0 <= language.claim(words) <= 1.0


@EACH
def test_case_does_not_matter_for_syllables_and_is_kept(code):
    low, high = LANGUAGES[code].syllabify(["gloria"])[0], LANGUAGES[code].syllabify(["GLORIA"])[0]
    assert [s.text.upper() for s in low] == [s.text for s in high]
    assert [s.stress for s in low] == [s.stress for s in high]


@EACH
def test_the_authors_hyphens_hold(code):
    assert hyphens(code, "lu-mi-na a-mo-re la-bas") == ["lu-mi-na", "a-mo-re", "la-bas"]


@EACH
def test_an_empty_line_gives_nothing(code):
    assert LANGUAGES[code].syllabify([]) == [] and LANGUAGES[code].claim([]) == 0.0


@pytest.mark.parametrize(
    ("code", "word", "said"),
    [
        ("de", "21", "ein-und-zwan-zig"),
        ("de", "&", "und"),
        ("fr", "2", "deux"),
        ("fr", "80", "qua-tre-vingts"),
        ("it", "3", "tre"),
        ("it", "%", "per-cen-to"),
        ("la", "7", "sep-tem"),
        ("la", "12", "du-o-de-cim"),
        ("la", "40", "quat-tu-or-nul-lus"),
        ("de", "§", "Pa-ra-graf"),
        ("de", "007", "null-null-sie-ben"),
        ("fr", "2e", "deux-e"),
    ],
)
def test_digits_and_symbols_are_read_aloud(code, word, said):
    assert hyphens(code, word) == [said]


def test_each_word_of_a_number_is_a_word_of_its_own():
    assert [s.place for s in LANGUAGES["it"].syllabify(["%"])[0]] == ["single", "begin", "end"]


@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("fr", "quel qu' un", ["quel", "", "qu'un"]),
        ("fr", "l' amour", ["", "l'a-mour"]),
        ("de", "'s ist", ["", "'sist"]),
        ("de", "wie geht 's", ["wie", "geht's", ""]),
        ("de", "'s", ["'s"]),
        ("it", "l' alma", ["", "l'al-ma"]),
    ],
)
def test_a_word_without_a_vowel_is_sung_with_its_neighbour(code, line, expected):
    assert hyphens(code, line) == expected


def test_function_words_are_no_content_and_bare_ones_unstressed():
    for code, word in (("de", "und"), ("fr", "les"), ("it", "il"), ("la", "et")):
        (syllable,) = LANGUAGES[code].syllabify([word])[0]
        assert (syllable.content, syllable.stress) == (False, 0)
    assert LANGUAGES["de"].syllabify(["Nacht"])[0][0].stress == 1


# ---- German -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "A-bend",
        "Ro-se",
        "See-le",
        "Him-mel-reich",
        "ge-ehrt",
        "be-en-den",
        "schrei-en",
        "freu-e",
        "Li-li-en",
        "Fa-mi-li-en",
        "Me-lo-die",
        "Na-ti-on",
        "Ma-ri-a",
        "träu-me",
        "un-end-lich",
        "Quel-le",
        "Knab'",
        "heil'-ge",
        "geh'n",
        "I-de-en",
        "Beet",
        "Blü-ten-duft",
        "Nach-ti-gall",
        "Mon-den-glanz",
        "ver-klun-gen",
        "durch-glüht",
        "Geist",
        "Kö-ni-gin",
        "O-ri-ent",
        "Frie-den",
    ],
)
def test_german_words_part_as_they_are_sung(word):
    assert hyphens("de", word.replace("-", "")) == [word]


@pytest.mark.parametrize(
    "word",
    [
        "ge-LIEB-te",
        "ver-LO-ren",
        "be-GIN-nen",
        "ER-de",
        "GE-ben",
        "BE-ten",
        "Ge-BET",
        "ent-ZÜN-det",
        "AUF-ste-hen",
        "MOR-gen-rot",
        "Me-lo-DIE",
        "stu-DIE-ren",
        "Na-ti-ON",
        "Träu-me-REI",
        "hi-NAUS",
        "zu-RÜCK",
        "al-LEIN",
        "Hal-le-LU-ja",
        "Me-lo-DEI",
        "MAN-cher-lei",
        "EN-gel",
        "GES-tern",
        "Mu-SIK",
        "WAN-dern",
        "ver-GISS",
        "ER-de",
        "zer-BRO-chen",
        "le-BEN-dig",
    ],
)
def test_german_stress_lies_on_the_root(word):
    assert stressed("de", word.replace("-", "").lower()).lower().replace("-", "") == word.replace("-", "").lower()
    assert [s.isupper() for s in stressed("de", word.replace("-", "").lower()).split("-")] == [
        s.isupper() for s in word.split("-")
    ]


def test_german_compounds_keep_a_secondary_stress():
    assert [s.stress for s in LANGUAGES["de"].syllabify(["Morgenrot"])[0]] == [1, 0, 2]


# ---- French -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("belle rose", ["bel-le", "ro-se"]),
        ("belle amie", ["belle", "a-mi-e"]),
        ("la pensée amère", ["la", "pen-sée", "a-mè-re"]),
        ("ma pensée", ["ma", "pen-sé-e"]),
        ("ils chantent encore", ["ils", "chan-tent", "en-co-re"]),
        ("une haine", ["u-ne", "hai-ne"]),
        ("une heure", ["une", "heu-re"]),
        ("comme un homme", ["comme", "un", "hom-me"]),
        ("je t'aime", ["je", "t'ai-me"]),
        ("ils aimaient tant", ["ils", "ai-maient", "tant"]),
        ("jusqu'à demain", ["jus-qu'à", "de-main"]),
        ("la rue est", ["la", "rue", "est"]),
        ("notre yacht", ["no-tre", "yacht"]),
        ("dire oui", ["di-re", "oui"]),
        ("mille yeux", ["mille", "yeux"]),
    ],
)
def test_the_mute_e_is_sung_before_consonants_and_at_the_end_of_a_line_only(line, expected):
    assert hyphens("fr", line) == expected


@pytest.mark.parametrize(
    "word",
    [
        "so-leil",
        "pas-si-on",
        "dieu",
        "ciel",
        "bien",
        "rien",
        "nuit",
        "oi-seaux",
        "pa-ys",
        "é-cueil",
        "feuil-la-ge",
        "vi-o-let-te",
        "joy-eux",
        "ru-i-ne",
        "poi-son",
        "pied",
        "lu-miè-re",
        "pri-è-re",
        "no-ël",
        "po-è-te",
        "nu-a-ge",
        "ré-veil",
        "aus-si-tôt",
        "au-jour-d'hui",
        "em-bras-ser",
        "mon-ta-gne",
        "souf-fle",
        "roy-au-me",
        "chan-geant",
        "œil",
        "mi-lieu",
        "mys-té-ri-eux",
    ],
)
def test_french_words_part_as_they_are_sung(word):
    assert hyphens("fr", word.replace("-", "")) == [word]


@pytest.mark.parametrize(
    "word", ["a-MOUR", "BEL-le", "CHAN-tent", "mo-MENT", "so-LEIL", "u-NI-que", "pen-SÉ-e", "LAR-mes"]
)
def test_french_stress_lies_on_the_last_full_syllable(word):
    assert stressed("fr", word.replace("-", "").lower()).upper() == word.upper()
    assert stressed("fr", word.replace("-", "").lower()) == word


# ---- Italian and Latin --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "a-MO-re",
        "A-ni-ma",
        "dol-CEZ-za",
        "cit-TÀ",
        "fol-LI-a",
        "pa-U-ra",
        "FI-glio",
        "QUE-sto",
        "GIO-ia",
        "AC-qua",
        "a-MOR",
        "AN-ge-lo",
        "NO-bi-le",
        "per-CHÉ",
        "bel-LIS-si-ma",
        "po-e-SI-a",
        "GUER-ra",
        "SUO-no",
        "MAG-gio",
        "so-SPI-ro",
    ],
)
def test_italian_words_part_and_lean_as_they_are_sung(word):
    assert stressed("it", word.replace("-", "").lower()) == word


@pytest.mark.parametrize(
    "word",
    [
        "GRA-ti-a",
        "DO-mi-nus",
        "ma-RI-a",
        "mu-li-E-ri-bus",
        "sae-cu-LO-rum",
        "re-GI-na",
        "DE-us",
        "AN-ge-lus",
        "al-le-LU-ia",
        "IE-sus",
        "SAN-guis",
        "QUO-ni-am",
        "lau-DA-mus",
        "cae-LE-stis",
        "con-DÍ-tor",
        "E-ius",
        "GLO-ri-a",
        "VIR-go",
        "ma-GI-ster",
        "pec-ca-TO-rum",
    ],
)
def test_latin_words_part_and_lean_as_they_are_sung(word):
    assert stressed("la", word.replace("-", "").lower()) == word
