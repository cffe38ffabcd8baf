"""Plugins are found one by one: a broken one is told and left out, and two of one name are an error that names both."""

import pytest

import carmina
from carmina.registry import KINDS, BrokenPluginWarning, Registry


def offers_nothing_wrong(doors):
    return doors.Point("good", doors.plugin(style=[carmina.Style("hymn", "a hymn")]))


@pytest.fixture
def with_broken(doors):
    """A registry of one good plugin and one that fails to import."""
    with pytest.warns(BrokenPluginWarning, match="plugin 'bad' is left out: ImportError: no such thing"):
        return Registry([doors.Point("bad", ImportError("no such thing")), offers_nothing_wrong(doors)])


def test_an_offer_is_found_by_kind_and_name(registry):
    assert registry.get("style", "hymn").summary == "a hymn"


def test_all_offers_of_a_kind_stand_by_name(registry):
    assert sorted(registry.all("language")) == ["de", "en", "zh"]


def test_an_unknown_name_gives_the_nearest_and_the_installed(registry):
    with pytest.raises(
        carmina.UnknownOffer, match=r"no style called 'hym'\. Did you mean 'hymn'\? Installed: hymn, song"
    ):
        registry.get("style", "hym")


def test_a_plugin_that_fails_to_import_is_left_out_and_the_rest_go_on(with_broken):
    assert list(with_broken.all("style")) == ["hymn"]
    assert with_broken.broken == {"bad": "ImportError: no such thing"}


def raises():
    raise RuntimeError("not today")


@pytest.mark.parametrize(
    ("offered", "reason"),
    [
        (raises, "RuntimeError: not today"),
        ([object()], "is not a Style"),
        (lambda: None, "TypeError"),
    ],
)
def test_a_hook_that_fails_is_left_out_with_the_reason(doors, offered, reason):
    registry = Registry([doors.Point("bad", doors.plugin(style=offered)), offers_nothing_wrong(doors)])
    with pytest.warns(BrokenPluginWarning, match=reason):
        assert list(registry.all("style")) == ["hymn"]
    assert reason in registry.broken["bad"]


class Nameless(carmina.Evaluator):
    summary = "has no name"

    def evaluate(self, work, reference=()):
        return []


class Unfinished(carmina.Evaluator):
    name, summary = "unfinished", "lacks its method"


@pytest.mark.parametrize(
    ("kind", "offer", "reason"),
    [
        ("evaluator", Nameless, "Nameless.name must be a string"),
        ("evaluator", Unfinished, "Unfinished lacks evaluate"),
        ("evaluator", Nameless(), "is not a Evaluator class"),
        ("command", "compose", "is not a click command"),
    ],
)
def test_an_offer_that_is_not_what_it_says_is_left_out_with_the_reason(doors, kind, offer, reason):
    registry = Registry([doors.Point("bad", doors.plugin(**{kind: [offer]}))])
    with pytest.warns(BrokenPluginWarning, match=reason):
        assert not registry.all(kind)


def test_strict_makes_a_broken_plugin_fatal(doors):
    with pytest.raises(carmina.BrokenPlugin, match="plugin 'bad' does not load: ImportError: gone.*uninstall"):
        Registry([doors.Point("bad", ImportError("gone"))], strict=True)
    with pytest.raises(carmina.BrokenPlugin, match="not today"):
        Registry([doors.Point("bad", doors.plugin(style=raises))], strict=True).all("style")


def test_two_offers_of_one_name_are_an_error_that_names_both(doors):
    one = doors.Point("first", doors.plugin(style=[carmina.Style("hymn", "one")]), "dist-a")
    two = doors.Point("second", doors.plugin(style=[carmina.Style("hymn", "two")]), "dist-b")
    with pytest.raises(carmina.DuplicateOffer, match=r"'hymn': first \(of dist-a\) and second \(of dist-b\)"):
        Registry([one, two]).all("style")


def test_two_plugins_of_one_name_are_an_error_that_names_both(doors):
    points = [doors.Point("same", doors.plugin(), "dist-a"), doors.Point("same", doors.plugin(), "dist-b")]
    with pytest.raises(carmina.DuplicateOffer, match="'same': dist-a and dist-b"):
        Registry(points)


def test_a_hook_is_called_once(doors):
    calls = []

    def styles():
        calls.append(1)
        return [carmina.Style("hymn", "a hymn")]

    registry = Registry([doors.Point("good", doors.plugin(style=styles))])
    registry.all("style"), registry.get("style", "hymn"), registry.listed()
    assert calls == [1]


def test_the_list_is_sorted_by_kind_and_name_and_tells_where_an_offer_comes_from(registry):
    listed = registry.listed()
    assert [e.kind for e in listed] == sorted((e.kind for e in listed), key=KINDS.index)
    hymn = next(e for e in listed if e.name == "hymn")
    assert (hymn.kind, hymn.summary, hymn.licence, hymn.distribution) == ("style", "a hymn", "Apache-2.0", "fakes")
    assert next(e for e in listed if e.kind == "command").summary == "Say hello."
