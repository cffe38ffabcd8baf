"""``carmina doctor`` tells what works, what is missing and what is broken."""

import json

import pytest

import carmina
from carmina.doctor import _model, examine
from carmina.registry import BrokenPluginWarning, Registry


class Ill(carmina.Decoder):
    name, summary = "ill", "needs what is broken"

    @classmethod
    def findings(cls):
        return [
            carmina.Finding("a library", "fault", "version 0", "Get version 1."),
            carmina.Finding("a font", "missing"),
        ]

    def choose(self, scores, totals, rngs, temperature):
        raise NotImplementedError


def of(report, heading):
    return {finding.what: finding for finding in dict(report.parts)[heading]}


def test_what_works_is_healthy_and_each_plugin_has_its_time(registry):
    report = examine(registry)
    assert report.healthy
    assert " s to load" in of(report, "plugins")["fakes"].found
    assert of(report, "libraries")["numpy"].state == of(report, "machine")["Python"].state == "ok"


def test_a_broken_plugin_and_a_broken_need_are_faults(doors):
    with pytest.warns(BrokenPluginWarning):
        report = examine(
            Registry([doors.Point("bad", ImportError("gone")), doors.Point("ill", doors.plugin(decoder=[Ill]))])
        )
    assert not report.healthy
    assert "ImportError: gone" in of(report, "plugins")["bad"].found
    assert of(report, "needs")["a library"].state == "fault" and of(report, "needs")["a font"].state == "missing"


def test_what_is_missing_alone_does_no_harm(doors):
    class Sparse(Ill):
        @classmethod
        def findings(cls):
            return [carmina.Finding("a font", "missing")]

    assert examine(Registry([doors.Point("sparse", doors.plugin(decoder=[Sparse]))])).healthy


def test_a_model_that_is_damaged_or_not_what_was_installed_is_a_fault(tmp_path):
    from carmina.models import digest

    (tmp_path / "torn.safetensors").write_bytes(b"nothing")
    assert _model("torn", tmp_path / "torn.safetensors", "").state == "fault"
    assert _model("gone", tmp_path / "gone.safetensors", "").state == "fault"
    from carmina.conductor import Conductor

    shipped = next(iter(Conductor().get("tokenizer", "melody")().models().values()))
    assert _model("melody", shipped, digest(shipped)).state == "ok"
    assert _model("melody", shipped, "0" * 64).state == "fault"


def test_the_command_ends_with_0_when_all_is_well_else_with_1(run, doors):
    assert run("doctor").status == 0 and "All is well." in run("doctor").out
    ran = run("doctor", "--json", points=[doors.Point("bad", ImportError("gone"))])
    told = json.loads(ran.out)
    assert ran.status == 1 and told["healthy"] is False and told["plugins"][0]["state"] == "fault"


def test_a_state_that_is_none_is_refused():
    with pytest.raises(ValueError, match="ok, missing, fault"):
        carmina.Finding("x", "perhaps")


def test_what_sound_sheet_music_and_song_need_is_told_with_what_to_install(monkeypatch, tmp_path):
    from carmina.conductor import Conductor

    entries = Conductor().all("renderer")
    told = {f.what: f for name in ("wav", "svg", "pdf", "sung") for f in entries[name].findings()}
    assert {"FluidSynth", "libsndfile", "soundfont", "verovio", "typst", "fonts of pages", "espeak-ng", "WORLD"} <= set(
        told
    )
    assert all(finding.state == "ok" or finding.advice for finding in told.values())
    monkeypatch.setenv("CARMINA_SOUNDFONT", str(tmp_path / "none.sf2"))
    monkeypatch.setenv("CARMINA_FONT", str(tmp_path / "none.ttf"))
    again = {f.what: f for name in ("wav", "svg") for f in entries[name].findings()}
    assert again["soundfont"].state == again["font for rare letters"].state == "fault"
