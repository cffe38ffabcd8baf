"""The text of a LilyPond file -> tokens. Source: the LilyPond notation reference 2.24, and the learning manual on its
syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import BadInput

MOST_TOKENS = 400_000
MOST_STEPS = 1_000_000  # tokens visited in all, variables used again included
DEEPEST = 60  # braces and variables within one another
SCHEME = "#"  # stands for any Scheme expression
_TOKEN = re.compile(
    r"""
    %\{.*?(?:%\}|\Z) | %[^\n]* | (?P<string>"(?:\\.|[^"\\])*") | (?P<sign>\\\\|<<|>>|[{}=<>]|\\[^A-Za-z\s])
  | (?P<command>\\[A-Za-z]+(?:[-_][A-Za-z]+)*) | (?P<scheme>[#$]) | (?P<word>[^\s{}"\\%<>=#$]+)
""",
    re.VERBOSE | re.DOTALL,
)
_GO_ON = ("\\alternative", "\\addlyrics", "\\lyricsto")  # what belongs to the group before it
_OPEN, _CLOSE = {"{": "}", "<<": ">>"}, ("}", ">>")


def tokens_of(text: str) -> list[str]:
    """Signs, words, commands with their backslash, strings with their quotes; Scheme becomes ``#``."""
    found: list[str] = []
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match.lastgroup == "scheme":
            at = _past_scheme(text, at)
            found.append(SCHEME)
        elif match.lastgroup:
            found.append(match[0])
        if len(found) > MOST_TOKENS:
            raise BadInput(f"the LilyPond file has more than {MOST_TOKENS:,} words and signs. Split it.")
    return found


def _past_scheme(text: str, at: int) -> int:
    """The end of one Scheme expression: quotes, then a list, a string, or an atom."""
    atom = re.compile(r"['`,@]*(?:#?\(|\"(?:\\.|[^\"\\])*\"|\{|[^\s{}()\"]+)").match(text, at)
    if not atom:
        return at
    if not atom[0].endswith(("(", "{")) or atom[0].startswith('"'):
        return atom.end()
    depth, place = 0, atom.end() - 1
    for sign in re.compile(r";[^\n]*|\"(?:\\.|[^\"\\])*\"|#\\.|[(){}]", re.DOTALL).finditer(text, place):
        depth += (sign[0] in "({") - (sign[0] in ")}") if len(sign[0]) == 1 else 0
        if depth == 0:
            return sign.end()
    return len(text)


@dataclass(slots=True)
class Budget:
    """What may still be spent on one file."""

    steps: int = MOST_STEPS

    def spend(self, depth: int) -> None:
        self.steps -= 1
        if self.steps < 0 or depth > DEEPEST:
            raise BadInput(
                "the LilyPond file uses its variables more often, or deeper, than is read. Write the music out."
            )


class Cursor:
    """A place in a list of tokens."""

    def __init__(self, tokens: Sequence[str], at: int = 0, end: int | None = None):
        self.tokens, self.at = tokens, at
        self.end = len(tokens) if end is None else end

    def __bool__(self) -> bool:
        return self.at < self.end

    def peek(self, ahead: int = 0) -> str:
        """The token there, empty past the end."""
        return self.tokens[self.at + ahead] if self.at + ahead < self.end else ""

    def take(self) -> str:
        """The token there, which is passed; empty at the end."""
        if not self:
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def group(self) -> Cursor:
        """What stands between the brace here and its partner, which is passed."""
        start, depth = self.at + 1, 0
        while self:
            token = self.take()
            depth += (token in _OPEN) - (token in _CLOSE)
            if depth == 0:
                return Cursor(self.tokens, start, self.at - 1)
        return Cursor(self.tokens, start, self.end)

    def skip_expression(self) -> None:
        """Past one argument: a group, a string, or commands with what they stand before."""
        if self.peek() == SCHEME:
            self.take()
            return
        while is_command(self.peek()) or self.peek() == SCHEME:
            self.take()
        if self.peek() in _OPEN:
            self.group()
        elif self.peek() not in _CLOSE:
            self.take()


def is_command(token: str) -> bool:
    """Whether a token is a backslash and a name."""
    return token[:1] == "\\" and token[1:2].isalpha()


def definitions(tokens: Sequence[str]) -> tuple[dict[str, Cursor], list[Cursor]]:
    """Variables by name, and everything else that stands outside of braces, cut at each definition."""
    named: dict[str, Cursor] = {}
    others: list[Cursor] = []
    for start, end in _statements(tokens):
        if end - start > 2 and tokens[start + 1] == "=":
            named[tokens[start].strip('"')] = Cursor(tokens, start + 2, end)
        else:
            others.append(Cursor(tokens, start, end))
    return named, others


def _statements(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, past the last) token of each stretch between definitions."""
    start = depth = 0
    for at, token in enumerate(tokens):
        begins = (
            depth == 0 and at + 1 < len(tokens) and tokens[at + 1] == "=" and re.fullmatch(r'"?[A-Za-z][\w-]*"?', token)
        )
        block = depth == 0 and token in ("\\score", "\\book", "\\header", "\\paper", "\\layout", "\\midi")
        if (
            (begins or block)
            and at > start
            and tokens[at - 1] not in ("\\new", "\\context", "\\change", "\\set")
            and not (begins and at >= 2 and tokens[at - 2] in ("\\new", "\\context", "\\change"))
        ):
            yield start, at
            start = at
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth == 0 and token in _CLOSE and (at + 1 == len(tokens) or tokens[at + 1] not in _GO_ON):
            yield start, at + 1
            start = at + 1
    if start < len(tokens):
        yield start, len(tokens)
