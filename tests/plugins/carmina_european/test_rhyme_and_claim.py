"""Rhyme classes, and telling the languages apart."""

import pytest
from carmina_european.claims import OURS, share

TEXTS = {  # written for these tests
    "de": [
        "Der Abend legt sich leise hin und zählt die Lichter am Kanal",
        "Ich geh noch einmal um das Haus und denk an dich zum letzten Mal",
        "Ein Fenster klappert irgendwo die Katze schläft auf unserm Stein",
        "Und morgen trägt der erste Zug mich wieder in die Stadt hinein",
    ],
    "fr": [
        "Le facteur passe sous la pluie et laisse un mot devant ma porte",
        "Tu dis que l'été reviendra que les hivers ne comptent guère",
        "Je garde au fond de mon tiroir la clé de la maison de pierre",
        "Et quand le vent vient du jardin j'entends ta voix qui me l'apporte",
    ],
    "it": [
        "La barca dorme accanto al molo e il mare non ha più parole",
        "Io conto i passi fino a casa con le mie scarpe piene di sole",
        "Nella cucina di mia madre il pane aspetta sulla tavola",
        "E la finestra apre le braccia come si apre una vecchia favola",
    ],
    "la": [
        "Luna super agros lucet et dormit omnis civitas",
        "Quis clamat nunc in tenebris quis portat nobis lumina",
        "Veni cum pace matutina et aperi fenestram meam",
        "Cantabo tibi carmen novum donec redibit claritas",
    ],
    "en": [
        "The kettle hums a morning tune and no one else is up but me",
        "I write your name on every pane and watch it turn to mist and sea",
        "The bus goes by without a stop the dog next door begins to sing",
        "And all the things I meant to say are tied together with a string",
    ],
    "es": [
        "Mi casa tiene una ventana que mira siempre hacia el mar y tú no estás",
        "Yo cuento los pasos de la calle y la luna se queda en el portal",
    ],
    "pt": [
        "Minha janela não tem vista para o mar mas eu não vou chorar",
        "Eu conto as pedras do caminho e a lua fica no quintal",
    ],
}
OTHERS = ["Vår lilla båt går ut på havet och jag ser hur du vinkar från land"]


def words(lines):
    return [word for line in lines for word in line.split()]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("code", OURS)
def test_four_lines_are_claimed_by_their_own_language_only(code, language):
    claim = share(code, words(TEXTS[language]))
    assert claim >= 0.6 if code == language else claim <= 0.3


@pytest.mark.parametrize("language", TEXTS)
def test_each_line_alone_is_claimed_most_by_its_own_language(language):
    for line in TEXTS[language]:
        claims = {code: share(code, line.split()) for code in OURS}
        assert max(claims, key=claims.get) == language if language in OURS else max(claims.values()) <= 0.3


@pytest.mark.parametrize("text", OTHERS)
def test_neighbours_that_nobody_reads_are_not_claimed(text):
    assert max(share(code, text.split()) for code in OURS) <= 0.3


@pytest.mark.parametrize("text", ["", "12 & 3", "月亮 代表", "Во поле берёза", "xqz wkjf zzyx qqpw vbnm"])
def test_what_is_no_text_of_ours_is_not_claimed(text):
    assert max(share(code, text.split()) for code in OURS) <= 0.1


def test_a_mixed_line_is_claimed_by_its_share():
    mixed = words(TEXTS["de"][:1]) * 2 + ["月亮"] * 20
    assert 0.3 < share("de", mixed) < 0.65


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("de", "Herz", "Schmerz"),
        ("de", "Nacht", "sacht"),
        ("de", "Rad", "Rat"),
        ("de", "Bäume", "Träume"),
        ("de", "Leute", "Häute"),
        ("de", "lieben", "trieben"),
        ("de", "Mai", "frei"),
        ("de", "sehn", "verstehn"),
        ("de", "Tag", "lag"),
        ("de", "verloren", "geboren"),
        ("fr", "amour", "toujours"),
        ("fr", "belle", "chandelle"),
        ("fr", "pensée", "passée"),
        ("fr", "beau", "nouveaux"),
        ("fr", "main", "matin"),
        ("it", "amore", "dolore"),
        ("it", "anima", "l'anima"),
        ("it", "città", "bontà"),
        ("la", "gloria", "memoria"),
        ("la", "dolorum", "saeculorum"),
    ],
)
def test_words_that_rhyme_share_their_class(code, one, other):
    assert rhyme(code, one) == rhyme(code, other)


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("de", "Herz", "Hand"),
        ("de", "Rose", "Rosen"),
        ("fr", "amour", "ami"),
        ("it", "amore", "amare"),
        ("la", "gloria", "gratia"),
        ("de", "singen", "sinken"),
    ],
)
def test_words_that_do_not_rhyme_do_not(code, one, other):
    assert rhyme(code, one) != rhyme(code, other)


def rhyme(code, word):
    from carmina_european.plugin import carmina_languages

    language = next(entry for entry in carmina_languages() if entry.name == code)
    return language().syllabify([word])[0][-1].rhyme
