"""A poem's page shows every line with what proves its form, and lets no words act as code."""

import re
from html import unescape

import pytest

from carmina import Poem
from carmina.conductor import Conductor

TENNIS = Poem(
    (("The river carries every lamp away,", "And leaves the evening water cold and grey;"),),
    language="en",
    title="A Pair",
)
MOON = Poem((("山月照江船", "灯前夜雨寒", "归人何处是", "梦里过千山"),), title="夜泊", author="某")


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


def cells(page: str, kind: str) -> list[str]:
    return [unescape(text) for text in re.findall(rf'<span class="{kind}">([^<]*)', page)]


def test_an_english_poem_shows_its_lines_stresses_and_rhymes(conductor):
    page = conductor.render(TENNIS, "pair.html").decode()
    assert cells(page, "line") == list(TENNIS.lines) and cells(page, "rhyme") == ["a", "a"]
    assert len(cells(page, "marks")) == 2 and "pentameter" in page and "<h1>A Pair</h1>" in page


def test_a_chinese_poem_shows_its_tones(conductor):
    page = conductor.render(MOON, ".html").decode()
    assert cells(page, "line") == list(MOON.lines) and '<html lang="zh">' in page and "某" in page
    marks = cells(page, "marks")
    assert len(marks) == 4 and all(len(re.findall("[平仄中]", mark)) == 5 for mark in marks)


def test_a_poem_of_another_language_shows_its_lines_alone(conductor):
    page = conductor.render(Poem((("Wer reitet", "so spät"),), language="fi"), ".html").decode()
    assert cells(page, "line") == ["Wer reitet", "so spät"] and not cells(page, "marks")


def test_words_never_act_as_code_and_nothing_is_fetched(conductor):
    page = conductor.render(
        Poem((("<script>alert(1)</script> now",),), language="en", title='"<b>', author="<i>"), ".html"
    ).decode()
    assert "<script" not in page and "<b>" not in page and "<i>" not in page
    assert "default-src 'none'" in page and "http" not in page.replace("http-equiv", "")


def test_a_notebook_shows_a_poem(conductor):
    assert "The river carries" in conductor.show(TENNIS)._repr_html_()
