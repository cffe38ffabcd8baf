"""A verse writer that needs no model: lines of the form's length, told apart by their number."""

import pytest

from carmina import Form, FormLine, Poem, Style, Writer


class Verse(Writer):
    name, summary, takes, gives = "verse", "counts", "VerseBrief", "Poem"
    asked = []

    def write(self, brief, workshop):
        Verse.asked.append(brief)
        form = workshop.get("form", brief.form)
        shape = next(iter(form.variants.values()))
        stanzas = shape * (brief.stanzas or form.repeat or 1)
        lines = iter(range(1000))
        return Poem(
            tuple(
                tuple(_line(len(line.patterns[0]), next(lines), brief.seed) for line in stanza) for stanza in stanzas
            ),
            form.name,
            form.language,
            "Counted",
        )


def _line(syllables, number, seed):
    return " ".join(["la"] * (syllables - 2) + [f"l{chr(97 + number % 26)}", f"s{'aeiou'[seed % 5]}"])


def form(name, shape, repeat, language="en", aliases=()):
    lines = tuple(tuple(FormLine(("-" * n,)) for n in stanza) for stanza in shape)
    return Form(name, name, language, {"": lines}, aliases, repeat)


FORMS = [
    form("ballad", [(4, 3, 4, 3)], 4, aliases=("common",)),
    form("couplets", [(4, 4)], 6),
    form("limerick", [(5, 5, 3, 3, 5)], 0),
    form("sonnet", [(5, 5, 5, 5)] * 3 + [(5, 5)], 0),
    form("七绝", [(7, 7, 7, 7)], 0, "zh"),
]


class Workshop:
    """Real readers, fake verse."""

    def __init__(self):
        from carmina.conductor import Conductor

        self.conductor = Conductor()
        self.styles = {
            "popular": Style("popular", ""),
            "hymn": Style("hymn", ""),
            "odd": Style("odd", "", options={"sections": ("bridge", "verse")}),
        }
        Verse.asked.clear()

    def get(self, kind, name):
        return {"form": self.all("form"), "style": self.styles, "writer": {"verse": Verse}}[kind][name]

    def all(self, kind):
        assert kind == "form"
        return {one.name: one for one in FORMS}

    def sheet(self, data, suffix=".txt"):
        return self.conductor.sheet(data, suffix)


@pytest.fixture
def workshop():
    return Workshop()


@pytest.fixture
def asked():
    return Verse.asked
