"""Chinese as tokens: one a character, two kinds of marks, other words, line ends."""

from __future__ import annotations

from carmina.text import is_han

END, COMMA, STOP, OTHER = "/", ",", ".", "w"
_MARKS = dict.fromkeys("，、；：,;:—…", COMMA) | dict.fromkeys("。！？.!?", STOP)


def tokens(line: str) -> list[str]:
    """The tokens of a line, without its end."""
    return [token for token, _, _ in placed(line)]


def placed(line: str) -> list[tuple[str, int, int]]:
    """(token, start, end) of each token of a line; of marks in a row the first, of other words one."""
    out: list[tuple[str, int, int]] = []
    for at, character in enumerate(line):
        if is_han(character):
            out.append((character, at, at + 1))
        else:
            token = _MARKS.get(character) or (OTHER if character.isalnum() else None)
            if token and (not out or out[-1][0] != token):
                out.append((token, at, at + 1))
    return out
