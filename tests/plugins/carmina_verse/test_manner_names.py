"""A manner may be asked for as people write names: with spaces, hyphens, capitals, in pinyin, with a first name."""

import pytest
from carmina_verse.manner_names import own_name, reading
from carmina_verse.writer import ChineseVerse, EnglishVerse, VerseWriter
from click.testing import CliRunner

from carmina import BadInput, VerseBrief
from carmina.cli.group import Shell, carmina
from carmina.conductor import Conductor

POETS = (EnglishVerse, ChineseVerse)
ASKED = {
    "li_qingzhao": "李清照",
    "Li Qingzhao": "李清照",
    "li-bai": "李白",
    "XU ZHIMO": "徐志摩",
    "Nalan Xingde": "纳兰性德",
    "Emily Dickinson": "dickinson",
    "walt_whitman": "whitman",
    "Romantic": "romantic",
    "tang": "唐",
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_manner_is_known_however_its_name_is_written(asked):
    assert own_name(asked, {}, POETS) == ASKED[asked]


def test_every_manner_is_known_by_its_own_name_and_every_poet_by_the_reading_of_it():
    for poet in POETS:
        assert all(own_name(name, {}, POETS) == name for name in poet.manners())
    readings = [name for name in ChineseVerse.manners() if len(name) > 1]
    assert all(own_name(reading(name).title(), {}, POETS) == name for name in readings)


@pytest.mark.parametrize("asked", ["", " ", "_-", "nobody at all", "song", None])
def test_what_names_no_manner_or_a_style_of_tunes_stays_as_it_is(asked):
    assert own_name(asked, {"song": 1}, POETS) == asked


def test_a_style_of_tunes_is_refused_in_verse_and_a_manner_of_verse_in_a_tune():
    with pytest.raises(BadInput, match="hymn is a style of tunes, and a manner of verse is wanted"):
        VerseWriter().write(VerseBrief(("sea",), "haiku", "hymn"), Conductor())
    for asked in ("dickinson", "Dickinson", "李清照"):
        done = CliRunner().invoke(carmina, ["compose", "--text", "Sea", "--style", asked], obj=Shell())
        assert "is a manner of verse, and a style of tunes is wanted" in str(done.output) + str(done.exception)
