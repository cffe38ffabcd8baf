"""A song in another language: a syllable a note, near the literal line, back where it comes back."""

import pytest
from carmina_words.translating.borrowed import literal_lines
from carmina_words.translating.choosing import translated
from carmina_words.translating.command import matched
from carmina_words.translating.distances import (
    coverage,
    distinct_pairs,
    meaning_distance,
    repetition_similarity,
    structure_distance,
    syllable_distance,
)
from carmina_words.translating.fitting import fits
from carmina_words.translating.song import SungLine, sung_lines
from carmina_words.translating.wordings import CHINESE, ENGLISH, TONGUES, Wordings, groups
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, Note
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.endpoint import Endpoint
from carmina.theory import Phrase, Slot

SONG = """X:1
T:The lantern road
M:4/4
L:1/4
K:G
G G A B | d2 B2 | A A B A | G4 |
w: Walk-ing home to-night a-lone be-neath the moon,
B B c d | e2 d2 | c B A B | G4 |
w: I can hear the ri-ver sing a child-hood tune,
G G A B | d2 B2 | A A B A | G4 |
w: Walk-ing home to-night a-lone be-neath the moon,
"""
LITERAL = "今晚我独自在月光下走回家\n我听见河流唱着童年的歌\n今晚我独自在月光下走回家\n"


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture(scope="module")
def wordings(conductor):
    return {code: Wordings(tongue, conductor) for code, tongue in TONGUES.items()}


def line(count, text="la", rhyme="", like=None):
    slots = tuple(Slot((Note(60 + n % 5, 480 * n, 480),), (4, 1, 2, 1)[n % 4]) for n in range(count))
    return SungLine(Phrase(slots, 0), text, like, rhyme)


EN = "the a old river moon is not singing home I love you under bridge and very night".split()
ZH = ["我", "月光", "不", "河流", "唱着", "的", "回家", "在", "夜晚", "孩子", "非常", "快乐"]


@given(st.lists(st.sampled_from(EN), min_size=2, max_size=6))
@settings(max_examples=20, deadline=None)
def test_a_lines_capital_stays_at_its_beginning(wordings, chosen):
    line = " ".join(chosen)
    words = wordings["en"].words(line[:1].upper() + line[1:])
    assert words[0].content or words[0].text == chosen[0]
    assert [word.text for word in words[1:]] == chosen[1:]


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(["en", "zh"]), st.integers(1, 16))
def test_a_line_has_a_syllable_for_each_note_and_never_says_the_opposite(wordings, data, code, slots):
    own = wordings[code]
    chosen = data.draw(st.lists(st.sampled_from(EN if code == "en" else ZH), min_size=1, max_size=8))
    words = own.words((" " if code == "en" else "").join(chosen))
    found = fits(words, slots, "~" * slots, own)
    assert all(len(fit.syllables) == slots for fit in found)
    meant = {w.text for w in words if w.content}
    for fit in found:  # what is told of a line is so: each word of meaning stands, is another, or is left out
        standing = {*fit.words, *(word.partition("'")[0] for word in fit.words)}  # moon's: moon is
        assert set(fit.left) <= meant and meant - standing <= set(fit.left) | (meant if fit.other else set())
        assert set(fit.added) <= set(fit.words)
    assert [fit.cost for fit in found] == sorted(fit.cost for fit in found)
    if found and sum(len(own.syllables(w.text)) for w in words) == slots:
        assert [fit.words for fit in found] == [tuple(w.text for w in words)]
    kept = [w for w in words if w.text.casefold() not in own.tongue.never]
    if found and len(kept) < len(words) and slots >= len(words):
        assert any(
            set(fit.words) & (own.tongue.never | {t for n in own.tongue.never for t in groups(code).get(n, ())})
            for fit in found
        )


@pytest.mark.parametrize(("code", "tongue"), [("en", ENGLISH), ("zh", CHINESE)])
def test_every_wording_can_be_sung_and_is_in_its_language(code, tongue, wordings):
    for head, others in groups(code).items():
        assert head not in others and all(wordings[code].syllables(text) for text in (head, *others))
        assert all(text.isascii() == (code == "en") for text in (head, *others))


def test_what_comes_back_comes_back_and_what_fits_stands(conductor):
    lines = [line(11), line(11), line(11, like=0)]
    gloss = LITERAL.split()
    made = translated(lines, gloss, "zh", conductor)
    assert made[0].text == made[2].text and made[1].text == gloss[1] and made[1].literal and not made[0].literal
    assert [len(own.syllables) for own in made] == [11, 11, 11]
    assert made[1].left == () and made[1].other == 0 and made[0].meant > 3 * len(made[0].left)


def test_lines_end_as_their_words_tell_or_where_the_literal_lines_ask(conductor):
    score = conductor.read(SONG.encode(), ".abc", "Score")
    found = sung_lines(score, "a.abc", conductor, 3)
    assert [len(own.phrase.slots) for own in found] == [11, 11, 11] and found[2].like == 0
    assert found[0].rhyme == found[1].rhyme != "" and found[1].text == "I can hear the river sing a childhood tune,"


def test_literal_lines_are_one_for_each_sung_line_or_each_different_one():
    lines = [line(4, "one"), line(4, "two"), line(4, "one", like=0)]
    assert matched(["a", "b", "c"], lines, "s", "g") == ["a", "b", "c"]
    assert matched(["a", "b"], lines, "s", "g") == ["a", "b", "a"]
    with pytest.raises(BadInput, match="g has 1 line, and s has 3 sung lines. Give 3 .* or 2, .*line 2 is: 'two'"):
        matched(["a"], lines, "s", "g")


def test_the_song_is_written_with_its_notes_and_the_new_words(conductor, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.abc").write_text(SONG, "utf-8")
    (tmp_path / "g.txt").write_text(LITERAL, "utf-8")
    command = ["translate", "a.abc", "--to", "zh", "--gloss", "g.txt"]
    assert run([*command, "-o", "b.musicxml", "-o", "b.txt"]) == 0
    assert "3 lines, 1 of them literal; of 15 words of meaning 13 stand, 2 are other words" in capsys.readouterr().err
    old, new = (conductor.open(tmp_path / name, "Score") for name in ("a.abc", "b.musicxml"))
    assert [(n.pitch, n.length_ticks) for n in old.sung_notes] == [(n.pitch, n.length_ticks) for n in new.sung_notes]
    said = "".join(n.syllable.text for n in new.sung_notes if n.syllable)
    assert said == "".join((tmp_path / "b.txt").read_text("utf-8").split("#")[0].split()) and len(said) == 33
    (tmp_path / "bare.abc").write_text("\n".join(r for r in SONG.splitlines() if not r.startswith("w:")), "utf-8")
    (tmp_path / "few.txt").write_text("一行\n", "utf-8")
    for arguments, told in (
        (["a.abc", "--to", "fr", "--gloss", "g.txt"], "--to"),
        (["a.abc", "--to", "en", "--gloss", "g.txt"], "g.txt is not in English"),
        (["bare.abc", "--to", "zh", "--gloss", "g.txt"], "bare.abc has no words to translate"),
        (["a.abc", "--to", "zh", "--gloss", "few.txt"], "few.txt has 1 line"),
        (["a.abc", "--to", "zh", "--gloss", "g.txt", "-o", "a.abc"], "'a.abc' is what is read"),
        (["a.abc", "--to", "zh", "--gloss", "g.txt", "-o", "g.txt"], "'g.txt' is what is read"),
    ):
        assert run(["translate", *arguments]) == 2
        error = capsys.readouterr().err
        assert told in error and error.count("\n") == 1


def test_the_four_distances_are_nought_for_the_same_words_and_grow():
    one, other = [["a", "b", "c"], ["d", "e", "c"]], [["a", "b", "a"], ["b", "a", "b"]]
    assert syllable_distance([4, 6], [4, 6]) == 0 and syllable_distance([4], [8]) == pytest.approx(0.75)
    assert syllable_distance([4], []) is None
    assert distinct_pairs(one) == pytest.approx(5 / 6) and distinct_pairs(other) == pytest.approx(4 / 6)
    song = [one, other, [*one, *one]]
    assert repetition_similarity(song, song) == pytest.approx(1)
    assert repetition_similarity(song, song[::-1]) == pytest.approx(-1)
    assert repetition_similarity(song[:2], song[:2]) is None is repetition_similarity(song, [one, one, one])
    assert structure_distance(song, song) == 0 and distinct_pairs([]) == 1
    # of two sections: 5/12, 8/12 + 1/6 and 4/12 against 5/12 each
    assert structure_distance([one, other], [one, one]) == pytest.approx((2 * (5 / 12) ** 2 + (1 / 12) ** 2) ** 0.5 / 4)
    assert meaning_distance([["moon"]], [["moon"]], "en") == 0 and meaning_distance([["moon"]], [["dog"]], "en") == 1
    assert coverage(["river", "moon"], ["stream"], "en") == 0.5 and coverage([], [], "en") == 1


def test_a_literal_line_that_no_breath_sings_is_refused_by_its_number(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.abc").write_text(SONG, "utf-8")
    (tmp_path / "g.txt").write_text(f"one line\n{'la ' * 61}\nanother\n", "utf-8")
    assert run(["translate", "a.abc", "--to", "en", "--gloss", "g.txt"]) == 2
    assert "--gloss g.txt: line 2 has 61 words; at most 60" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["en", "zh"])
def test_no_line_ends_on_a_word_that_wants_another_where_one_is_left(wordings, code):
    own = wordings[code]
    text = (
        "She is sitting by the quiet river and waiting for the morning" if code == "en" else "我坐在安静的河边等着黎明"
    )
    words = own.words(text)
    whole = sum(len(own.syllables(word.text)) for word in words)
    for slots in range(whole // 2, whole):
        best = fits(words, slots, "~" * slots, own)[0]
        assert best.words[-1].casefold() not in own.tongue.open


def test_literal_lines_may_come_from_a_borrowed_model(conductor, tmp_path, monkeypatch, capsys):
    asked = []

    def answered(_self, question, *_):
        asked.append(question.partition("\n\n")[2].splitlines())
        return "<think>hm</think>\n" + "\n".join(f"{n}) 我听见河流唱着童年的歌" for n in range(1, len(asked[-1]) + 1))

    monkeypatch.setattr(Endpoint, "answer", answered)
    assert (
        literal_lines("openai:http://localhost:1", [f"line {n}" for n in range(14)], "zh")
        == ["我听见河流唱着童年的歌"] * 14
    )
    assert [len(lot) for lot in asked] == [12, 2] and asked[1][1] == "2. line 13"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.abc").write_text(SONG, "utf-8")
    command = ["translate", "a.abc", "--to", "zh", "--model", "openai:http://localhost:1/v1"]
    assert run(command) == 0 and "我" in capsys.readouterr().out
    monkeypatch.setattr(Endpoint, "answer", lambda *_: "1. 今晚我独自在月光下走回家")
    for arguments, told in (
        (command, "the model gave no line for"),
        ([*command[:-1], "hf:x"], "--model: got 'hf:x'"),
        (command[:-2], "--gloss FILE, or --model"),
        ([*command, "--gloss", "g.txt"], "Leave one of them out"),
    ):
        assert run(arguments) == 2 and told in capsys.readouterr().err


def test_a_line_that_reads_as_a_label_is_a_line(wordings):
    assert [word.text for word in wordings["en"].words("A bridge")] == ["a", "bridge"]
