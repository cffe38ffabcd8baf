"""A line -> words; and the cleaning before it."""

import pytest
from carmina_lyrics.cleaning import clean_line, clean_text
from carmina_lyrics.words import line_of

from carmina import BadInput


def words(text):
    return [word.text for word in line_of(clean_line(text)).words]


def afters(text):
    return [word.after for word in line_of(clean_line(text)).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("beau-ti-ful dream-er", ["beau-ti-ful", "dream-er"]),
        ("at 7:30, not 23:59", ["at", "7:30", "not", "23:59"]),
        ("3.5 miles, $20.50 and £5", ["3.5", "miles", "$20.50", "and", "£5"]),
        ("a ratio of 3:1 and 25:99", ["a", "ratio", "of", "3", "1", "and", "25", "99"]),
        ("“Hello,” she said: ‘go’", ["Hello", "she", "said", "go"]),
        ("'tis 'cause rock 'n' roll", ["'tis", "'cause", "rock", "'n'", "roll"]),
        ("’Twas runnin’ an’ rollin’", ["'Twas", "runnin'", "an'", "rollin'"]),
        ("l’âme d'été, wie geht's", ["l'âme", "d'été", "wie", "geht's"]),
        ("'quoted words here' now", ["quoted", "words", "here", "now"]),
        ("word—word -- word…word", ["word", "word", "word", "word"]),
        ("我爱你，love你2次", ["我爱你", "love", "你", "2", "次"]),
        ("月亮 代表「我的」心", ["月亮", "代表", "我的", "心"]),
        ("1,000 men & 50% off $5", ["1000", "men", "&", "50%", "off", "$5"]),
        ("U.S.A. R&B AC/DC 1990s '90s", ["U", "S", "A", "R", "&", "B", "AC", "DC", "1990s", "'90s"]),
        ("*so* **very** _soft_ ~~not~~ `x`", ["so", "very", "soft", "not", "x"]),
        ("<b>bold</b> &amp; <i class='a'>x</i> I &lt;3 u", ["bold", "&", "x", "I", "u"]),
        ("see https://a.b/c?d now www.x.y/z", ["see", "now"]),
        ("[text](https://a.b) ![i](p.png) on", ["text", "on"]),
        ("write to j.d@mail.co.uk, go to host.com", ["write", "to", "go", "to", "host", "com"]),
        ("请看https://a.b/c谢谢", ["请看", "谢谢"]),
        (
            "½ a cup, 1½ and 2/3 of H₂O, 24/7",
            ["1/2", "a", "cup", "1", "&", "1/2", "and", "2/3", "of", "H2O", "24", "7"],
        ),
        ("[00:12.34]la <00:13.10>li", ["la", "li"]),
        ("zero\u200bwidth \u202eright\u202c so\u00adft", ["zerowidth", "right", "soft"]),
        ("cafe\u0301 ｆｕｌｌ ２ ﬁne 𝓵ove x²", ["café", "full", "2", "fine", "love", "x"]),
        ("smile 😀👍🏽 :) ♥ ♪ la", ["smile", "la"]),
        ("> - quoted item", ["quoted", "item"]),
        ("asconde\u203fil core\u00a0mio", ["asconde", "il", "core", "mio"]),
        ("¿Qué? (ooh) [soft]", ["Qué", "ooh", "soft"]),
    ],
)
def test_words_are_cut_as_people_read_them(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Come, O come! (now) — wait...", [",", "", "!", "—", "..."]),
        ("你好，世界。", ["，", "。"]),
        ("“so,” he", [",", ""]),
        ("and/or", ["/", ""]),
    ],
)
def test_punctuation_goes_after_its_word_and_quotes_and_brackets_go(text, expected):
    assert afters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la", ()),
        ("la_", (1,)),
        ("la__ li", (2,)),
        ("la _ _ li", (2,)),
        ("glo_-ri__-a", (1, 2, 0)),
        ("glo_ri_a_", (1, 1, 1)),
        ("a-men-_", (0, 1)),
        ("爱__", (2,)),
        ("ah" + "_" * 99, (64,)),
    ],
)
def test_underscores_are_further_notes_for_their_hyphen_part(text, expected):
    assert line_of(clean_line(text)).words[0].extra_notes == expected


def test_a_melisma_ends_a_chinese_word_so_that_it_belongs_to_one_character():
    assert [(word.text, word.extra_notes) for word in line_of("我爱_你").words] == [("我爱", (1,)), ("你", ())]


def test_the_line_keeps_its_text_as_written_without_markup():
    assert line_of(clean_line("“Oh,”  <b>she</b> said")).text == "“Oh,” she said"


@pytest.mark.parametrize("text", ["", "...", "' - _", "\u0301"])
def test_a_line_without_letters_digits_or_symbols_is_none(text):
    assert line_of(text) is None


def test_bounds_are_named():
    with pytest.raises(BadInput, match="400 words"):
        line_of("la " * 401)
    with pytest.raises(BadInput, match="400 words"):
        line_of("爱" * 401)
    with pytest.raises(BadInput, match="201 letters.*allowed: 200"):
        line_of("a" * 201)


def test_breaks_and_blocks_of_a_web_page_end_lines_and_stanzas():
    assert clean_text("a<br>b<BR />c") == "a\nb\nc"
    assert clean_text("<p>a</p><p class='x'>b</p>").split() == ["a", "b"] and "\n\n" in clean_text("<p>a</p><p>b</p>")
    assert clean_text("a<!-- x\ny -->b<script>z</script>c<!-- open") == "abc<!-- open"


@pytest.mark.parametrize("text", ["我爱你", "我在地铁站等你", "明月几时有"])
def test_every_chord_among_chinese_characters_stays_at_its_character(text):
    for places in ((0, 1), (0, 1, 2), (1, 2), tuple(range(len(text)))):
        line = line_of(text, [(at, "CDEFGAB"[n]) for n, at in enumerate(places)])
        at, found = 0, {}
        for word in line.words:
            found |= {at: word.chord} if word.chord else {}
            at += len(word.text)
        assert "".join(word.text for word in line.words) == text
        assert found == {at: "CDEFGAB"[n] for n, at in enumerate(places)}


def test_a_percentage_is_one_word_whatever_language_says_it():
    assert [word.text for word in line_of("nur 50% und 3％").words] == ["nur", "50%", "und", "3％"]
