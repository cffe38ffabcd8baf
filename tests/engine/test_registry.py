"""Plugins are found one by one: a broken one is told and left out, and two of one name are an error that names both."""

import time
from types import SimpleNamespace

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


def test_an_entry_is_found_by_kind_and_name(registry):
    assert registry.get("style", "hymn").summary == "a hymn"


def test_all_offers_of_a_kind_stand_by_name(registry):
    assert sorted(registry.all("language")) == ["de", "en", "zh"]


def test_an_unknown_name_gives_the_nearest_and_the_installed(registry):
    with pytest.raises(
        carmina.UnknownEntry, match=r"no style called 'hym'\. Did you mean 'hymn'\? Installed: hymn, song"
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
    ("kind", "entry", "reason"),
    [
        ("evaluator", Nameless, "Nameless.name must be a string"),
        ("evaluator", Unfinished, "Unfinished lacks evaluate"),
        ("evaluator", Nameless(), "is not a Evaluator class"),
        ("command", "compose", "is not a click command"),
    ],
)
def test_an_entry_that_is_not_what_it_says_is_left_out_with_the_reason(doors, kind, entry, reason):
    registry = Registry([doors.Point("bad", doors.plugin(**{kind: [entry]}))])
    with pytest.warns(BrokenPluginWarning, match=reason):
        assert not registry.all(kind)


def test_strict_makes_a_broken_plugin_fatal(doors):
    with pytest.raises(carmina.BrokenPlugin, match="plugin 'bad' does not load: ImportError: gone.*uninstall"):
        Registry([doors.Point("bad", ImportError("gone"))], strict=True)
    with pytest.raises(carmina.BrokenPlugin, match="not today"):
        Registry([doors.Point("bad", doors.plugin(style=raises))], strict=True).all("style")


@pytest.fixture
def rivals(doors):
    """Two plugins that offer a style of one name, and one of them another."""
    one = doors.plugin(style=[carmina.Style("hymn", "one"), carmina.Style("carol", "one")])
    return [
        doors.Point("first", one, "dist-a"),
        doors.Point("second", doors.plugin(style=[carmina.Style("hymn", "two")]), "dist-b"),
    ]


def test_two_offers_of_one_name_are_told_and_refused_only_when_asked_for(rivals):
    registry = Registry(rivals)
    named = r"'hymn': first \(of dist-a\) and second \(of dist-b\)"
    with pytest.warns(BrokenPluginWarning, match=named):
        assert list(registry.all("style")) == ["carol"]
    with pytest.raises(carmina.DuplicateEntry, match=named):
        registry.get("style", "hymn")
    assert registry.get("style", "carol").summary == "one" and "hymn" in registry.faults[0]


def test_a_name_that_two_plugins_use_is_listed_twice(rivals):
    with pytest.warns(BrokenPluginWarning):
        listed = [(entry.name, entry.plugin) for entry in Registry(rivals).listed()]
    assert listed == [("carol", "first"), ("hymn", "first"), ("hymn", "second")]


def test_strict_makes_a_name_that_two_plugins_use_fatal(rivals):
    with pytest.raises(carmina.DuplicateEntry, match="'hymn'"):
        Registry(rivals, strict=True).all("style")


def test_leaving_one_out_settles_it(rivals):
    assert Registry(rivals, without=["second"]).get("style", "hymn").summary == "one"
    assert Registry(rivals, without=["dist-a"]).get("style", "hymn").summary == "two"


def test_an_unknown_name_to_leave_out_gives_the_nearest(rivals):
    with pytest.raises(carmina.UnknownEntry, match="no plugin called 'secnd'.*Did you mean 'second'"):
        Registry(rivals, without=["secnd"])


def test_two_plugins_of_one_name_are_told_and_both_work(doors):
    points = [
        doors.Point("same", doors.plugin(style=[carmina.Style("a", "a")]), "dist-a"),
        doors.Point("same", doors.plugin(style=[carmina.Style("b", "b")]), "dist-b"),
    ]
    with pytest.warns(BrokenPluginWarning, match="'same': of dist-a and of dist-b"):
        assert sorted(Registry(points).all("style")) == ["a", "b"]
    with pytest.raises(carmina.DuplicateEntry, match="'same': dist-a and dist-b"):
        Registry(points, strict=True)


def test_a_plugin_that_ends_the_program_at_import_is_left_out(doors):
    with pytest.warns(BrokenPluginWarning, match="plugin 'quits' is left out: it ended the program .SystemExit: 3"):
        registry = Registry([doors.Point("quits", SystemExit(3)), offers_nothing_wrong(doors)])
    assert list(registry.all("style")) == ["hymn"]


def test_a_misspelt_hook_is_told_with_the_one_that_was_meant(doors):
    point = doors.Point("typo", doors.plugin(rendere=[]))
    with pytest.warns(
        BrokenPluginWarning, match="plugin 'typo': 'carmina_renderes' is no hook.*mean 'carmina_renderers'"
    ):
        registry = Registry([point, offers_nothing_wrong(doors)])
    assert list(registry.all("style")) == ["hymn"]
    with pytest.raises(carmina.CarminaError, match="carmina_renderes"):
        Registry([point], strict=True)


def test_a_hook_without_its_mark_is_told(doors):
    def carmina_styles():
        return []

    with pytest.warns(BrokenPluginWarning, match="mark it with @carmina.hookimpl"):
        Registry([doors.Point("bare", SimpleNamespace(carmina_styles=carmina_styles))])


@pytest.mark.parametrize("asked", [carmina.API_VERSION + 1, "2", 0, True])
def test_a_plugin_for_a_later_engine_is_told(doors, asked):
    plugin = doors.plugin(style=[carmina.Style("new", "new")])
    plugin.CARMINA_API = asked
    with pytest.warns(BrokenPluginWarning, match="API version|CARMINA_API must be"):
        assert not Registry([doors.Point("new", plugin)]).all("style")


def test_a_plugin_for_this_or_an_earlier_engine_loads(doors):
    for asked in range(1, carmina.API_VERSION + 1):
        plugin = doors.plugin(style=[carmina.Style("old", "old")])
        plugin.CARMINA_API = asked
        assert Registry([doors.Point("old", plugin)]).all("style")


class Bend(carmina.Constraint):
    name, summary, task = "bend", "nothing", "melody.pitches"

    def logit_bias(self, state):
        return None


class Singer(carmina.Writer):
    name, summary, takes, gives, tasks = "singer", "a writer", "Lyrics", "Score", ("melody.pitch", "melody.rhythm")

    def write(self, brief, workshop):
        return None


def test_a_constraint_for_a_task_that_nothing_has_is_refused_by_name(doors):
    class Right(Bend):
        name, task = "right", "melody.rhythm"

    registry = Registry([doors.Point("bends", doors.plugin(constraint=[Bend, Right], writer=[Singer]))])
    with pytest.warns(
        BrokenPluginWarning, match="task 'melody.pitches', which no writer has. Did you mean 'melody.pitch'"
    ):
        assert list(registry.all("constraint")) == ["right"]


def test_the_time_that_each_plugin_took_is_kept(doors):
    def slow():
        time.sleep(0.02)
        return []

    registry = Registry([doors.Point("slow", doors.plugin(style=slow)), offers_nothing_wrong(doors)])
    registry.all("style")
    assert registry.plugins["slow"].seconds >= 0.02


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
