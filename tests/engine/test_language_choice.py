"""Words are read by the language that they are in, by the one their author names, or refused; never silently as
another."""

import warnings

import pytest

from carmina import BadInput, UnknownEntry
from carmina.conductor import Conductor
from carmina.errors import LanguageWarning
from carmina.text import is_vocable, tongues


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


OURS = {
    "en": "The bus goes by without a stop\nthe dog next door begins to sing",
    "de": "Der Abend legt sich leise hin\nund zählt die Lichter am Kanal",
    "fr": "Le facteur passe sous la pluie\net laisse un mot devant ma porte",
    "it": "La barca dorme accanto al molo\ne il mare non ha più parole",
    "la": "Luna super agros lucet\net dormit omnis civitas",
    "es": "La noche cae sobre el lago\ny yo te espero todavía",
    "pt": "A noite cai sobre o lago\ne eu não sei onde você está",
}
OTHERS = {  # two lines each, written for this test
    "Polish": "Moja ziemia pachnie chlebem\ngdy wieczór schodzi nad wodę",
    "Czech": "Večer padá na náš dům\na vítr šeptá mezi stromy",
    "Hungarian": "Az este csendben leszáll a falura\nés én még mindig rád várok",
    "Turkish": "Akşam oldu yine sensiz\ndenizin üstünde ay doğdu",
    "Vietnamese": "Đêm nay trăng sáng trên dòng sông\nem ngồi hát một mình",
    "Finnish": "Ilta laskeutuu järven ylle\nja minä odotan sinua vielä",
    "Swedish": "Kvällen faller över sjön\noch jag väntar på dig ännu",
    "Danish": "Aftenen falder over søen\nog jeg venter stadig på dig",
    "Norwegian": "Kvelden faller over fjorden\nog jeg venter fortsatt på deg",
    "Dutch": "De avond valt over het meer\nen ik wacht nog steeds op jou",
    "Romanian": "Seara cade peste sat\nși eu te aștept încă aici",
    "Indonesian": "Malam turun di atas danau\ndan aku masih menunggumu",
    "Tagalog": "Ang gabi ay bumababa sa ilog\nat naghihintay pa rin ako sa iyo",
    "Swahili": "Usiku umeingia juu ya ziwa\nna mimi bado ninakusubiri",
    "Welsh": "Mae'r nos yn disgyn dros y llyn\na minnau'n dal i aros amdanat",
    "Irish": "Tá an oíche ag titim ar an loch\nagus táim ag fanacht leat fós",
    "Catalan": "La nit cau sobre el llac\ni jo encara t'espero aquí",
    "Basque": "Gaua erortzen da aintziraren gainean\neta oraindik zure zain nago",
    "Estonian": "Õhtu langeb järve kohale\nja mina ootan sind ikka veel",
    "Icelandic": "Kvöldið fellur yfir vatnið\nog ég bíð enn eftir þér",
}
LETTERS = {"Cyrillic": "Над рекой спустился вечер", "Greek": "Το βράδυ πέφτει στη λίμνη", "Arabic": "ينزل المساء"}


@pytest.mark.parametrize("code", OURS)
def test_a_text_is_read_by_its_own_language(code, conductor):
    assert conductor.lyrics(OURS[code]).language == code


@pytest.mark.parametrize("name", OTHERS)
def test_a_text_of_a_language_that_nobody_reads_is_refused_by_name(name, conductor):
    with pytest.raises(BadInput, match=name):
        conductor.lyrics(OTHERS[name])


@pytest.mark.parametrize("script", LETTERS)
def test_letters_that_nobody_reads_are_refused_by_their_script(script, conductor):
    with pytest.raises(BadInput, match=script):
        conductor.lyrics(LETTERS[script])


@pytest.mark.parametrize("name", OTHERS)
def test_who_names_a_language_is_obeyed(name, conductor):
    assert conductor.lyrics(OTHERS[name], "de").language == "de"


@pytest.mark.parametrize(
    "line",
    ["Don't stop, baby, café", "Row row row your boat", "Moon river", "Na na na, hey hey", "La la la", "Love",
     "'Twas brillig, and the slithy toves", "Ye banks and braes o' bonnie Doon", "O Captain my Captain"],
)  # fmt: skip
def test_short_and_odd_english_is_english_without_a_word_of_doubt(line, conductor):
    with warnings.catch_warnings():
        warnings.simplefilter("error", LanguageWarning)
        assert conductor.lyrics(line).language == "en"


def test_a_line_takes_the_language_that_its_author_marks(conductor):
    marked = "Home again\n[lang: fr] Dormez vous, dormez vous\nhome again\n\n{lang: it}\nDormi, dormi ancora\n"
    sheet = marked + "[lang: auto]\nat last"
    lines = [line for section in conductor.lyrics(sheet).sections for line in section.lines]
    assert [line.syllables[0].language for line in lines] == ["en", "fr", "en", "it", "en"]


def test_a_mark_that_names_no_language_is_refused(conductor):
    with pytest.raises(UnknownEntry, match="no language called 'xx'"):
        conductor.lyrics("[lang: xx] Home again")


def test_shares_of_languages_are_probabilities():
    shares = tongues(OURS["fr"])
    assert next(iter(shares)) == "fr" and 0.99 < sum(shares.values()) < 1.01


@pytest.mark.parametrize(("word", "says"), [("la", True), ("tra-la", True), ("Oh!", True), ("moon", False)])
def test_vocables_are_told_from_words(word, says):
    assert is_vocable(word) is says


SHORT = [line for text in OTHERS.values() for line in text.splitlines()[1:]]


@pytest.mark.parametrize("line", SHORT)
def test_four_words_of_a_language_that_nobody_reads_are_never_read_in_silence(line, conductor):
    words = " ".join(line.split()[:4])
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            conductor.language_of(words)
        except BadInput:
            return
    assert any(issubclass(warning.category, LanguageWarning) for warning in told), words
