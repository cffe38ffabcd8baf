"""A style of a stranger brings patterns, as data, and gets an accompaniment without a writer of its own."""

from importlib.metadata import entry_points
from types import SimpleNamespace

import pytest
from carmina_harmony.figures import units
from carmina_harmony.patterns import NEEDED, SIGNS, UNITS, checked, pattern, shipped, strokes
from harmony_tunes import LENGTHS, VERSE, tune
from hypothesis import given
from hypothesis import strategies as st

import carmina
from carmina import ArrangeBrief, BadInput, Metre, Style
from carmina.conductor import Conductor, read_style
from carmina.registry import Registry

HAUL = {"2/4": "D . . U", "3/4": "D . . U . .", "3/8": "D . U"}
ROCKS = {"2/4": "1 .", "3/4": "1 . 8", "3/8": "1 . 5"}
STOMP = {"2/4": "K S", "3/4": "K S S", "3/8": "K . S"}
PARTS = (
    {"writer": "guitar", "strum": "haul"},
    {"writer": "bass", "pattern": "rocks"},
    {"writer": "drums", "pattern": "stomp"},
)
PATTERNS = {"strum": {"haul": HAUL}, "bass": {"rocks": ROCKS}, "drums": {"stomp": STOMP}}
SEA = Style("sea-song", "hauling", options={"parts": PARTS, "harmony": {"genre": "popular"}}, patterns=PATTERNS)


def conductor_with(style):
    stranger = SimpleNamespace(carmina_styles=carmina.hookimpl(lambda: [style]))
    point = SimpleNamespace(name="stranger", dist=None, load=lambda: stranger)
    return Conductor(Registry([*entry_points(group="carmina"), point], strict=True))


def arranged(style=SEA, metre=Metre(4, 4)):
    return (
        conductor_with(style)
        .get("writer", "arrange")()
        .write(ArrangeBrief(tune(VERSE, LENGTHS, metre), style.name), conductor_with(style))
    )


@pytest.mark.parametrize("metre", [Metre(4, 4), Metre(3, 4), Metre(6, 8), Metre(5, 4), Metre(7, 8)], ids=str)
def test_its_players_play_its_patterns_in_every_metre(metre):
    score = arranged(metre=metre)
    drums = next(track for track in score.tracks if track.role == "drums")
    assert {track.role for track in score.tracks} == {"voice", "guitar", "bass", "drums"}
    asked = {(s.onset_ticks, sign) for s in strokes(STOMP, metre) for sign in s.token}
    bar = range(metre.bar_ticks, 2 * metre.bar_ticks)
    names = {36: "K", 38: "S"}
    assert {(n.onset_ticks - bar.start, names[n.pitch]) for n in drums.notes if n.onset_ticks in bar} == asked


def test_a_pattern_of_its_own_goes_before_a_shipped_one_of_its_name():
    assert pattern("bass", "plain", {"bass": {"plain": ROCKS}}) == ROCKS
    assert pattern("bass", "plain", PATTERNS) == pattern("bass", "plain") == shipped()["bass"]["plain"]


def test_a_name_that_is_nowhere_tells_those_that_there_are():
    with pytest.raises(BadInput, match="bass pattern 'rock'; there are: rocks, plain"):
        pattern("bass", "rock", PATTERNS)


@pytest.mark.parametrize("kind", SIGNS)
def test_every_shipped_pattern_passes_the_check_of_strangers(kind):
    for name, tokens in shipped()[kind].items():
        assert checked(kind, name, tokens) == tokens


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ({"2/4": "D"}, "lacks 3/4, 3/8"),
        ({**HAUL, "13/8": "D"}, "has '13/8'"),
        ({**HAUL, "4/4": "Q"}, "strokes of B D U"),
        ({**HAUL, "4/4": " "}, "1 to 64 strokes"),
        ({**HAUL, "4/4": "D " * 65}, "1 to 64 strokes"),
        ({**HAUL, "4/4": 7}, "no table of texts"),
        ("D D", "no table of texts"),
    ],
)
def test_a_pattern_that_cannot_be_played_is_told_in_a_line(tokens, message):
    with pytest.raises(BadInput, match=message) as told:
        arranged(Style("sea-song", "x", options={"parts": PARTS[:1]}, patterns={"strum": {"haul": tokens}}))
    assert "\n" not in str(told.value)


@given(
    tokens=st.fixed_dictionaries(
        {unit: st.lists(st.sampled_from("DUB-."), min_size=1, max_size=16).map(" ".join) for unit in NEEDED}
    ),
    metre=st.sampled_from(
        [Metre(4, 4), Metre(3, 4), Metre(2, 4), Metre(6, 8), Metre(9, 8), Metre(5, 4), Metre(7, 8), Metre(11, 16)]
    ),
)
def test_strokes_stand_in_their_bar_in_order_and_never_overlap(tokens, metre):
    laid = strokes(checked("strum", "any", tokens), metre)
    ends = [stroke.onset_ticks + stroke.length_ticks for stroke in laid]
    assert all(stroke.onset_ticks < end <= metre.bar_ticks for stroke, end in zip(laid, ends, strict=True))
    assert all(end <= after.onset_ticks for end, after in zip(ends, laid[1:], strict=False))


def test_a_style_of_ones_own_says_them_in_its_card(tmp_path):
    (tmp_path / "style.toml").write_text(
        'name = "sea-song"\n[patterns.strum.haul]\n' + "".join(f'"{unit}" = "{text}"\n' for unit, text in HAUL.items()),
        "utf-8",
    )
    assert read_style(tmp_path).patterns == {"strum": {"haul": HAUL}}


def test_every_part_that_may_be_asked_for_is_one_that_a_bar_can_have():
    assert set(UNITS) >= {unit for kind in shipped().values() for tokens in kind.values() for unit in tokens}


@pytest.mark.parametrize("unit", [2, 4])
@pytest.mark.parametrize("beats", [2, 3, 4, 5, 7])
def test_each_part_of_a_simple_bar_lasts_the_beats_in_its_name(beats, unit):
    metre = Metre(beats, unit)
    beat = metre.bar_ticks // beats
    parts = units(metre)
    assert sum(ticks for _, ticks in parts) == metre.bar_ticks
    assert all(ticks == int(name.split("/")[0]) * beat for name, ticks in parts)
