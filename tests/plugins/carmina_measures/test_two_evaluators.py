"""Figures of two evaluators have name spaces of their own: a stranger's ``tessitura`` is not the built-in's."""

import json
from importlib.metadata import entry_points
from types import SimpleNamespace

import pytest
from carmina_measures.report.compare import contrasts
from carmina_measures.report.gather import Panel
from carmina_measures.report.plain import subjects_json
from carmina_measures.report.tables import figures_table, grouped

import carmina
from carmina import Evaluator, Figure
from carmina.conductor import Conductor
from carmina.registry import Registry
from carmina.testing import song

OWN = 41.0


class Stranger(Evaluator):
    name, summary = "stranger", "calls something else tessitura"

    def evaluate(self, work, reference=()):
        return [Figure("tessitura", OWN, human=7.0, high=100.0)]


@pytest.fixture(scope="module")
def subject():
    plugin = SimpleNamespace(carmina_evaluators=carmina.hookimpl(lambda: [Stranger]))
    point = SimpleNamespace(name="stranger", dist=None, load=lambda: plugin)
    return Panel(Conductor(Registry([*entry_points(group="carmina"), point], strict=True))).subject("a.mid", song())


def test_each_evaluator_keeps_its_own_figure_of_one_name(subject):
    ours = next(key for key in subject.figures if key[1] == "tessitura" and key[0] != "stranger")
    assert subject.figures["stranger", "tessitura"].value == OWN
    assert subject.figures[ours].value != OWN and subject.figures[ours].human != 7.0


def test_tables_and_files_show_each_beside_its_own_human_value(subject):
    by_group = {
        group: {name: found[0].value for name, found in figures.items()} for group, figures in grouped([subject])
    }
    assert by_group["stranger"]["tessitura"] == OWN != by_group["contour"]["tessitura"]
    rows = [line.split() for line in figures_table([subject]) if line.strip().startswith("tessitura")]
    assert len(rows) == 2 and rows[0][2:] != rows[1][2:]
    told = json.loads(subjects_json([subject]))["works"][0]["figures"]
    assert {f["evaluator"]: f["human"] for f in told if f["name"] == "tessitura"}["stranger"] == 7.0


def test_two_sets_are_compared_figure_by_figure(subject):
    found = {(row.group, row.figure.name): (row.first, row.second) for row in contrasts([subject], [subject])}
    assert found["stranger", "tessitura"] == (OWN, OWN) != found["contour", "tessitura"]
