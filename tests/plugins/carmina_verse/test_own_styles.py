"""A style of one's own writes verse with its own model, under the name that the model was taught it by."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from carmina_verse.own_styles import settled, style_of
from carmina_verse.writer import EnglishVerse, VerseWriter

from carmina import BadInput, Style, UnknownEntry, VerseBrief

OWN = Style("mine", "my poems", options={"verse-en": "victorian"}, models={"verse-en": "mine.safetensors"})
STYLES = {"mine": OWN, "hymn": Style("hymn", "a hymn")}
SHOP = SimpleNamespace(all=lambda kind: STYLES, get=lambda kind, name: STYLES[name])


def asked(**more):
    return VerseBrief(("sea",), form="ballad", **more)


def test_its_model_is_opened_and_its_label_is_prompted():
    brief = settled(asked(style="mine"), SHOP, "en")
    assert (brief.style, brief.model) == ("victorian", "mine.safetensors")


def test_a_model_or_a_network_that_was_asked_for_goes_before():
    assert settled(asked(style="mine", model="other"), SHOP, "en").model == "other"
    assert settled(asked(style="mine", network="lstm"), SHOP, "en").model is None


@pytest.mark.parametrize("brief", [asked(), asked(style="keats"), asked(style="hymn")])
def test_other_styles_stay_as_they_are(brief):
    assert settled(brief, SHOP, "en") == brief


def test_a_style_without_verse_of_the_language_stays_as_it_is():
    assert settled(asked(style="mine"), SHOP, "zh").style == "mine"


def test_the_usual_label_of_a_corpus_is_the_styles():
    assert style_of(["modern", "victorian", "victorian"], "verse-en") == {"options": {"verse-en": "victorian"}}
    assert style_of([], "verse-en") == {}


def test_a_locked_style_is_opened_before_it_is_judged():
    offered = {"style": {"mine": Style("mine", "", locked=Path("style.locked")), "hymn": STYLES["hymn"]}, "form": {}}
    shop = SimpleNamespace(all={"writer": {"verse-en": EnglishVerse}, **offered}.get, get=SHOP.get)
    with pytest.raises(BadInput, match="hymn is a style of tunes"):
        VerseWriter().write(asked(style="hymn"), shop)
    with pytest.raises(UnknownEntry, match="ballad"):  # of verse, so it goes on to the form
        VerseWriter().write(asked(style="mine"), shop)
