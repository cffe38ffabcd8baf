"""A restyled poem is asked to say what its source says; what cannot be is refused before a line is written."""

import pytest
from carmina_restyle.poems import content_of, kept, keywords

from carmina import BadInput, Poem
from carmina.cli.run import run
from carmina.conductor import Conductor

ENGLISH = Poem(
    (
        ("The harbour lights are going out,", "The boats are sleeping on the sand;"),
        ("I walk along the water's edge", "With your last letter in my hand."),
    ),
    language="en",
)
CHINESE = Poem((("孤舟泊在寒江上，", "明月照着故乡。", "我听见远处的钟声，", "想起母亲的灯光。"),), language="zh")


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.mark.parametrize(("poem", "words"), [(ENGLISH, {"harbour", "letter"}), (CHINESE, {"明月", "故乡"})])
def test_what_a_poem_says_is_read_from_its_content_words(conductor, poem, words):
    content = content_of(poem, "x", conductor)
    assert words <= set(content.words) and "with" not in content.words
    assert kept(content, poem) == 1


def test_a_poem_of_other_words_keeps_nothing_and_forms_of_a_word_count(conductor):
    content = content_of(ENGLISH, "x", conductor)
    assert kept(content, Poem((("A fox ran by the garden wall",),))) == 0
    assert kept(content, Poem((("letters of harbours",),)), ("harbour", "letter")) == 1


def test_fewer_keywords_are_asked_for_the_greater_the_strength_and_from_all_over_the_poem(conductor):
    content = content_of(Poem(ENGLISH.stanzas * 8, language="en"), "x", conductor)
    assert len(keywords(content, 1.0)) <= len(keywords(content, 0.1))
    words = keywords(content_of(ENGLISH, "x", conductor), 1.0)
    assert len(words) == 4


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("Rain", ["--style", "dickinson"], "at least 6"),
        ("\n".join(ENGLISH.lines), [], "which manner"),
        ("\n".join(ENGLISH.lines), ["--form", "七绝"], "is of verse in"),
        ("\n".join(ENGLISH.lines), ["--form", "sonnett"], "no form called"),
        ("\n".join(ENGLISH.lines), ["--style", "frost", "--metre", "3/4"], "--metre is for tunes"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path, monkeypatch, capsys, text, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poem.txt").write_text(text + "\n")
    assert run(["restyle", "poem.txt", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and len(error.strip().splitlines()) == 1


def test_strength_0_gives_the_poem_back(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poem.txt").write_text("\n".join(ENGLISH.lines) + "\n")
    assert run(["restyle", "poem.txt", "--style", "frost", "--strength", "0"]) == 0
    printed = capsys.readouterr().out
    assert all(line in printed for line in ENGLISH.lines)


def test_a_language_without_poets_is_refused(conductor):
    with pytest.raises(BadInput, match="no poet"):
        content_of(Poem((("Der Mond ist aufgegangen",),), language="de"), "x", conductor)
