"""The public checks hold for every built-in entry, and fail on what they should."""

from pathlib import Path

import click
import numpy as np
import pytest

from carmina import (
    BadOption,
    Brief,
    Constraint,
    Decoder,
    Evaluator,
    Figure,
    Form,
    FormLine,
    Language,
    Network,
    Note,
    Option,
    PitchState,
    Reader,
    Renderer,
    RhythmState,
    Score,
    State,
    Style,
    Syllable,
    Tokenizer,
    Track,
    Writer,
)
from carmina.conductor import Conductor
from carmina.registry import CONTRACTS
from carmina.testing import check, check_places, check_tokenizer, check_writer, lyrics, moments

INSTALLED = Conductor()
OFFERS = [(kind, name) for kind in CONTRACTS for name in INSTALLED.all(kind) if kind != "constraint"]
COMMANDS = list(INSTALLED.all("command"))


@pytest.mark.parametrize(("kind", "name"), OFFERS)
def test_every_built_in_offer_keeps_its_contract(kind, name):
    check(INSTALLED.get(kind, name))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_built_in_command_keeps_its_contract(name):
    check(INSTALLED.get("command", name))


class Wordless(Language):
    name, summary = "xx", "drops words"

    def claim(self, words):
        return 0.5

    def syllabify(self, words):
        return []


class Boaster(Wordless):
    summary = "claims too much"

    def claim(self, words):
        return 2.0

    def syllabify(self, words):
        return [() for _ in words]


class Changing(Renderer):
    name, summary, suffixes = "changing", "never twice the same", (".x",)
    count = 0

    def render(self, work):
        Changing.count += 1
        return b"%d" % Changing.count


class Loud(Changing):
    name, suffixes = "loud", (".X",)


class Posted(Changing):
    name, suffixes, on_page = "posted", (".z",), "wall"


class Brittle(Reader):
    name, summary, suffixes, gives = "brittle", "raises anything", (".b",), "Score"

    def read(self, data):
        return data[0]


class Lawless(Decoder):
    name, summary = "lawless", "takes what is forbidden"

    def choose(self, scores, totals, rngs, temperature):
        import numpy as np

        return np.arange(len(scores)), np.ones(len(scores), int)


class Rhymeless(Wordless):
    summary = "rhymes in its own terms"

    def syllabify(self, words):
        return [(Syllable("a", stress=1),) for _ in words]

    def rhymes_with(self, word, other):
        return "nearly"


class Stressed(Rhymeless):
    summary = "has stresses that are none"

    def pronunciations(self, word):
        return [(Syllable("a", "begin"),)]


class Overloud(Changing):
    name, suffixes, options = "overloud", (".y",), (Option("gain", "how loud", float, default=9.0, high=1.0),)


class Silent(Overloud):
    name, options = "silent-option", (Option("gain", " "),)


class Copycat(Evaluator):
    name, summary = "copycat", "one figure twice"

    def evaluate(self, work, reference=()):
        return [Figure("x", 0.5), Figure("x", 0.5)]


class Boundless(Copycat):
    name = "boundless"

    def evaluate(self, work, reference=()):
        return [Figure("x", 7.0)]


class Meddler(Decoder):
    name, summary = "meddler", "changes the scores"

    def choose(self, scores, totals, rngs, temperature):
        chosen = scores.argmax(axis=1)
        scores[:] = 0
        return np.arange(len(scores)), chosen


class Nosy(Decoder):
    name, summary = "nosy", "draws one chance for all"

    def choose(self, scores, totals, rngs, temperature):
        drawn = [rngs[0].choice(np.flatnonzero(np.isfinite(row))) for row in scores]
        return np.arange(len(scores)), np.array(drawn)


class Pitchless(Constraint):
    name, summary, task = "pitchless", "a plain constraint", "melody.pitch"

    def logit_bias(self, state):
        return np.zeros(len(state.tokens), np.float32)


class Short(Pitchless):
    name = "short"

    def logit_bias(self, state):
        return np.zeros(3, np.float32)


class Double(Pitchless):
    name = "double"

    def logit_bias(self, state):
        return np.zeros(len(state.tokens))


class Undefined(Pitchless):
    name = "undefined"

    def logit_bias(self, state):
        return np.full(len(state.tokens), np.nan, np.float32)


class Tyrant(Pitchless):
    name = "tyrant"

    def logit_bias(self, state):
        return np.full(len(state.tokens), -np.inf if state.notes_left == 0 else 0.0, np.float32)


class Fickle(Pitchless):
    name, count = "fickle", 0

    def logit_bias(self, state):
        Fickle.count += 1
        return np.full(len(state.tokens), Fickle.count, np.float32)


class Taskless(Pitchless):
    name, task = "taskless", "Pitch"


class Mute(Writer):
    name, summary, takes, gives = "mute", "gives nothing", "Lyrics", "a Score"

    def write(self, brief, workshop):
        return None


class Shapeless(Mute):
    name, gives, tasks = "shapeless", "Score", ("pitch",)


class Homeless(Mute):
    name, gives, language = "homeless", "Poem", "xx"


class Bytes(Tokenizer):
    name, summary, field_sizes = "bytes", "a byte an id", (256,)

    def encode(self, work):
        return np.frombuffer(work.encode(), np.uint8)

    def decode(self, ids):
        return bytes(ids.tolist()).decode()

    def examples(self, folder, workshop):
        return iter(())


class Fieldless(Bytes):
    name, field_sizes = "fieldless", ()


class Nameless(Bytes):
    name, field_names = "nameless", ("a", "b")


class Few(Bytes):
    name = "few"

    def classes(self):
        return ["letter"]


class Untold(Bytes):
    name = "untold"

    def tokens(self):
        return ["a"] * 256


class Modelless(Bytes):
    name = "modelless"

    def models(self):
        return {"lost": Path("nowhere.safetensors")}


@click.command("quiet")
@click.option("--loud", is_flag=True)
def quiet(loud):
    """Says nothing of its option."""


@click.command("Big Name")
def shouting():
    """Has a name that cannot be typed."""


@click.command("helpless")
def helpless():
    pass


def form(*lines, **more):
    return Form("f", "a form", "en", {"": (lines,)}, **more)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Wordless, "15 words gave 0 tuples"),
        (Boaster, "outside 0..1"),
        (Changing, "different bytes"),
        (Loud, "suffix '.X'"),
        (Posted, "on_page is 'wall'"),
        (Lawless, "forbidden"),
        (Style("a b", "c"), "no spaces"),
        (Style("a", ""), "says something"),
        (Style("a", "b", range=(60, 62)), "too narrow"),
        (Style("a", "b", mode="dorian"), "mode"),
        (Style("a", "b", scale=(12,)), "pitch classes"),
        (Style("a", "b", metres=()), "metre"),
        (Style("a", "b", tempo_bpm=(90, 20)), "tempo"),
        (Style("a", "b", program=200), "program"),
        (Style("a", "b\nc"), "one line"),
        (Rhymeless, "rhymes_with gave 'nearly'"),
        (Stressed, "does not end"),
        (Silent, "says nothing of itself"),
        (Copycat, "two figures of one name"),
        (Boundless, "outside 0.0..1.0"),
        (Meddler, "scores were changed"),
        (Nosy, "depends on the rows beside it"),
        (Short, r"a bias of shape \(3,\)"),
        (Double, "not float32"),
        (Undefined, "NaN"),
        (Tyrant, "everything is forbidden"),
        (Fickle, "different biases"),
        (Taskless, "not written like melody.pitch"),
        (Mute, "gives must name"),
        (Shapeless, "the task 'pitch'"),
        (Homeless, "usual_form"),
        (Fieldless, "field_sizes"),
        (Nameless, "2 field_names for 1 fields"),
        (Few, "1 classes for 256 ids"),
        (Untold, "carmina.Token"),
        (Modelless, "is not there"),
        (quiet, "--loud has no help"),
        (shouting, "lower case without spaces"),
        (helpless, "needs help"),
        (form(FormLine(("-x-",))), "pattern '-x-'"),
        (form(FormLine(("-+",), refrain="^A")), "which is not there"),
        (form(FormLine(("-+",), closing="A")), "closes with the word 'A'"),
        (form(FormLine(("-+",)), parallel=(0,)), "parallel"),
    ],
)
def test_a_broken_contract_is_told(entry, message):
    with pytest.raises(AssertionError, match=message):
        check(entry)


def test_an_option_must_allow_its_own_default():
    with pytest.raises(BadOption, match="gain"):
        check(Overloud)


def test_a_plain_constraint_and_a_plain_tokenizer_pass():
    check(Pitchless)
    check_tokenizer(Bytes, "silver moon")


class Cased(Bytes):
    name = "cased"

    def decode(self, ids):
        return super().decode(ids).upper()


class Wide(Bytes):
    name, field_sizes = "wide", (100,)


class Float(Bytes):
    name = "float"

    def encode(self, work):
        return super().encode(work).astype(float)


@pytest.mark.parametrize(
    ("entry", "message"), [(Cased, "other ids"), (Wide, "outside its field"), (Float, "not whole numbers")]
)
def test_a_tokenizer_that_does_not_come_back_is_told(entry, message):
    with pytest.raises(AssertionError, match=message):
        check_tokenizer(entry, "silver moon")


class Net(Network):
    """Sums what has been seen so far; its runner does the same."""

    name, summary, sees, shift = "net", "a running sum", 0, 0.0

    def build(self, config):
        import torch

        net, size = self, config["fields"][0]

        class Module(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.table = torch.nn.Parameter(torch.randn(size, size + net.wider))

            def forward(self, ids, state=None):
                rows = self.table[ids[..., 0]]
                return rows.sum(dim=1, keepdim=True).expand_as(rows) if net.sees else rows.cumsum(dim=1), None

        return Module()

    wider = 0

    def open(self, weights, config):
        net = self

        class Runner:
            fields = config["fields"]

            def start(self, batch):
                return np.zeros((batch, config["fields"][0]), np.float32)

            def step(self, ids, state):
                state = state + weights["table"][ids[:, 0]]
                return state + np.float32(net.shift) * np.arange(state.shape[1], dtype=np.float32), state

            def reorder(self, state, parents):
                return state[parents]

        return Runner()


class Seer(Net):
    name, sees = "seer", 1


class Drifting(Net):
    name, shift = "drifting", 1.0


class Wider(Net):
    name, wider = "wider", 1


def test_a_network_that_keeps_its_contract_passes():
    check(Net)


@pytest.mark.parametrize(
    ("entry", "message"),
    [(Seer, "sees a later one"), (Drifting, "spreads from the module's"), (Wider, r"not \(B, T, V\)")],
)
def test_a_network_that_breaks_its_contract_is_told(entry, message):
    with pytest.raises(AssertionError, match=message):
        check(entry)


class Humming(Writer):
    name, summary, takes, gives, count = "humming", "sings the words of the brief", "Lyrics", "Score", 0

    def write(self, brief, workshop):
        notes = [Note(60, 480 * at, 480, syllable) for at, syllable in enumerate(self.words(brief))]
        return Score((Track(tuple(notes)),))

    def words(self, brief):
        return brief.lyrics.syllables


class Forgetful(Humming):
    name = "forgetful"

    def words(self, brief):
        return brief.lyrics.syllables[1:]


class Restless(Humming):
    name = "restless"

    def words(self, brief):
        Humming.count += 1
        return brief.lyrics.syllables[: Humming.count]


class Poetic(Humming):
    name, gives = "poetic", "Poem"


@pytest.mark.parametrize(
    ("entry", "message"),
    [(Forgetful, "5 syllables were to be sung, 4 are"), (Restless, "different works"), (Poetic, "gave a Score")],
)
def test_a_writer_that_breaks_its_contract_is_told(entry, message):
    check_writer(Humming, None, Brief(lyrics()))
    with pytest.raises(AssertionError, match=message):
        check_writer(entry, None, Brief(lyrics()))


def test_moments_are_the_states_of_the_contract():
    for moment in moments():
        assert isinstance(moment, State) and isinstance(moment, PitchState) and isinstance(moment, RhythmState)


def test_a_reader_that_lets_other_errors_out_fails_its_check():
    with pytest.raises(IndexError):
        check(Brittle)


@pytest.mark.parametrize("places", [["begin"], ["middle"], ["begin", "single"], ["end"]])
def test_places_that_do_not_make_words_are_told(places):
    with pytest.raises(AssertionError, match="places|does not end"):
        check_places("xx", "w", tuple(Syllable("a", place) for place in places))
