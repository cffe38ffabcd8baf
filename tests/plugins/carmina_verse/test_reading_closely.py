"""What no reader says, though the syllables come out even; what a poet may do once; what a language without feet is
told."""

import pytest
from carmina_verse.scansion.inference import diagnosed, read_line
from carmina_verse.scansion.report import scan

from carmina import Poem
from carmina.cli.run import run

LIMERICK = [
    "There was a young baker of Kent",
    "Who lived for a year in a tent;",
    "When the rain had come in",
    "He slept in a tin,",
    "And nobody asked what it meant.",
]
PETRARCHAN = """The lantern in the harbour burns all night
For boats that have forgotten how to come,
And every wave is beating like a drum
Against the stones that used to shine so white.
I keep the window open to the light,
Although my hands with winter have grown numb;
The gulls are sleeping and the bells are dumb,
And nothing moves upon the water's height.
O sailor, if you hear me from the deep,
Remember how we walked beside the shore
And promised that the sea should have no part;
I cannot keep the promise; I can weep,
And listen to the tide behind the door,
And hear it answered slowly by my heart.""".splitlines()
GALLOP = """The mother came over the meadow at dawn
With a basket of apples that hung from her arm,
Though nobody noticed how far she had gone
Till the dog had come barking away from the farm.
They followed the road by the river, and yet
The father came slower for fear of the rain,
While the children were singing, uncaring and wet,
A song that the evening would sing them again.""".splitlines()


@pytest.fixture(scope="module")
def english(conductor):
    return conductor.get("language", "en")()


def faults(conductor, english, *stanzas):
    return [d for d in diagnosed(stanzas, english, conductor.all("form")).deviations if not d.licence]


@pytest.mark.parametrize(
    ("line", "feet", "runs"),
    [
        ("And many a day upon the sea", 4, True),
        ("The glory of the air and all", 4, True),
        ("With eager new eyes I look", 3, False),
        ("And laughed new aloud, and sang", 3, False),
        ("To any old land that I know", 3, False),
    ],
)
def test_weak_vowels_run_together_and_strong_ones_do_not(line, feet, runs, english):
    reading = read_line(english, line, "iambic")[("iambic", feet)]
    assert ("" in reading.stresses or not any("anapaest" in own for own in reading.licences)) == runs


@pytest.mark.parametrize(
    ("line", "pressed"),
    [("This glittering sense bright and bladed grass", True), ("The glittering of all the grass", False)],
)
def test_no_beat_falls_on_a_weak_syllable_beside_a_full_word(line, pressed, english):
    readings = read_line(english, line, "iambic")
    best = min((own for (_, feet), own in readings.items() if feet > 3), key=lambda own: own.cost)
    assert any("promotion beside a stress" in own for own in best.licences) == pressed


@pytest.mark.parametrize("at", range(5))
def test_a_limerick_bears_one_end_without_a_rhyme(at, conductor, english):
    broken = [*LIMERICK]
    broken[at] = f"{broken[at].rsplit(' ', 1)[0]} month,"
    told = faults(conductor, english, broken)
    assert faults(conductor, english, LIMERICK) == []
    assert any(d.kind == "rhyme" and (d.line == at + 1 or f"lines {at + 1} and" in d.text) for d in told)


@pytest.mark.parametrize("at", range(14))
def test_thirteen_lines_of_a_sonnet_of_any_sestet_lack_one(at, conductor, english):
    told = faults(conductor, english, [*PETRARCHAN[:at], *PETRARCHAN[at + 1 :]])
    assert [d.kind for d in told if d.kind == "form"] == ["form"]
    assert faults(conductor, english, PETRARCHAN) == []


@pytest.mark.parametrize("at", range(8))
def test_a_scheme_is_plain_without_a_metre_where_most_of_it_is_kept(at, conductor, english):
    free = [f"{line} and then some more of it said, {line.rsplit(' ', 1)[1]}" for line in GALLOP]
    poem = [*free, *[f"once {line}" for line in free]]
    poem[at] = f"{poem[at].rsplit(' ', 1)[0]} month"
    assert any(d.kind == "rhyme" and str(at + 1) in d.text for d in faults(conductor, english, poem))


def test_a_line_far_too_short_is_told_even_in_a_rough_poem(conductor, english):
    rough = ["Above summer begin winter alone"] * 7  # against the beat throughout
    poem = [*PETRARCHAN, *PETRARCHAN[:8], *rough]
    poem[11] = "I cannot weep,"
    told = faults(conductor, english, poem)
    assert any(d.line == 12 and "short" in d.text for d in told)


def test_a_name_that_no_lexicon_has_is_said_as_the_metre_asks(conductor, english):
    line = "The road to Zanthirel is long and white"
    assert english.guesses("zanthirel") and not english.guesses("harbour") and not english.guesses("unlovely")
    assert faults(conductor, english, [line, *PETRARCHAN[1:]]) == []


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("pt", ("À noite eu caminho junto ao rio", "Não vejo mais a lua na janela")),
        ("es", ("La luna duerme sobre la montaña", "Ya nadie canta en la ciudad vacía")),
        ("it", ("La sera scende piano sulla casa", "Il vento porta via la mia canzone")),
        ("fr", ("La nuit descend sur la maison perdue", "Le vent emporte au loin notre chanson")),
        ("la", ("Luna lucet in aquis altis", "Nemo cantat in urbe vacua")),
    ],
)
def test_where_verse_counts_syllables_no_feet_are_named(language, lines, conductor):
    report = scan(Poem((lines,)), conductor.all("form"), conductor.get("language", language)())
    said = " ".join((*(row[3] for row in report.lines), *report.remarks))
    assert "syllables" in said and not any(name in said for name in ("meter", "iamb", "troch", "anapaest", "dactyl"))


def test_a_line_in_another_language_is_told(tmp_path, capsys):
    (tmp_path / "poem.txt").write_text(
        "The moon is white above the river tonight\nLa luna es blanca y ya no hay nada que decir\n", "utf-8"
    )
    assert run(["scan", str(tmp_path / "poem.txt")]) == 0
    assert "line 2 seems to be in 'es'; it is read as 'en'" in capsys.readouterr().out


def test_an_index_that_cannot_be_read_is_told_before_anything_is_printed(tmp_path, capsys):
    (tmp_path / "poem.txt").write_text("The moon is up\nThe sun is down\n", "utf-8")
    (tmp_path / "bad.npz").write_bytes(b"rubbish")
    assert run(["scan", str(tmp_path / "poem.txt"), "--index", str(tmp_path / "bad.npz")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "is no index" in said.err
