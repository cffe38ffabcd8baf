"""Our reading agrees with strangers' on a sample; ``make agreement`` prints the whole table."""

import io

import pytest
from music21 import corpus as shipped

from carmina.conductor import Conductor

from . import by_mido, by_music21
from .cases import CASES, road_of
from .compare import Tally, compare
from .facts import Facts, of_score
from .table import midi, notation

SAMPLE = ("bach/bwv66.6.mxl", "bach/bwv345.mxl", "monteverdi/madrigal.3.17.mxl", "ryansMammoth/MissDalysReel.abc")


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_roads_and_words_are_as_they_are_known_to_be(conductor, case):
    assert road_of(conductor.read(case.data, case.suffix, "Score")) == case.expected


def test_a_sample_of_music21s_corpus_is_read_alike(conductor):
    tallies = {name: Tally() for name in ("music21, XML", "music21, ABC")}
    paths = [shipped.getWork(name) for name in SAMPLE]
    read = list(notation(paths, conductor, tallies))
    xml, beside_mido = tallies["music21, XML"], Tally()
    assert len(read) == len(SAMPLE) and not [line for line in xml.apart if "refused" in line]
    assert xml.share("notes kept") == xml.share("key") == xml.share("metre") == xml.share("passes") == 1
    assert xml.share("words kept") >= 0.98
    for path in read:
        midi(conductor.render(conductor.open(path, "Score"), ".mid"), path.name, conductor, beside_mido)
    assert not beside_mido.apart


def test_a_midi_file_of_music21_is_read_as_mido_reads_it(conductor):
    from music21 import midi as theirs

    score = shipped.parse("bach/bwv66.6")
    file = theirs.translate.music21ObjectToMidiFile(score)
    tally = Tally()
    midi(file.writestr(), "bwv66.6", conductor, tally)
    assert not tally.apart and tally.counts["notes kept"][1] == 163


def test_the_comparison_sees_what_is_lost():
    right = Facts()
    right.notes.update({(0, 60): 1, (480, 62): 1})
    right.words.update({"la": 1})
    right.fifths, right.metre, right.length = 0, "4/4", 480
    wrong = Facts()
    wrong.notes.update({(0, 60): 1})
    wrong.fifths, wrong.metre, wrong.length = 1, "3/4", 0
    tally = Tally()
    compare("x", right, wrong, tally)
    assert tally.apart == ["x: notes 1/2, words 0/1, key, metre, passes"], tally.apart
    assert by_music21.reading.__doc__ and io and of_score and by_mido
