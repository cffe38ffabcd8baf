"""What a terminal leaves in copied words: colours, prompts with their commands, escapes that were never read.

A line is taken for a prompt only by its whole shape (``name@host:~$``, ``$ cat words.txt``); a line of a song that
begins with a
sign of money stays.
"""

from __future__ import annotations

import re

_COLOUR = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_COMMAND = (
    r"(?:sudo )?(?:cat|cd|cp|curl|carmina|echo|export|git|grep|less|ls|make|nano|pip3?|printf|python3?|source|vim?)\b"
)
_PROMPT = re.compile(
    r"\s*(?:\([\w.-]+\) ?)?(?:"
    r"[\w.-]+@[\w.-]+(?::| )[^\s$#%]*\s?[$#%](?:\s|$)"  # name@host:~$
    r"|\[[\w.-]+@[\w.-]+ [^\]\n]*\][$#](?:\s|$)"  # [name@host folder]$
    r"|PS [A-Za-z]:\\[^>\n]*>|[A-Za-z]:\\[^>\n]*>"  # Windows
    rf"|[$#%] {_COMMAND}|>>> "
    r"|[$%] (?:sudo )?[a-z][\w./-]*(?: [^\n]*)? (?:-{1,2}[A-Za-z]|&&|\||>>?)(?:\W|\w*(?:\s|$)))"  # flags, pipes
)
_SAID = re.compile(r"\s*(?:\S*/)?(?:ba|z|da|k|fi)?sh: .*(?:not found|denied|No such file)|\s*EOF\s*$")
_HEREDOC = re.compile(rf"\s*{_COMMAND}.*<<-?\s*['\"]?\w+['\"]?\s*$")
_ESCAPE = re.compile(r"(?<!\\)\\(?:r\\n|[nr])")
_TAB = re.compile(r"(?<!\\)\\t\b")


def without_colours(text: str) -> str:
    """A text without the sequences that colour a terminal."""
    return _COLOUR.sub("", text) if "\x1b" in text else text


def without_prompts(text: str) -> str:
    """A text whose ``\\n`` that stands as two signs ends a line, and without lines that a shell wrote or was told."""
    if "\\" in text:
        text = _TAB.sub(" ", _ESCAPE.sub("\n", text))
    return "\n".join("" if _of_a_shell(line) else line for line in text.split("\n"))


def shell_lines(text: str) -> int:
    """How many lines :func:`without_prompts` leaves out."""
    return sum(_of_a_shell(line) for line in text.split("\n"))


def _of_a_shell(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_PROMPT, _SAID, _HEREDOC))
