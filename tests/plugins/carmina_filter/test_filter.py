"""Words that are not wanted are found however they are spelt, and kept out of verse."""

import json
from io import BytesIO
from types import SimpleNamespace

import pytest
from carmina_filter.constraints import ChineseFilter, EnglishFilter, ProseFilter, WordFilter
from carmina_filter.lists import LEVELS, allowed_in, asked, innocent, listed, own
from carmina_filter.matching import matches
from hypothesis import given
from hypothesis import strategies as st

from carmina import BadInput, BadOption, Token, VerseBrief
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.testing import check

WORDS = {"lantern": "own", "moon": "own", "灯笼": "own", "old bridge": "own"}


def found(text, simplified=str):
    return [(match.line, match.column, match.word) for match in matches(text, WORDS, simplified)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lantern!", "lantern"),
        ("the LANTERN's", "lantern"),
        ("l4nt3rn", "lantern"),
        ("m*on", "moon"),
        ("m**n", "moon"),
        ("moooon", "moon"),
        ("half-moon", "moon"),
        ("an old bridge", "old bridge"),
        ("红灯笼下", "灯笼"),
        ("灯 笼", "灯笼"),
        ("灯、笼", "灯笼"),
    ],
)
def test_a_word_is_found_however_it_is_spelt(text, word):
    assert [match[2] for match in found(text)] == [word]


@pytest.mark.parametrize("text", ["moonlight", "lanterns", "1000", "bold bridges", "灯下的笼子", "m*", "***", ""])
def test_no_word_is_found_inside_another_or_where_it_is_not(text):
    assert found(text) == []


@given(st.text(max_size=80))
def test_any_text_is_read_and_every_place_is_in_it(text):
    lines = text.splitlines()
    for match in matches(text, WORDS):
        assert lines[match.line - 1][match.column - 1 :].startswith(match.text) and match.word in WORDS


def test_each_level_holds_those_before_it_and_traditional_characters_are_read():
    sizes = [len(listed(level)) for level in LEVELS]
    assert sizes == sorted(sizes) and all(listed(a).keys() <= listed(b).keys() for a, b in zip(LEVELS, LEVELS[1:]))
    simplified = Conductor().get("language", "zh")().simplified
    assert found("紅燈籠", simplified) == [(1, 2, "灯笼")]
    mine = matches("红灯笼 紅燈籠", {"燈籠": "own"}, simplified)
    assert [(match.column, match.word) for match in mine] == [(2, "燈籠"), (6, "燈籠")]


def test_a_list_of_ones_own_is_read_or_refused_in_a_line(tmp_path, monkeypatch):
    path = tmp_path / "own.txt"
    path.write_text("# mine\nMoon\nbake*\n灯笼 # red\n", "utf-8")
    assert {"moon", "baking", "baked", "灯笼"} <= own(path).keys()
    path.write_text("moon\n灯笼\n*\ne*\n", "utf-8")
    assert {"moon", "e"} <= own(path).keys() and "" not in own(path)
    monkeypatch.setenv("CARMINA_FILTER_LIST", str(path))
    assert "moon" in asked() and "灯笼" in asked() and not listed("light").keys() & asked().keys()
    monkeypatch.setenv("CARMINA_FILTER", "severe")
    with pytest.raises(BadOption, match="off, light, medium, strict"):
        asked()
    long = "月".encode() * 400_000
    faults = (
        (b"m*on", "'m.on': a star may stand at a word's end"),
        (b"# none\n", "no words"),
        (b"\xff\xfea", "not UTF-8"),
        (b"a" * 100, "too long"),
        (long, "too long"),
    )
    for data, told in faults:
        path.write_bytes(data)
        with pytest.raises(BadInput, match=told):
            own(path)
    with pytest.raises(BadInput, match="cannot read the list"):
        own(tmp_path / "gone.txt")


@pytest.mark.parametrize("entry", [EnglishFilter, ChineseFilter, WordFilter, ProseFilter])
def test_the_constraints_keep_their_contract_and_have_no_say_unless_asked(entry, monkeypatch):
    check(entry)
    one = entry()
    one.begin(None, None)
    assert not one.wanted()
    monkeypatch.setenv("CARMINA_FILTER", "light")
    one.begin(None, None)
    assert one.wanted()


@pytest.mark.parametrize(("form", "seed"), [("haiku", 3), ("五绝", 3)])
@pytest.mark.usefixtures("no_second_reader")
def test_verse_does_without_the_words_of_a_list(form, seed, tmp_path, monkeypatch):
    conductor = Conductor()

    def written():
        brief = VerseBrief((), form, candidates=1, seed=seed, options={"drafts": 2})
        return conductor.get("writer", "verse")().write(brief, conductor)

    before = "\n".join(written().lines)
    plain = [w for w in "".join(c if c.isalpha() else " " for c in before.lower()).split() if len(w) > 3]
    banned = plain[:3] if form == "haiku" else [line[1:3] for line in before.splitlines()]
    (tmp_path / "own.txt").write_text("\n".join(banned), "utf-8")
    monkeypatch.setenv("CARMINA_FILTER_LIST", str(tmp_path / "own.txt"))
    after = "\n".join(written().lines)
    assert after != before and not list(matches(after, own(tmp_path / "own.txt")))
    monkeypatch.delenv("CARMINA_FILTER_LIST")
    assert "\n".join(written().lines) == before


def test_the_command_tells_line_column_and_word(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Quiet is the m00n\nover water", "utf-8")
    (tmp_path / "own.txt").write_text("moon\n", "utf-8")
    assert run(["filter", "a.txt", "--list", "own.txt"]) == 0
    assert capsys.readouterr().out == "a.txt:1:14: m00n (moon), own\n"
    assert run(["filter", "a.txt", "--level", "strict"]) == 0
    assert capsys.readouterr().out == "a.txt: none of these words.\n"
    assert run(["filter", "a.txt", "--list", "own.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["column"] == 14
    assert run(["filter", "gone.txt"]) == 2
    capsys.readouterr()


def test_scripts_are_told_by_the_exit_status_and_exceptions_are_none(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The moon on an old bridge", "utf-8")
    (tmp_path / "own.txt").write_text("moon\nbridge*\n", "utf-8")
    (tmp_path / "allow.txt").write_text("moon\n", "utf-8")
    command = ["filter", "a.txt", "--list", "own.txt", "--check"]
    assert run(command) == 1 and capsys.readouterr().out.count("\n") == 2
    assert run([*command, "--allow", "allow.txt"]) == 1 and "bridge" in capsys.readouterr().out
    (tmp_path / "allow.txt").write_text("moon\nold bridge\n", "utf-8")
    assert run([*command, "--allow", "allow.txt"]) == 0 and "none of these" in capsys.readouterr().out
    assert run([*command, "--json"]) == 1 and len(json.loads(capsys.readouterr().out)) == 2
    assert run([*command, "--allow", "gone.txt"]) == 2 and "list of exceptions 'gone.txt'" in capsys.readouterr().err
    monkeypatch.setenv("CARMINA_FILTER_LIST", "own.txt")
    monkeypatch.setenv("CARMINA_FILTER_ALLOW", "allow.txt")
    assert "moon" not in asked() and "bridges" in asked() and "old bridge" in allowed_in(tmp_path / "allow.txt")


@pytest.mark.parametrize(
    ("text", "many"),
    [("The cock crows", 0), ("before the cock, crowed", 0), ("cock's crow", 0), ("a cock", 1), ("an ox and an ass", 1)],
)
def test_a_phrase_that_means_something_else_is_no_find(text, many):
    words = {"cock": "own", "ass": "own"}
    assert len(list(matches(text, words, allowed=innocent()))) == many


@pytest.mark.parametrize(
    ("text", "many"), [("今日你来", 0), ("日你", 1), ("今 日你", 1), ("大麻烦", 0), ("抽大麻，烦", 1), ("大麻地", 1)]
)
def test_no_chinese_word_is_found_astride_of_others(text, many):
    known = {"今日你来": ["今日", "你", "来"], "大麻烦": ["大", "麻烦"], "大麻地": ["大麻地"]}
    words = {"日你": "own", "大麻": "own"}
    assert len(list(matches(text, words, parted=lambda run: known.get(run, list(run))))) == many


@pytest.mark.parametrize(
    ("chosen", "banned"),
    [
        (["▁the"], {"▁moon"}),
        (["▁the", "▁mo"], {"on", "▁moon"}),
        (["▁har"], {"▁moon"}),
        (["▁mo", "on"], {"▁moon"}),
        (["▁a,", "mo"], {"on", "▁moon"}),
    ],
)
def test_in_prose_no_piece_ends_a_listed_word(chosen, banned, tmp_path, monkeypatch):
    (tmp_path / "own.txt").write_text("moon\n", "utf-8")
    monkeypatch.setenv("CARMINA_FILTER_LIST", str(tmp_path / "own.txt"))
    texts = ["▁the", "▁mo", "on", "▁moon", "moon", "▁har", "▁a,", "mo", "bor"]
    tokens = tuple(Token("piece", None, text) for text in texts)
    for entry, own_chosen, wanted in ((ProseFilter, chosen, banned), (WordFilter, [], {"moon"})):
        one = entry()
        one.begin(None, None)
        state = SimpleNamespace(tokens=tokens, chosen=tuple(map(texts.index, own_chosen)), written=())
        assert {t for t, b in zip(texts, one.logit_bias(state), strict=True) if b < 0} == wanted


def test_standard_input_is_read_and_an_encoding_asked_for_is_the_one_that_is_used(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes("他妈的天气\n".encode("gb18030"))
    assert run(["filter", "a.txt", "--encoding", "GBK", "--check"]) == 1
    assert "a.txt:1:1: 他妈的" in capsys.readouterr().out
    assert run(["filter", "a.txt", "--encoding", "foo"]) == 2 and "got 'foo'" in capsys.readouterr().err
    assert run(["filter", "a.txt", "--encoding", "UTF-8"]) == 2 and "is not UTF-8" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"a damned moon\n")))
    assert run(["filter", "-", "--check"]) == 1 and "-:1:3: damned" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "\n\n", " --- \n"])
def test_a_file_without_words_is_not_passed_as_clean(text, tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert run(["filter", str(path), "--check"]) == 2
    assert "a.txt has no words" in capsys.readouterr().err
