"""What can go wrong, said in one line: what was asked, what was got, what is allowed, what to do.

Raised for whatever a user can cause; the command line prints the message and exits with status 2. A fault that only
we can cause is an ``assert``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_LISTED = 40  # names that a message lists; of more, the nearest
NEAREST = 5
MOST_SHOWN = 120  # characters of a value that a message repeats


class CarminaError(Exception):
    """The root of every error that a user can cause. Its message is one printable line, whatever it was made of."""

    option: str | None = None  # what it is about, as it is spelt on the command line, where that is known

    def __init__(self, message: object = "", *more: object):
        super().__init__(one_line(message), *more)


def one_line(message: object) -> str:
    """A text as one line that any terminal can show."""
    line = " ".join(str(message).split())
    return line if line.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


def shown(value: object) -> str:
    """A value as a message repeats it: its beginning, however large or deep it is."""
    try:
        text = repr(value)
    except (ValueError, RecursionError, OverflowError):  # a number of thousands of digits, a list in lists in lists
        text = f"a {type(value).__name__}"
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


class UnknownEntry(CarminaError):
    """No plugin offers this name."""

    def __init__(self, kind: str, asked: str, known: Iterable[str]):
        known = sorted(known)
        wanted, many = shown(asked).strip("'").lower(), len(known) > MOST_LISTED
        near = difflib.get_close_matches(wanted, known, n=NEAREST if many else 3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
        listed = ", ".join(known) if known else "none"
        all_of = f"`carmina plugins` lists all {len(known)}" if many else f"Installed: {listed}"
        super().__init__(f"no {kind} called {shown(asked)}.{hint} {all_of}.")


class DuplicateEntry(CarminaError):
    """Two plugins offer one name: neither wins in silence."""

    def __init__(self, kind: str, name: str, first: str, second: str):
        super().__init__(
            f"two plugins offer a {kind} called {name!r}: {first} and {second}. Leave one out (--without), or "
            "uninstall it."
        )


class BrokenPlugin(CarminaError):
    """A plugin failed to import or offered something that is not an entry (fatal only under ``--strict-plugins``)."""

    def __init__(self, name: str, reason: str):
        super().__init__(f"plugin {name!r} does not load: {reason}. Repair or uninstall it.")


class FaultyEntry(CarminaError):
    """What a plugin offers gave something else than it promises."""

    def __init__(self, kind: str, name: str, plugin: str, got: str, promised: str):
        super().__init__(
            f"the {kind} {name!r} of the plugin {plugin} gave {got}, not {promised}. Report it to the plugin's authors."
        )


class BadInput(CarminaError):
    """What came from outside cannot be used; the message says why and what to do."""


class BadOption(CarminaError):
    """A setting outside what is allowed."""

    def __init__(self, name: str, got: object, allowed: str):
        super().__init__(f"{name}: got {shown(got)}; allowed: {allowed}.")
        self.option = name if name.replace("-", "").replace("_", "").isalpha() else None


class NoSolution(CarminaError):
    """The request contradicts itself: nothing satisfies every rule at once; says which to relax."""


class BadModel(CarminaError):
    """A model file is missing, damaged, or of another kind."""


class CorpusWarning(UserWarning):
    """A corpus is not as its card says."""


class LanguageWarning(UserWarning):
    """Words were read as of a language that little speaks for."""


class BrokenPluginWarning(UserWarning):
    """A plugin, or a style of the user's own, was left out; the rest go on working."""
