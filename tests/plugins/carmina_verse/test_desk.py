"""The poet's desk: commands, scansion, rhymes, revision, files."""

import io
import json
from types import SimpleNamespace

import pytest
from carmina_verse.formats.files import PoemJson, PoemJsonReader, PoemText, PoemTextReader
from carmina_verse.revision.line import Wish, versions
from carmina_verse.scansion.english import words_in
from carmina_verse.scansion.report import metre_of, scan

from carmina import BadInput, Poem
from carmina.cli.run import run


def poem_of(*lines):
    return Poem((lines,))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A poem.txt and poem.json, made by the command."""
    folder = tmp_path_factory.mktemp("verse")
    status = run(
        [
            "verse",
            "sea",
            "--form",
            "limerick",
            "--seed",
            "5",
            "--candidates",
            "1",
            "-q",
            "-o",
            str(folder / "p.txt"),
            "-o",
            str(folder / "p.json"),
        ]
    )
    assert status == 0
    return folder


def test_a_certificate_checks_and_a_changed_poem_does_not(written, capsys):
    assert run(["scan", "--check", str(written / "p.json")]) == 0
    assert "holds: limerick, 5 lines" in capsys.readouterr().out
    whole = json.loads((written / "p.json").read_text("utf-8"))
    whole["stanzas"][0][1] = "Broken"
    (written / "bad.json").write_text(json.dumps(whole), "utf-8")
    assert run(["scan", "--check", str(written / "bad.json")]) == 2
    assert "does not hold: line 2" in capsys.readouterr().err


def test_a_poem_is_scanned_with_its_form_named(written, capsys):
    assert run(["scan", str(written / "p.txt")]) == 0
    said = capsys.readouterr().out
    assert "rhyme scheme aabba" in said and "form: limerick" in said


def test_several_words_have_a_rhyme_where_they_make_one_together(capsys):
    assert run(["rhymes", "know it"]) == 0
    assert "poet" in capsys.readouterr().out


def test_rhymes_are_listed_by_syllables_and_by_class(capsys):
    assert run(["rhymes", "light", "--limit", "4"]) == 0
    said = capsys.readouterr().out
    assert "1 syllable, 1: night" in said and "2 syllables, 01, less common:" in said and "1 syllable, 1, rare:" in said
    assert run(["rhymes", "风", "--limit", "3", "--slant"]) == 0
    said = capsys.readouterr().out
    assert "一东 平:" in said and "near, 二冬:" in said
    assert run(["rhymes", "month", "--slant"]) == 0
    assert "near, 1 syllable, 1: once" in capsys.readouterr().out


def test_chinese_is_chosen_by_the_words_and_explained_with_levels(capsys):
    assert run(["verse", "明月", "--seed", "2", "--candidates", "1", "--explain"]) == 0
    said = capsys.readouterr()
    assert "平" in said.out and "仄" in said.out and "seed 2: 七绝" in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["verse", "sea", "--language", "xx"], "no language of verse called 'xx'"),
        (["verse", "sea", "--seed", "-1"], "--seed"),
        (["verse", "sea", "--form", "七绝", "--language", "en"], "--form 七绝 is a form of 'zh'"),
        (["verse", "sea", "--form", "haiku", "--index", "missing.npz"], "missing.npz"),
        (["verse", "sea", "-o", "poem.mp3"], "mp3"),
        (["verse", "sea", "--alternatives", "99"], "1 to 20"),
        (["rhymes", "?!"], "no way to say"),
        (["revise", "missing.txt", "--line", "1"], "missing.txt"),
    ],
)
def test_bad_requests_leave_with_status_2_and_one_line(arguments, says, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1


def test_a_line_is_revised_and_the_poem_still_holds(written, conductor):
    poem = conductor.read((written / "p.json").read_bytes(), ".json", "Poem")
    found = versions(poem, 1, Wish(), None, 3, 2, conductor)
    assert found and all(text != poem.lines[1] for text, _whole, _gain in found)
    for text, whole, _gain in found:
        assert whole.lines[1] == text and whole.lines[2:] == poem.lines[2:]
        assert scan(whole, conductor.all("form"), conductor.get("language", "en")()).form == "limerick"


def test_a_chinese_line_is_revised_with_words_kept(write, conductor):
    poem = write("七绝", "春水", seed=8, options={"drafts": 4})
    found = versions(poem, 2, Wish("青山"), None, 1, 2, conductor)
    assert found and all("青山" in text for text, _whole, _gain in found)


def test_one_word_changes_and_every_other_stays(conductor):
    text = "The silver river sang beneath the hill,\nAnd all the world below was cold and still."
    poem = conductor.read(text.encode(), ".txt", "Poem")
    for word, at in (("silver", 1), ("hill", 6)):
        found = versions(poem, 0, Wish(word=word), "heroic-couplets", 3, 3, conductor)
        assert found
        for changed, whole, _gain in found:
            before, after = words_in(poem.lines[0]), words_in(changed)
            assert [at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [at] and changed[
                -1
            ] == ","
            assert scan(whole, conductor.all("form"), conductor.get("language", "en")()).form == "heroic-couplets"


def test_one_chinese_word_changes_and_every_other_stays(conductor):
    poem = Poem((("白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"),))
    found = versions(poem, 2, Wish(word="千里"), "五绝", 1, 3, conductor)
    assert found and all(
        text[:2] == "欲穷" and text[4:] == "目，" and text[2:4] != "千里" for text, _whole, _gain in found
    )


def test_what_cannot_be_revised_is_refused(conductor):
    poem = Poem((("The river sang beneath the hill", "And all the world below was still"),))
    for wish, says in ((Wish(word="sea"), "no word of the line"), (Wish("river", "hill"), "contradict each other")):
        with pytest.raises(BadInput, match=says):
            versions(poem, 0, wish, "couplets", 3, 3, conductor)


SONNET = """The morning came across the silent hill
And all the fields were silver in the light;
The river, that had slept, began to fill
With gold the hollow places of the night.

I saw the patient oxen leave the stall,
I heard the swallow calling to her own,
And down the lane, beneath the garden wall,
The mason bent above his yellow stone.

O you that labour while the day is long
And have no time to wonder at the sky,
The evening gives you back a simple song,
The night a roof where you and yours may lie;

And he who made the morning and the deep
Will give you rest, and at the last your sleep.
"""


def test_other_peoples_poems_have_their_form_feet_and_metre_named(tmp_path, capsys):
    (tmp_path / "sonnet.txt").write_text(SONNET, "utf-8")
    assert run(["scan", str(tmp_path / "sonnet.txt")]) == 0
    said = capsys.readouterr().out
    assert "form: sonnet" in said and "metre: iambic pentameter in 14 of 14 lines" in said
    assert "the morn | ing came | a-cross | the si | lent hill" in said and "near to" not in said


def test_a_poem_printed_without_gaps_is_known_and_one_that_nearly_keeps_a_form_is_told_where_it_breaks(conductor):
    english, lines = conductor.get("language", "en")(), [line for line in SONNET.splitlines() if line]
    assert scan(poem_of(*lines), conductor.all("form"), english).form == "sonnet"
    broken = scan(
        poem_of(*lines[:13], "Will give you rest, and at the last your bread."), conductor.all("form"), english
    )
    assert broken.form == "sonnet" and any(
        "near to sonnet: lines 13 and 14: deep and bread do not rhyme" in remark for remark in broken.remarks
    )


@pytest.mark.parametrize(
    ("lines", "form", "says"),
    [
        (("离离原上草，", "一岁一枯荣。", "野火烧不尽，", "春风吹又生。"), "五绝 平起", "拗救：第3句"),
        (("白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"), "五绝 仄起", ""),
        (("昔人已乘黄鹤去，", "此地空余黄鹤楼。", "黄鹤一去不复返，", "白云千载空悠悠。"), "现代诗", "第4句三平调"),
        (("白日依山尽，", "黄河入海流。", "目断青山远，", "更上一层楼。"), "现代诗", "第2、3句失粘"),
    ],
)
def test_regulated_verse_is_recognised_with_its_liberties_and_faults(lines, form, says, conductor):
    report = scan(poem_of(*lines), conductor.all("form"), conductor.get("language", "zh")())
    assert (report.form == form or form == "现代诗") and any(says in remark for remark in ("", *report.remarks))


@pytest.mark.parametrize(
    "text", ["* * *\n", "1\n\n2\n", "The moon 月\n* * *\nfell down\n—\n", "月\n。。。\n风\n", "a\n" * 300]
)
def test_odd_texts_are_scanned_without_complaint(text, tmp_path, capsys):
    (tmp_path / "odd.txt").write_text(text, "utf-8")
    assert run(["scan", str(tmp_path / "odd.txt")]) == 0
    assert "form: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "metre"),
    [
        ("The river bends below the silver hill", "iambic pentameter"),
        ("Silver river, running under", "trochaic tetrameter"),
        ("And the sound of the rain on the roof of the barn", "anapaestic tetrameter"),
    ],
)
def test_metres_are_named(line, metre, conductor):
    english = conductor.get("language", "en")()
    assert metre_of(english, line) == metre


def test_faults_of_regulated_verse_are_named(conductor):
    chinese = conductor.get("language", "zh")()
    lines = ("清晨山雨歇，", "古寺白云闲。", "日落江村冷，", "天寒人未还。")
    remarks = scan(poem_of(*lines), conductor.all("form"), chinese).remarks
    assert any("粘" in remark or "对" in remark or "平" in remark for remark in remarks) or remarks == ()
    broken = scan(
        poem_of("清晨山雨歇，", "古寺春风来。", "日落江村冷，", "天寒雁未回。"), conductor.all("form"), chinese
    ).remarks
    assert any(remark.startswith("第2句三平调：古寺春风来") for remark in broken)


def test_files_give_back_what_they_hold_and_refuse_what_they_do_not():
    poem = Poem((("One line,", "and two."), ("Three.",)), "free-verse", "en", notes={"form": "free-verse"})
    assert PoemJsonReader().read(PoemJson().render(poem)) == poem
    assert PoemTextReader().read(PoemText().render(poem)).stanzas == poem.stanzas
    for bad in (b"[]", b'{"stanzas": ["abc"]}', b"{", b'{"stanzas": []}'):
        with pytest.raises(BadInput, match="no poem.json"):
            PoemJsonReader().read(bad)
    for bad in (b"\xff\xfe\x00", b"\n\n"):
        with pytest.raises(BadInput):
            PoemTextReader().read(bad)


def test_a_poem_comes_through_standard_input_and_is_held_against_a_form(monkeypatch, capsys):
    def scanned(text, *options):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
        assert run(["scan", "-", *options]) == 0
        return capsys.readouterr().out

    assert "form: sonnet" in scanned(SONNET) and "form: sonnet" in scanned(SONNET, "--form", "sonnet")
    assert "not limerick" in scanned(SONNET, "--form", "limerick")
    said = scanned("a long line of many syllables here\nshort\nmiddle is right now\n", "--form", "haiku")
    assert "line 1 has 10 syllables, not 5; line 2 has 1 syllable, not 7" in said
    assert (
        "五绝"
        not in scanned("白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n", "--form", "七绝").split("form: ")[0][-4:]
    )


def test_a_haiku_is_counted_in_syllables_alone(tmp_path, capsys):
    (tmp_path / "h.txt").write_text("an old silent pond\nthe aisle of leaves is empty\nsplash silence again\n", "utf-8")
    assert run(["scan", str(tmp_path / "h.txt")]) == 0
    said = capsys.readouterr().out
    assert "syllables 5-7-5" in said and "form: haiku" in said and "metre" not in said


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        (["--form", "七绝"], "The moon is up\nand I am here\n", "is one of 'zh'"),
        (["--form", "sonet"], "The moon is up\n", "Did you mean 'sonnet'"),
        ([], "Wieczór schodzi nad wodę\na ty milczysz pod oknem\n", "Polish"),
        ([], "Над рекой спустился вечер\n", "Cyrillic"),
        (["--lexicon", "none.txt"], "The moon is up\n", "none.txt"),
        (["--accent", "martian"], "The moon is up\n", "martian"),
    ],
)
def test_what_cannot_be_scanned_is_refused_in_one_line(arguments, text, says, tmp_path, capsys):
    (tmp_path / "p.txt").write_text(text, "utf-8")
    assert run(["scan", str(tmp_path / "p.txt"), *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1 and "Error:" in said


@pytest.mark.parametrize(
    "content", ["{", '{"x": 1}', '{"stanzas": [["a"]], "certificate": {"form": "haiku", "lines": 3}}']
)
def test_a_damaged_poem_json_is_refused_without_names_of_python(content, tmp_path, capsys):
    (tmp_path / "bad.json").write_text(content, "utf-8")
    assert run(["scan", "--check", str(tmp_path / "bad.json")]) == 2
    said = capsys.readouterr().err
    assert "Error" in said and "KeyError" not in said and "TypeError" not in said and said.count("\n") == 1


def test_words_of_two_sounds_are_told_with_their_lines(tmp_path, capsys):
    (tmp_path / "p.txt").write_text("The wind is up, I read tonight,\nand by the lamp there is a light\n", "utf-8")
    assert run(["scan", str(tmp_path / "p.txt")]) == 0
    said = capsys.readouterr().out
    assert "wind (line 1): W IH1 N D (air), W AY1 N D (turn)" in said and "read (line 1)" in said
    assert run(["rhymes", "read", "--limit", "3"]) == 0
    said = capsys.readouterr().out
    assert "read (R IY1 D: now)" in said and "read (R EH1 D: before)" in said
    assert run(["rhymes", "zzzxq"]) == 0 and capsys.readouterr().out == "no rhymes for zzzxq\n"
    assert run(["rhymes", "pawn", "--accent", "british"]) == 0 and "born" in capsys.readouterr().out
