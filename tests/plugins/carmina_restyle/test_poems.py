"""A restyled poem says line by line what its source says; what cannot be is refused before a line is written."""

import pytest
from carmina_restyle.poems import content_of, kept, planned, restyled
from carmina_restyle.saying import SaidLine, said_line
from carmina_restyle.spreading import said_again, spread, with_ends

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


@pytest.fixture(scope="module")
def english(conductor):
    return conductor.get("language", "en")()


@pytest.mark.parametrize(("poem", "words"), [(ENGLISH, {"harbour", "letter"}), (CHINESE, {"明月", "故乡"})])
def test_what_a_poem_says_is_read_from_its_content_words(conductor, poem, words):
    content = content_of(poem, "x", conductor)
    assert words <= set(content.words) and "with" not in content.words
    assert kept(content, poem) == 1


def test_a_poem_of_other_words_keeps_nothing_and_forms_of_a_word_count(conductor):
    content = content_of(ENGLISH, "x", conductor)
    assert kept(content, Poem((("A fox ran by the garden wall",),))) == 0
    assert kept(content, Poem((("letters of harbours",),)), ("harbour", "letter")) == 1


def test_every_word_is_spread_over_the_lines_of_another_form_once_and_in_order(english):
    lines = [said_line(line, english) for line in ENGLISH.lines]
    for rooms in ([[8, 6, 8, 6]], [[10] * 14], [[5, 7, 5]], [[4, 4], [4, 4], [4, 4]]):
        told = spread(lines, rooms)
        assert [len(stanza) for stanza in told] == [len(stanza) for stanza in rooms]
        assert [word for stanza in told for line in stanza for word in line.words] == [
            w for o in lines for w in o.words
        ]


def test_lines_that_are_to_rhyme_end_on_words_of_theirs_that_do(english):
    lines = [
        said_line(line, english) for line in ("She stood beside the door", "And counted sheep", "The sea grew sore")
    ]
    ends = with_ends(lines, ["a", "", "a"], english)
    assert ends == ["door", "", "sore"]
    assert with_ends(lines, ["a", "a", ""], english) == ["", "", ""]
    assert [word.text for word in said_again(lines[0].words, "stood")][-1] == "stood"
    assert said_again(lines[0].words, "") == list(lines[0].words)


def test_a_form_of_the_same_stanzas_has_the_lines_with_their_marks(conductor, english):
    content = content_of(ENGLISH, "x", conductor)
    forms = conductor.all("form")
    (one,) = planned(content, forms["quatrain-abcb"], english)[:1]
    told = [word for s in planned(content, forms["sonnet"], english) for text in s.words for word in text.split()]
    assert sorted(told) == sorted(word.text for line in content.lines for word in line.words)
    assert not one.marks and "harbour" in one.words[0]
    same = Poem((ENGLISH.lines,), language="en")
    (own,) = planned(content_of(same, "x", conductor), forms["quatrain-abcb"], english)
    assert own.marks == (",", ";", "/", ".") and own.ends == ("", "sand", "", "hand")
    assert own.words[3] == "with your last letter in my hand"


def test_marks_that_close_lines_are_read(english):
    assert [said_line(f"A rose{mark}", english).mark for mark in (",", "!”", "", " —")] == [",", "!", "/", "—"]
    assert said_line("", english) == SaidLine((), "/")


class Stub:
    """A workshop whose poet keeps its brief and writes one line."""

    def __init__(self, conductor):
        self.conductor, self.all = conductor, conductor.all

    def get(self, kind, name):
        return self if (kind, name) == ("writer", "verse") else self.conductor.get(kind, name)

    def __call__(self):
        return self

    def write(self, brief, workshop):
        self.brief = brief
        return Poem((("Boats",),))


def test_the_poet_is_told_what_each_line_says_and_how_freely(conductor):
    stub = Stub(conductor)
    assert restyled(ENGLISH, "x", "frost", "ballad", 0.4, 5, stub).lines == ("Boats",)
    assert stub.brief.options == {"freedom": 0.4} and stub.brief.style == "frost" and stub.brief.seed == 5
    words = [word for stanza in stub.brief.plan.stanzas for text in stanza.words for word in text.split()]
    assert {"harbour", "letter", "hand"} <= set(words)


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("Rain", ["--style", "dickinson"], "at least 6"),
        ("\n".join(ENGLISH.lines), [], "which manner"),
        ("\n".join(ENGLISH.lines), ["--form", "七绝"], "is of verse in"),
        ("\n".join(ENGLISH.lines), ["--form", "sonnett"], "no form called"),
        ("\n\n".join(["\n".join(ENGLISH.lines)] * 61), ["--style", "frost"], "61 stanzas"),
        ("\n".join(ENGLISH.lines), ["--style", "hymn"], "hymn is a style of tunes"),
        ("\n".join(ENGLISH.lines), ["--style", "frost", "--metre", "3/4"], "--metre is for tunes"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path, monkeypatch, capsys, text, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poem.txt").write_text(text + "\n")
    assert run(["restyle", "poem.txt", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and len(error.strip().splitlines()) == 1


def test_strength_0_gives_the_poem_back_and_needs_no_style(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poem.txt").write_text("\n".join(ENGLISH.lines) + "\n")
    assert run(["restyle", "poem.txt", "--strength", "0"]) == 0
    printed = capsys.readouterr().out
    assert all(line in printed for line in ENGLISH.lines)


def test_a_language_without_poets_is_refused(conductor):
    with pytest.raises(BadInput, match="no poet"):
        content_of(Poem((("Der Mond ist aufgegangen",),), language="de"), "x", conductor)
