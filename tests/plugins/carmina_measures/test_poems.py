"""Figures of a poem's words: repetition, variety, self-BLEU, copies; and poems in reports."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from carmina_measures import table
from carmina_measures.poems.bleu import bleu, self_bleu
from carmina_measures.poems.nearness import Beside, PoemLikeness
from carmina_measures.poems.references import LEAST_POEMS, dealt, poem_table
from carmina_measures.poems.text import lines_of, units_of
from carmina_measures.poems.together import SPECS as SET
from carmina_measures.poems.together import together
from carmina_measures.poems.wording import Wording

from carmina import Poem
from carmina.cli.run import run
from carmina.conductor import Conductor

MILL = (
    "The morning comes across the hill",
    "And wakes the river and the tree,",
    "The wheel goes round beside the mill",
    "And all the birds are singing free.",
)
AUTUMN = ("秋山云影淡，", "野水落花香。", "客坐溪边石，", "松风入晚凉。")


def poem(*lines, **more):
    return Poem((lines,), **more)


def measured(one, kind=Wording, reference=()):
    return {f.name: f.value for f in kind().evaluate(one, reference) if f.value is not None}


def test_units_are_words_and_characters_without_case_and_marks():
    assert units_of("Don’t stop, the Café's open! 明月, go") == (
        "don't",
        "stop",
        "the",
        "café's",
        "open",
        "明",
        "月",
        "go",
    )


def test_variety_falls_when_lines_come_back():
    sound, broken = measured(poem(*MILL)), measured(poem(MILL[0], MILL[1], MILL[0], MILL[1]))
    assert sound["repeated_lines"] == 0 and broken["repeated_lines"] == 0.5 and broken["starts_repeated"] == 0.5
    assert all(broken[f"distinct_{n}"] < sound[f"distinct_{n}"] for n in (1, 2, 3))
    assert broken["self_bleu"] == pytest.approx(1) and sound["self_bleu"] < 0.3
    assert broken["longest_repeat"] == 7 > sound["longest_repeat"]


def test_lengths_of_lines_are_counted_in_words_or_characters():
    assert measured(poem(*AUTUMN))["line_length"] == 5 and measured(poem(*AUTUMN))["line_spread"] == 0
    assert measured(poem("one two", "one two three four"))["line_spread"] == pytest.approx(1 / 3)


def test_a_single_line_has_what_needs_no_second_and_nothing_has_nothing():
    assert set(measured(poem("one two three"))) == {
        "distinct_1",
        "distinct_2",
        "distinct_3",
        "longest_repeat",
        "line_length",
    }
    assert measured(poem("?!")) == {} and measured(poem("?!"), PoemLikeness, [poem(*MILL)]) == {}


def test_bleu_is_what_papineni_says():
    candidate, reference = [tuple("the the the the".split())], [tuple("the cat sat on the mat".split())]
    assert bleu(candidate, [reference], 1) == pytest.approx(0.5 * math.exp(1 - 6 / 4))  # clipped 2 of 4, short
    assert bleu(reference, [reference], 4) == pytest.approx(1) and bleu([("dog",)], [reference], 1) == 0
    assert bleu(candidate, [], 1) is None and bleu([], [reference], 2) is None


def test_self_bleu_is_bleu_against_all_others():
    rng = np.random.default_rng(3)
    texts = [[tuple(rng.choice(list("abcd"), 6)) for _ in range(3)] for _ in range(5)]
    expected = [bleu(text, texts[:at] + texts[at + 1 :], 3) for at, text in enumerate(texts)]
    assert self_bleu(texts, 3) == pytest.approx(expected) and self_bleu(texts[:1], 3) == [None]


def test_a_copy_is_found_across_line_ends_and_not_across_poems():
    known = Beside([lines_of(poem("a b c d", "e f g")), lines_of(poem("h i j"))])
    assert known.longest_copy(lines_of(poem("x c d e", "f y"))) == 4
    assert known.longest_copy(lines_of(poem("f g h i"))) == 2 and known.longest_copy(lines_of(poem("q"))) == 0
    assert known.longest_copy(lines_of(poem("h i j"))) == 3


def test_a_copied_line_shows_in_likeness():
    own = measured(poem(MILL[0], "A song of nothing new"), PoemLikeness, [poem(*MILL), "no poem"])
    assert own["copied_lines"] == 0.5 and own["copied_words"] == 6 and 0 <= own["js_line_length"] <= 1
    assert measured(poem(*MILL), PoemLikeness, [poem(*MILL)])["reference_bleu"] == pytest.approx(1)
    assert measured(poem(*MILL), PoemLikeness) == {}


def test_a_set_of_one_poem_over_and_over_is_told_from_different_poems():
    def of(poems):
        return [{f.name: f.value for f in row} for row in together(poems)]

    same, other = of([poem(*MILL)] * 3), of([poem(*MILL), poem(*AUTUMN), poem("A door is open in the rain")])
    assert all(row["set_self_bleu"] == pytest.approx(1) and row["set_shared_lines"] == 1 for row in same)
    assert all(row["set_self_bleu"] < 0.1 and row["set_shared_lines"] == 0 for row in other)
    assert of([poem(*MILL)]) == [{"set_self_bleu": None, "set_shared_lines": None}]


def test_a_deal_keeps_the_words_and_the_lengths_of_lines():
    rng = np.random.default_rng(0)
    for one in (poem(*MILL), poem(*AUTUMN), poem("- -", "a b")):
        new = dealt(one, rng)
        assert sorted(u for line in lines_of(new) for u in line) == sorted(u for line in lines_of(one) for u in line)
        assert [len(units_of(t)) for t in new.lines] == [len(units_of(t)) for t in one.lines]


def test_the_table_sets_people_beside_chance():
    poems = [poem(f"The {word} lies upon the {word}", f"A {word} and then the {word}") for word in "abcdefghijkl"]
    rows = poem_table(poems, [Wording(), PoemLikeness()])
    assert rows["wording"]["line_length"].human == pytest.approx(rows["wording"]["line_length"].chance)
    assert rows["poem-likeness"]["copied_words"].songs == len(poems) >= LEAST_POEMS and rows["set"] == {}


def test_shipped_rows_of_poems_name_figures_that_exist_and_lie_in_range():
    specs = {spec.name: spec for spec in (*Wording.specs, *PoemLikeness.specs, *SET)}
    held = json.loads((table.files("carmina_measures") / "data" / "human_poems.json").read_text("utf-8"))
    assert "validation" in held["about"]["from"] and {"en", "zh", "en/*", "zh/*"} <= set(held["figures"])
    for rows in held["figures"].values():
        for name, values in rows.items():
            assert all(v is None or specs[name].low <= v <= specs[name].high for v in values[:2])


def test_a_form_without_a_row_takes_that_of_any_form_and_a_poem_without_form_that_of_its_language():
    tables = table.load()
    assert table.row("en", "self_bleu", "triolet") == tuple(tables["en/*"]["self_bleu"][:2])
    assert table.row("en", "self_bleu") == tuple(tables["en"]["self_bleu"][:2])


# ---- the command


@pytest.fixture
def folder(tmp_path):
    for name, lines in (("mill.txt", MILL), ("autumn.txt", AUTUMN)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def called(capsys, *arguments):
    status = run([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_poem_is_measured_beside_people_and_chance(folder, capsys):
    status, out, _ = called(capsys, "evaluate", folder / "mill.txt", "--form", "Quatrain", "--keywords", "river, sea")
    assert status == 0 and re.search(r"form_kept ↑ +1", out) and re.search(r"keywords_present ↑ +0\.500", out)
    assert re.search(r"rhyme_perfect ↑ +1\.000 +0\.\d+ +0\.\d+", out) and "self_bleu" in out
    assert called(capsys, "evaluate", folder / "autumn.txt", "--form", "wujue")[1].count("levels_kept") == 1


def test_a_broken_line_is_named_under_the_poem(folder, capsys):
    (folder / "mill.txt").write_text("\n".join((*MILL[:3], "And every bird is on the road")), "utf-8")
    assert (
        "note: mill.txt: line 4: road does not rhyme with tree (line 2)"
        in called(capsys, "evaluate", folder / "mill.txt", "--form", "quatrain-abab")[1]
    )


def test_a_poem_json_brings_its_form_and_keywords(folder, capsys):
    known = Poem((MILL,), "quatrain-abab", "en", notes={"keywords": ["tree"]})
    (folder / "mill.json").write_bytes(Conductor().render(known, ".json"))
    out = called(capsys, "evaluate", folder / "mill.json")[1]
    assert re.search(r"form_kept ↑ +1", out) and re.search(r"keywords_present ↑ +1", out)


def test_the_page_of_a_poem_stands_alone_and_shows_its_grid(folder, capsys):
    target = folder / "r.html"
    assert called(capsys, "evaluate", folder / "mill.txt", folder / "autumn.txt", "-o", target)[0] == 0
    page = target.read_text("utf-8")
    assert page.endswith("</html>\n") and not re.search(r"https?:|<script|src=|@import|url\(", page)
    assert page.count('<table class="scansion"') == 2 and page.count('class="u ') == 32 + 20
    assert '<span class="u stressed"><i></i>morn</span>' in page and "松" in page


def test_two_folders_of_poems_are_told_apart(folder, capsys):
    for name, lines in (("x", MILL), ("y", (MILL[0], MILL[1]) * 2)):
        (folder / name).mkdir()
        for at in range(3):
            (folder / name / f"{at}.txt").write_text("\n".join(lines[at % 2 :] + lines[: at % 2]), "utf-8")
    status, out, _ = called(
        capsys, "evaluate", "--compare", folder / "x", folder / "y", "--form", "quatrain-abab", "-o", folder / "c.json"
    )
    told = {row["name"]: row for row in json.loads((folder / "c.json").read_text())["figures"]}
    assert (
        status == 0
        and told["repeated_lines"]["value"] == [0, 0.5]
        and told["set_self_bleu"]["value"][0] == pytest.approx(1)
    )
    assert "x (3)" in out and "set_shared_lines" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mill.txt", "--form", "sonet"], "Did you mean 'sonnet'"),
        (["mill.txt", "--lyrics", "mill.txt"], "--lyrics is for songs"),
        (["--compare", "a", "b"], "holds no song and no poem"),
        (["mill.txt", "--reference", "gone"], "cannot read the folder"),
    ],
)
def test_what_cannot_be_done_with_poems_is_one_line_and_status_2(folder, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(folder)
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    status, out, err = called(capsys, "evaluate", *arguments)
    assert status == 2 and said in err and len(err.splitlines()) == 1 and not out


def test_a_folder_of_songs_and_one_of_poems_cannot_be_compared(folder, capsys):
    from measured_songs import verse_song

    for name in ("a", "b"):
        (folder / name).mkdir()
    (folder / "a" / "s.mid").write_bytes(Conductor().render(verse_song(), ".mid"))
    (folder / "b" / "p.txt").write_text("a line\n")
    assert "cannot be compared" in called(capsys, "evaluate", "--compare", folder / "a", folder / "b")[2]


def test_figures_do_not_depend_on_case_or_marks():
    plain = replace(poem(*(text.lower().strip(".,") for text in MILL)))
    assert measured(plain) == measured(poem(*MILL))
