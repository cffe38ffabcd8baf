"""What grammar says: agreement of English verbs, and Chinese characters that are written for one another."""

import pytest
from carmina_proof.chinese import grammar
from carmina_proof.chinese.grammar import evidence, surnamed
from carmina_proof.english import inflection
from carmina_proof.english.agreement import agreement
from carmina_proof.english.reading import counts
from carmina_proof.english.tokens import placed
from carmina_proof.page import read_page
from carmina_proof.weighing import Document


def proposed(text, conductor):
    page = read_page(text.encode(), conductor)
    document = Document.of(page, counts(), page.read, placed)
    return {(document.tokens[edit.at].key, edit.put[0]) for edit in agreement(document)}


NOUNS = ("moon", "river", "window", "mother", "letter")


@pytest.mark.parametrize("noun", NOUNS)
def test_a_verb_in_the_other_number_is_a_candidate_and_one_that_agrees_is_none(noun, conductor):
    wrong = (f"the {noun} are cold", f"the {noun}s is cold", f"there is many {noun}s", f"there are a {noun} here")
    assert all(proposed(line, conductor) & {("are", "is"), ("is", "are")} for line in wrong)
    right = (f"the {noun} is cold", f"the {noun}s are cold", f"there are many {noun}s", f"there is a {noun} here")
    assert not any(proposed(line, conductor) & {("are", "is"), ("is", "are")} for line in right)


@pytest.mark.parametrize("verb", ["run", "sing", "make", "walk", "carry"])
def test_what_grammar_or_verse_licenses_is_no_candidate(verb, conductor):
    third = inflection.third(verb, counts())
    assert third and inflection.base(third, counts()) == verb
    assert (verb, third) in proposed(f"he {verb} beside the wall", conductor)
    assert (third, verb) in proposed(f"they {third} beside the wall", conductor)
    for licensed in (f"if he {verb} now", f"did she {verb} there", f"let him see it {verb} there", f"lest he {verb}"):
        assert not {old for old, _ in proposed(licensed, conductor)} & {verb}
    assert not proposed(f"many a man has gone to {verb}", conductor) and not proposed("if it were mine", conductor)


def test_in_whole_verse_the_verb_that_does_not_agree_is_told(found):
    wrong = found("He run across the field at night\nThe moon are bright above the hill\nShe have went to the harbour")
    told = {f.line: f.mends for f in reversed(wrong) if f.kind == "agreement"}
    assert {"ran", "runs"} <= set(told[1]) and told[2][0] == "is" and told[3][0] == "has"


def test_i_is_written_large_where_the_text_has_capitals(found):
    assert [f.mends for f in found("When i came home the lamp was low\nAnd i'm alone\nI know")] == [("I",), ("I'm",)]
    assert not found("i came home late\nthe lamp was low\ni'm here alone")


@pytest.mark.parametrize(
    ("line", "written", "meant"),
    [
        ("明天我们在见面吧", "在", "再"),
        ("我在也不回去了", "在", "再"),
        ("他站再门口", "再", "在"),
        ("春天以经来了", "以", "已"),
        ("你可已走了", "已", "以"),
        ("不知道他住在那里", "那", "哪"),
        ("远处有一坐老桥", "坐", "座"),
        ("请座在这里", "座", "坐"),
        ("好象一只鸟", "象", "像"),
    ],
)
def test_grammar_speaks_for_a_slip_and_against_its_mend(line, written, meant):
    at = line.index(written)
    assert evidence(line, at, meant) > 0
    mended = line[:at] + meant + line[at + 1 :]
    assert evidence(mended, at, written) <= 0


@pytest.mark.parametrize(
    "line", ["他在家看书", "再往前走一里", "再底下是一张表", "我在写字", "大象走过一座桥", "他去了哪里都一样"]
)
def test_grammar_does_not_speak_against_what_is_right(line):
    pairs = {(rule.written, rule.meant) for rule in grammar.RULES}
    assert all(evidence(line, at, meant) <= 0 for at, c in enumerate(line) for own, meant in pairs if own == c)


def test_the_named_case_is_told_and_names_are_let_be(found):
    assert [(f.word, f.mends[0]) for f in found("明天我们在见面吧\n我把伞放在门边")] == [("在", "再")]
    assert surnamed("我叫陈默", 2) and surnamed("小陈来了", 1) and not surnamed("夜色深沉", 3)
    assert not found("我叫陈默，我喜欢吃面\n这的的确确是她\n是是非非都过去了")
