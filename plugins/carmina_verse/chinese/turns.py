"""Words that turn or compare (虽, 却, 还似): whether there is something for them to turn.

Of 20,000 regulated poems of people's, one in 120 has a 虽 that nothing answers, or a 却 in its first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CONCEDES = re.compile(r"虽|纵(?!横)|(?<![放骄])任(?=他|教)")
ANSWERS = frozenset("犹尚亦也还终却难不未无何仍自又更须莫岂谁那可应总只但奈争空已曾多")
TURNS = re.compile(r"却|翻(?=成|作|疑)|反(?=为|作|教)")
COMPARES = re.compile(r"[还又犹却]似")


def unanswered(lines: Sequence[str]) -> int:
    """How many such words of a poem in couplets have nothing to turn; a couplet that is not whole yet is not asked
    for an answer."""
    total = sum(len(TURNS.findall(line)) + len(COMPARES.findall(line)) for line in lines[:1])
    for at, line in enumerate(lines):
        opens = at % 2 == 0
        if opens and at + 1 == len(lines):
            continue
        after = lines[at + 1] if opens else ""
        total += sum(not ANSWERS & set(line[found.end() :] + after) for found in CONCEDES.finditer(line))
    return total
