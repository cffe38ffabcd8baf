"""``carmina verse --form story``: goes on from a text for 100 to 400 words.

The pre-trained base writes, or a Hugging Face folder (``--model hf:FOLDER``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import BadInput, BadModel, BadOption, NoSolution, Poem, VerseBrief
from carmina.generate import Decoded, Prefix, decode

from ..drafting.rules import Ruled, Rules, prose_rules
from ..planning.english_request import asks, understood
from .passage import Bounds, Passage

FORMS = ("story", "prose")
BASE = "base"
LENGTHS = Bounds(100, 400)
USUAL = 200  # words
DRAFTS = 3
TEMPERATURE = 0.8
LONGEST = 6000  # characters of a prompt


def write(brief: VerseBrief, workshop: Any) -> list[Poem]:
    """Passages, the best first: each paragraph a stanza of one line, the prompt in front."""
    prompt, about = _beginning(brief), _subject(brief)
    if not prompt and not about:
        raise BadInput(
            f"--form {brief.form} goes on from a text, or tells of something. Give its beginning with --prompt, or a "
            "word."
        )
    if len(prompt) > LONGEST:
        raise BadOption("--prompt", f"{len(prompt)} characters", f"at most {LONGEST}")
    words = int(str(brief.options.get("words", USUAL)))
    if not LENGTHS.least <= words <= LENGTHS.most:
        raise BadOption("words", words, f"{LENGTHS.least} to {LENGTHS.most}")
    voice, decoder = _voice(brief, workshop), workshop.get("decoder", brief.decoder or "nucleus")()
    rules = prose_rules(voice, brief, workshop)
    found = _drafts(voice, decoder, voice.story(prompt, about), Bounds(words * 3 // 4, words), brief, rules)
    if not any(_passage(one).whole() for one in found):
        raise NoSolution("the model wrote no whole sentence. Give a longer --prompt, or another model.")
    best = sorted(found, key=lambda one: -_worth(one))
    return [_printed(prompt, _passage(one).whole(), brief) for one in best if _passage(one).whole()]


def _voice(brief: VerseBrief, workshop: Any) -> Any:
    """What writes: the base, or a borrowed model."""
    kind, _, folder = (brief.model or BASE).partition(":")
    if kind == "hf":
        from ..external.backends import borrowed_name, hugging_face

        workshop.used(borrowed_name(kind, folder))
        return hugging_face(folder)
    if kind != BASE or folder:
        raise BadModel(
            f"--form {brief.form}: {brief.model!r} writes no prose. Give --model base, which is the default, or "
            "hf:FOLDER, a causal language model."
        )
    from ..english.pretrained.voice import base_voice

    return base_voice(workshop)


def _beginning(brief: VerseBrief) -> str:
    """The text to go on from; a request that asks for a story is none."""
    return (brief.prompt or ("" if asks(brief.request) else brief.request)).strip()


def _subject(brief: VerseBrief) -> str:
    """What a story without a beginning is about."""
    if brief.prompt:
        return ""
    if asks(brief.request):
        return understood(brief.request).subject
    return " and ".join(word if word[:1].isupper() or word.endswith("s") else _one(word) for word in brief.keywords)


def _one(noun: str) -> str:
    return ("an " if noun[:1] in "aeiou" else "a ") + noun


def _passage(one: Decoded) -> Passage:
    """What was decoded, without the rules that it stood under."""
    passage: Passage = getattr(one.hypothesis, "inner", one.hypothesis)
    return passage


def _drafts(
    voice: Any, decoder: Any, opening: list[int], bounds: Bounds, brief: VerseBrief, rules: Rules | None
) -> list[Decoded]:
    *tokens, last = opening
    state = voice.start(1)
    if tokens:
        _logits, state = voice.step(np.array([tokens]), state)
    many, bounds = brief.candidates or DRAFTS, replace(bounds, tokens=max(1, voice.window - len(tokens) - 2))
    passages: list[Any] = [Passage([*tokens, last], voice.text, voice, bounds) for _ in range(many)]
    if rules is not None:
        passages = [Ruled(passage, rules, ()) for passage in passages]
    seeds = [[brief.seed, 3, number] for number in range(many)]
    return decode(voice, passages, decoder, seeds, brief.temperature or TEMPERATURE, Prefix(state, last))


def _worth(one: Decoded) -> float:
    """Fluency, less what says the same words again."""
    words = re.findall(r"[^\W\d_]+", _passage(one).whole().lower())
    return one.fluency + 2.0 * len(set(words)) / max(1, len(words)) ** 0.8


def _joined(prompt: str, text: str) -> str:
    """A text and what a model wrote after it: with a space where the model wrote one, or a mark and a word would
    touch."""
    touch = prompt[-1:] in ".,;:!?" and text[:1].isalnum()
    return prompt + (" " if prompt and touch else "") + (text if prompt else text.lstrip())


def _printed(prompt: str, text: str, brief: VerseBrief) -> Poem:
    paragraphs = [" ".join(own.split()) for own in re.split(r"\n\s*\n", _joined(prompt, text)) if own.strip()]
    notes = {"form": brief.form, "seed": brief.seed, "model": brief.model or "", "prompt": prompt}
    return Poem(tuple((own,) for own in paragraphs), brief.form, "", notes=notes)
