"""What a plan says that its lines say (``StanzaPlan.words``), as lots of words of which one is to stand."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import BadOption, Plan, StanzaPlan, VerseBrief

EITHER = "|"


def lots(text: str) -> list[list[str]]:
    """The words of one line, each with what may stand for it: "dusk|evening falls" -> [[dusk, evening], [falls]]."""
    found = ([word for word in lot.split(EITHER) if word] for lot in text.split())
    return [lot for lot in found if lot]


def freedom(brief: VerseBrief) -> float:
    """How freely lines say what is planned, 0..1 (``VerseBrief.options``): 0 word for word, 1 in words of one's own
    and without the small ones. Raises ``BadOption``."""
    try:
        found = float(str(brief.options.get("freedom", 0.0)))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise BadOption("freedom", brief.options["freedom"], "0 to 1")
    return found


def told(stanzas: Sequence[StanzaPlan]) -> list[str]:
    """Every word of every line."""
    return [word for stanza in stanzas for text in stanza.words for lot in lots(text) for word in lot]


def is_worded(plan: Plan) -> bool:
    """Whether a plan tells what any of its lines say."""
    return any(text.strip() for stanza in plan.stanzas for text in stanza.words)
