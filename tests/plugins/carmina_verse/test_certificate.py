"""A certificate is held against the lexicon word by word, by code that shares nothing with what writes: planted faults
are found."""

import ast
import copy
from pathlib import Path

import carmina_verse
import pytest
from carmina_verse.scansion.faults import check_notes

from carmina import BadInput

FOLDER = Path(carmina_verse.__file__).parent
CHECKERS = {"faults", "claims", "levels", "english"}


@pytest.fixture(scope="module")
def poems(write):
    return {"en": write("triolet", "river", seed=3), "zh": write("七律", "明月", seed=3)}


def faults_of(poem, conductor, change=None, lines=None):
    notes = copy.deepcopy(poem.notes)
    if change is not None:
        change(notes)
    stanzas = poem.stanzas if lines is None else [lines]
    return check_notes(stanzas, notes, conductor.all("form"), conductor.get("language", poem.language)())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_honest_certificate_holds(language, poems, conductor):
    assert faults_of(poems[language], conductor) == []


def planted(path, value):
    def change(notes):
        at = notes
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("language", "path", "value", "says"),
    [
        ("en", ("lines", 1, "words", 0, "stress"), "0101", "is not said"),
        ("en", ("lines", 1, "words", 0, "phones"), "Z IY1 B R AH0", "is not said"),
        ("en", ("lines", 1, "words", 0, "word"), "zebra", "words are not the line's words"),
        ("en", ("lines", 2, "syllables"), 9, "9 syllables are claimed, 8 said"),
        ("en", ("lines", 2, "pattern"), "-+-+", "another length"),
        ("en", ("lines", 4, "rhyme_class"), "OY ZH", "does not rhyme on"),
        ("en", ("lines", 0, "text"), "Another line", "lines are not the poem's lines"),
        ("en", ("acrostic",), "qqqq", "the lines begin with"),
        ("en", ("form",), "sonnet", "stanzas of"),
        ("en", ("strictness",), "loose", "none of strict, classic, slant"),
        ("zh", ("lines", 1, "characters"), "天地玄黄宇宙洪", "the certificate has"),
        ("zh", ("lines", 0, "pattern"), "平平平平平平平", "does not keep the pattern"),
        ("zh", ("lines", 1, "rhyme_class"), "三讲", "does not rhyme in"),
        ("zh", ("variant",), "仄起", None),
        ("zh", ("book",), "xinyun", None),
    ],
)
def test_a_planted_lie_is_found(language, path, value, says, poems, conductor):
    found = faults_of(poems[language], conductor, planted(path, value))
    changed = copy.deepcopy(poems[language].notes)
    planted(path, value)(changed)
    if changed == poems[language].notes:
        return  # what is claimed is so
    assert found and (says is None or any(says in fault for fault in found))


def test_a_refrain_that_changes_is_found(poems, conductor):
    lines = [line for stanza in poems["en"].stanzas for line in stanza]
    found = faults_of(poems["en"], conductor, lines=[*lines[:7], "And went away beneath the stone."])
    assert any("line 8 does not repeat its refrain" in fault for fault in found)


@pytest.mark.parametrize("lines", ["text", [1, 2], {"a": 1}])
def test_a_certificate_without_lines_is_refused(lines, poems, conductor):
    with pytest.raises(BadInput, match="no list of objects"):
        faults_of(poems["en"], conductor, planted(("lines",), lines))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("lines", 0, "words"), 7),
        (("lines", 0, "words"), [1]),
        (("lines", 0, "words", 0, "stress"), None),
        (("variant",), []),
        (("acrostic",), {}),
        (("strictness",), []),
    ],
)
def test_a_damaged_certificate_is_refused_or_found_wrong_and_never_crashes(path, value, poems, conductor):
    try:
        assert faults_of(poems["en"], conductor, planted(path, value))
    except BadInput as fault:
        assert "\n" not in str(fault)


@pytest.mark.parametrize("name", sorted(CHECKERS))
def test_the_checker_shares_nothing_with_what_writes(name):
    tree = ast.parse((FOLDER / "scansion" / f"{name}.py").read_text("utf-8"))
    own = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level}
    assert own <= CHECKERS
