"""A model's report as table, JSON and page; what tokenizers tell of their ids."""

import json
import re

import numpy as np
import pytest
from carmina_measures.report import page, plain, tables

from carmina import Example
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.training.assess import Assessment, ClassFigures, PassFigures
from carmina.training.copies import CopyFigures

PITCHES = PassFigures(
    "pitches", 100, 1.5, 3.6, 2.6, 4, 1.5, 0.6, 0.8, 0.9, 0.5, 0.03, (ClassFigures("pitch", 100, None, 0.0, 0.0),)
)
FOUND = Assessment("note", (PITCHES,), (CopyFigures("pitches", 5, 12, 8.5, 13, 9.0, "hymn & tune", 900),))


def test_the_table_sets_the_model_beside_counting_and_people():
    told = "\n".join(tables.model_table(FOUND))
    assert re.search(r"pass +choices +loss .* bits a note", told) and re.search(
        r"pitches +100 +1\.040 +2\.828 +1\.500 +2\.600 +3\.600", told
    )
    assert re.search(r"pitch +100 +- +0\.000", told) and re.search(r"pitches +5 +12 +8\.500 +13 +9 +hymn & tune", told)


def test_without_classes_copies_or_a_unit_the_table_is_still_whole():
    bare = Assessment("", (PassFigures("ids", 1, 1.0, 1.0, None, 0, None, 1.0, 1.0, 1.0, 1.0, 0.0),), ())
    told = "\n".join(tables.model_table(bare))
    assert (
        "bits a unit" in told
        and "classes:" not in told
        and "copies:" not in told
        and not re.search("Copies", page.of_model("m", bare).decode())
    )


def test_the_json_is_valid_and_says_all():
    told = json.loads(plain.model_json("m", "corpus", "validation", FOUND))
    assert told["unit"] == "note" and told["passes"][0]["perplexity"] == pytest.approx(2**1.5)
    assert told["passes"][0]["classes"][0]["precision"] is None and told["copies"][0]["nearest"] == "hymn & tune"


def test_the_page_is_escaped_and_has_its_three_tables():
    made = page.of_model("m on validation", FOUND).decode()
    assert made.count("<table>") == 3 and "hymn &amp; tune" in made and "Kneser-Ney" in made


@pytest.mark.parametrize("name", ["melody", "verse-en", "verse-zh"])
def test_every_id_has_a_class_and_units_are_what_is_written(name):
    tokens = Conductor().get("tokenizer", name)()
    assert len(tokens.classes()) == tokens.field_sizes[0] and all(tokens.classes()[10:]) and tokens.unit
    nothing = Example(np.zeros((3, len(tokens.field_sizes)), np.int16), np.full(3, -1, np.int16), "train", "pitches")
    assert tokens.units(nothing) == 0


def test_units_of_each_tokenizer_are_notes_and_characters():
    conductor = Conductor()
    english, chinese = (conductor.get("tokenizer", f"verse-{code}")() for code in ("en", "zh"))
    line = np.array(english.line(["the", "river", "runs", "."]))
    assert english.units(Example(line[:, None], line, "train")) == len("the river runs .") + 1 - 1
    assert chinese.units(Example(np.zeros((2, 6)), chinese.encode("明月"), "train")) == 2
    assert chinese.classes()[chinese.encode("不")[0]] == "commonest 100" and english.classes()[line[0]] == "mark"


def test_a_model_that_is_not_there_is_one_line_and_status_2(tmp_path, capsys):
    assert run(["evaluate", "--model", "melody-lstmm", "--data", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "no model called 'melody-lstmm'. Did you mean 'melody-lstm'" in err and len(err.splitlines()) == 1
