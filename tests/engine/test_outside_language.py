"""A stranger's package brings a third language of verse: it is sung, written, scanned, certified and measured like our
own."""

import json
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace

import pytest
from carmina_verse.scansion.english import scan_line
from carmina_verse.scansion.faults import check_notes, faults
from carmina_verse.scansion.report import recognised, scan
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import Poem, VerseBrief
from carmina.conductor import Conductor
from carmina.registry import Registry
from carmina.testing import check


@dataclass
class EntryPoint:
    name: str
    plugin: object
    dist = SimpleNamespace(name="carmina-esperanto", version="0.1.0")

    def load(self):
        return self.plugin


EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "carmina-esperanto"


@pytest.fixture(scope="module")
def points():
    """What is installed, and the example."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLE))
        plugin = import_module("carmina_esperanto.plugin")
        yield [*entry_points(group="carmina"), EntryPoint("esperanto", plugin)]
    for name in [name for name in sys.modules if name.startswith("carmina_esperanto")]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def conductor(points):
    return Conductor(Registry(points, strict=True))


@pytest.fixture(scope="module")
def speech(conductor):
    return conductor.get("language", "eo")()


def written(conductor, seed, form="kvarverso", **more):
    return conductor.get("writer", "verse")().write(VerseBrief(("luno",), form, seed=seed, **more), conductor)


@pytest.mark.parametrize(("kind", "name"), [("language", "eo"), ("form", "kvarverso"), ("writer", "verse-eo")])
def test_its_offers_keep_their_contracts(conductor, kind, name):
    check(conductor.get(kind, name))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), form=st.sampled_from(["kvarverso", "kruca-kvarverso"]))
def test_every_poem_keeps_its_form_and_its_certificate_says_so(conductor, speech, seed, form):
    poem = written(conductor, seed, form)
    forms = conductor.all("form")
    assert check_notes(poem.stanzas, poem.notes, forms, speech) == []
    assert recognised(poem, forms, speech).startswith(form)
    assert poem.notes["missing"] == [] and len(set(poem.lines)) == 8


def test_the_same_seed_gives_the_same_poem_and_another_seed_another(conductor):
    assert written(conductor, 5) == written(conductor, 5) != written(conductor, 6)


def test_no_line_is_copied_from_the_text_that_it_learned_from(conductor):
    own = {
        line.strip(" ,.;!?").lower()
        for line in (EXAMPLE / "carmina_esperanto" / "lines.txt").read_text("utf-8").splitlines()
    }
    lines = [line.strip(",.").lower() for seed in range(6) for line in written(conductor, seed).lines]
    assert sum(line in own for line in lines) <= len(lines) // 10


@pytest.mark.parametrize("damage", ["words", "rhyme", "stress"])
def test_a_certificate_that_does_not_hold_is_told(conductor, speech, damage):
    poem = written(conductor, 1)
    claims = [dict(claim) for claim in poem.notes["lines"]]
    stanzas = [list(stanza) for stanza in poem.stanzas]
    if damage == "words":
        claims[0]["words"] = claims[0]["words"][1:]
    elif damage == "stress":
        claims[0]["words"] = [{**word, "stress": "1" + word["stress"][1:] + "0"} for word in claims[0]["words"]]
    else:
        stanzas[0][1] = claims[1]["text"] = stanzas[0][1].rsplit(" ", 1)[0] + " vento,"
    notes = {**poem.notes, "lines": claims}
    assert check_notes(stanzas, notes, conductor.all("form"), speech)


def test_scansion_shows_stresses_rhymes_and_metre(conductor, speech):
    report = scan(written(conductor, 2), conductor.all("form"), speech)
    assert all(row[1].replace(" ", "")[6] == "1" for row in report.lines)  # the rhyme's syllable
    assert "rhyme scheme aabbccdd" in report.remarks and "metre: trochaic tetrameter in 8 of 8 lines" in report.remarks


def test_evaluators_of_verse_measure_it(conductor):
    poem = written(conductor, 3)
    figures = {
        f.name: f.value
        for name in ("form", "metre", "rhyme", "lexicon")
        for f in conductor.get("evaluator", name)(conductor).evaluate(poem)
    }
    assert figures["form_kept"] == figures["metre_strict"] == figures["rhyme_perfect"] == figures["words_known"] == 1
    assert conductor.get("evaluator", "levels")(conductor).evaluate(poem)[0].value is None


def test_a_broken_line_is_a_fault(conductor, speech):
    poem = written(conductor, 4)
    form = conductor.get("form", "kvarverso")
    stanzas = [("la maro estas granda tre", *poem.stanzas[0][1:]), *poem.stanzas[1:]]
    assert any("line 1" in fault for fault in faults(stanzas, form, "", speech))


def test_the_command_line_finds_the_language_and_its_usual_form(run, points, tmp_path):
    target = tmp_path / "luno.json"
    done = run("verse", "luno", "--language", "eo", "--seed", "7", "-o", target, points=points)
    assert done.status == 0 and "kvarverso" in done.err
    assert json.loads(target.read_text("utf-8"))["language"] == "eo"
    assert run("scan", target, "--check", points=points).out.startswith("holds: kvarverso")
    assert "form: kvarverso" in run("scan", target, points=points).out


def test_without_it_the_language_is_refused_by_name(run, points):
    done = run("--without", "esperanto", "verse", "luno", "--language", "eo", points=points)
    assert done.status == 2 and "no language of verse called 'eo'" in done.err and "en, zh" in done.err


def test_its_words_are_sung_and_told_apart(conductor):
    found = conductor.lyrics("Sur la maro brilas luno\nkaj en mia koro suno")
    assert found.language == "eo" and [s.text for s in found.syllables][:4] == ["Sur", "la", "ma", "ro"]
    assert conductor.lyrics("The moon is bright upon the sea, as was the sun").language == "en"


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("birdeto", "bir-DE-to"),
        ("kvieto", "kvi-E-to"),
        ("amikino", "a-mi-KI-no"),
        ("aŭdas", "AŬ-das"),
        ("kor'", "KOR'"),
    ],
)
def test_stress_is_on_the_last_syllable_but_one(speech, word, syllables):
    (sung,) = speech.syllabify([word])
    assert "-".join(s.text.upper() if s.stress else s.text for s in sung) == syllables


def test_any_language_can_be_scanned_from_its_syllables_alone(conductor):
    dante = "Nel mezzo del cammin di nostra vita"
    italian = conductor.get("language", "it")()
    assert scan_line(italian, dante, ["~" * 11]) is not None
    poem = Poem((("Dies irae, dies illa,", "solvet saeclum in favilla,"),), language="la")
    report = scan(poem, conductor.all("form"), conductor.get("language", "la")())
    assert "rhyme scheme aa" in report.remarks


def test_vowels_that_meet_are_one_syllable_in_scansion_where_the_metre_wants_it(conductor):
    italian = conductor.get("language", "it")()
    verdi = "La donna è mobile qual piuma al vento"
    for size, fits in ((11, True), (12, True), (13, True), (10, False), (14, False)):
        assert (scan_line(italian, verdi, ["~" * size], "strict") is not None) == fits
    assert scan_line(conductor.get("language", "en")(), "the idea is a art", ["~" * 6], "strict") is None


def test_a_language_says_nothing_of_synalepha_unless_it_is_asked(conductor):
    assert not conductor.get("language", "en")().synalepha("the", "apple")
