"""An English plan: what each stanza is about, its images in order, how its lines close and open, and rhymes of its
own subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from carmina import Plan, StanzaPlan

from ..english.manners import FINAL, Manners
from ..english.scene import Lore
from ..forms.slots import Slot
from .images import Images
from .said import is_worded, told

TURNS = ("but", "yet", "now", "still")  # what makes a turn audible
TURN_LINES = 8  # of a poem of one stanza, from which it has a turn
TURN_AT = 0.6  # of its lines, or a little later, behind a full stop
ENDS_ON_IT = 0.6  # share of poems whose last line ends on the ending, where that rhymes
SPEAKERS = (("I", 0.5), ("we", 0.12), ("", 0.38))  # of poems that name nobody
AS_THEY_COME = ("limerick",)  # forms whose lines close, open and end as the model has them: a plan breaks the joke
IMAGES = 3  # of a stanza
LEAST_RHYMED = 0.3  # nearness that two words need together to be planned as a rhyme
POOL = 500  # words that are tried for rhymes
HEAT = 0.12  # of the draw among rhymes
WORN = 0.05  # taken from a rhyme for each nat that its words are worn
PLANNED_GROUPS = 1  # rhyme groups of a stanza whose words are planned, at most
MOOD_IMAGES = {
    "sad": "tears gray empty grave silence lost", "joyful": "laughter bright dance sunlight song bells",
    "tender": "hand gentle kiss warm soft eyes", "angry": "fire iron storm stone blood thunder",
    "quiet": "still snow evening water hush dusk", "comic": "nose hat pig pie tail wig",
    "dark": "shadow night bone cold crow dust", "longing": "far road window letter sea gone",
    "hopeful": "dawn seed spring light morning green", "devout": "prayer candle altar bread heaven bells",
}  # fmt: skip
UNASKED = ("quiet", "tender", "longing", "sad")  # moods that are drawn where none is asked for
OPPOSITES = {
    "sad": "joyful", "joyful": "sad", "tender": "angry", "angry": "tender", "quiet": "angry", "comic": "sad",
    "dark": "joyful", "hopeful": "sad",
}  # fmt: skip


def planned(studio: Any, asked: Plan, slots: Sequence[Slot], rng: np.random.Generator) -> Plan:
    """The plan filled in: whatever it says already stays."""
    if is_worded(asked):
        return _as_told(asked, slots, rng)
    images = Images(studio.associations, studio.hidden)
    subjects = [word for word in asked.keywords if images.of(word)] or list(asked.keywords)
    sizes = [sum(slot.stanza == number for slot in slots) for number in range(1 + slots[-1].stanza)]
    pools = _pools(images, subjects, asked, rng)
    if not asked.mood and asked.form not in AS_THEY_COME:
        asked = replace(asked, mood=str(rng.choice(UNASKED)))  # a poem without one is comic where its things are small
    chosen = asked.images or tuple(_ordered(pools, IMAGES * len(sizes)))
    filled, own = [], list(asked.stanzas)
    for number, size in enumerate(sizes):
        given = own[number] if number < len(own) else StanzaPlan()
        few = chosen[len(chosen) * number // len(sizes) : len(chosen) * (number + 1) // len(sizes)]
        about = given.subject or (subjects[number % len(subjects)] if subjects else "")
        closed = _closed(given, size, rng, number == len(sizes) - 1, Manners.of(asked.manner))
        filled.append(_stanza(given, closed, about, few, size, rng))
    plan = replace(
        asked,
        images=chosen,
        stanzas=tuple(filled),
        turn=asked.turn or _turn(len(sizes)),
        speaker=asked.speaker or _speaker(studio, asked, rng),
        ending=asked.ending or _ending(subjects, chosen, slots),
    )
    if asked.form in AS_THEY_COME:
        kept = [*own, *(StanzaPlan() for _ in filled)]
        bare = (replace(new, marks=old.marks, openers=old.openers) for new, old in zip(filled, kept, strict=False))
        return replace(plan, stanzas=tuple(bare))
    return replace(plan, stanzas=tuple(_with_rhymes(studio, images, plan, slots, rng)))


def _as_told(asked: Plan, slots: Sequence[Slot], rng: np.random.Generator) -> Plan:
    """A plan that says what its lines say: only how they close and open is drawn, where it does not tell."""
    sizes = [sum(slot.stanza == number for slot in slots) for number in range(1 + slots[-1].stanza)]
    own = [*asked.stanzas, *[StanzaPlan()] * len(sizes)]
    filled = [
        _closed(own[number], size, rng, number == len(sizes) - 1, Manners.of(asked.manner))
        for number, size in enumerate(sizes)
    ]
    words = set(told(filled))
    speaker = asked.speaker or next((name for name in ("I", "we") if name.lower() in words), "")
    return replace(asked, stanzas=tuple(filled), speaker=speaker)


def _turn(stanzas: int) -> int:
    """The last stanza but one of longer poems, else none."""
    return stanzas - 1 if stanzas >= 4 else stanzas if stanzas == 3 else 0


def _speaker(studio: Any, asked: Plan, rng: np.random.Generator) -> str:
    """Who speaks, drawn where nobody is named: a poem that names persons tells of them."""
    if asked.addressee:
        return "I"
    figures = Lore.shipped().figure
    if any(word in figures for word in (*asked.keywords, *_words(asked.subject))):
        return ""
    shares = [share for _name, share in SPEAKERS]
    return SPEAKERS[int(rng.choice(len(SPEAKERS), p=shares))][0]


def _ending(subjects: Sequence[str], images: Sequence[str], slots: Sequence[Slot]) -> str:
    """The word to which a poem of some length returns: its first subject, else its first image."""
    return next(iter((*subjects, *images)), "") if len(slots) >= TURN_LINES else ""


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def _pools(images: Images, subjects: Sequence[str], asked: Plan, rng: np.random.Generator) -> list[list[str]]:
    """For each subject its images, nearer ones likelier to come first; the mood's last."""
    pools = []
    for subject in subjects:
        found = images.of(subject)
        keys = {word: np.log(share) * 4 + rng.gumbel() for word, share in found.items() if share > 0}
        pools.append(sorted(keys, key=lambda word: -keys[word]))
    if asked.mood:
        pools.append([str(word) for word in rng.permutation(MOOD_IMAGES[asked.mood].split())])
    return [pool for pool in pools if pool]


def _ordered(pools: list[list[str]], many: int) -> list[str]:
    """Images from all pools in turn."""
    found: list[str] = []
    for at in range(max(map(len, pools), default=0)):
        for pool in pools:
            stems = {word[:4] for word in found}
            if at < len(pool) and pool[at][:4] not in stems and len(found) < many:
                found.append(pool[at])
    return found


def _stanza(
    given: StanzaPlan, closed: StanzaPlan, about: str, images: Sequence[str], size: int, rng: np.random.Generator
) -> StanzaPlan:
    if not given.openers and size >= TURN_LINES:
        closed = replace(closed, openers=_with_turn(closed.openers, [".", *closed.marks[:-1]], rng))
    return replace(closed, subject=about, images=given.images or tuple(images))


def _closed(given: StanzaPlan, size: int, rng: np.random.Generator, final: bool, manners: Manners) -> StanzaPlan:
    """With the marks that close its lines and what may open them, drawn where the plan does not tell."""
    marks = given.marks or tuple(manners.marks(size, rng, final))
    return replace(given, marks=marks, openers=given.openers or manners.begun([".", *marks[:-1]], rng))


def _with_turn(openers: tuple[str, ...], before: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
    """A long stanza turns at a line that begins a sentence."""
    first = int(TURN_AT * len(before))
    at = next((n for n in range(first, len(before) - 1) if before[n] in FINAL), 0)
    word = str(rng.choice(TURNS[:2]))
    return (*openers[:at], word, *openers[at + 1 :]) if at else openers


def _with_rhymes(
    studio: Any, images: Images, plan: Plan, slots: Sequence[Slot], rng: np.random.Generator
) -> list[StanzaPlan]:
    """The stanzas with end words from what they are about, for rhyme groups that are free."""
    found, taken = list(plan.stanzas), {word for stanza in plan.stanzas for word in stanza.ends if word}
    for number, stanza in enumerate(found):
        own = [at for at, slot in enumerate(slots) if slot.stanza == number]
        if stanza.ends or not own:
            continue
        nearness = images.nearness(
            [w.text for w in studio.sounds.words], [*stanza.images, stanza.subject, *plan.keywords]
        )
        ends = [""] * len(own)
        if nearness is not None:
            groups = [slots[at].line.rhyme for at in own if slots[at].line.rhyme and slots[at].copies is None]
            if own[-1] == len(slots) - 1 and slots[-1].line.rhyme and slots[-1].copies is None:
                groups = [slots[-1].line.rhyme, *groups]  # the poem's last rhyme holds its ending
            for letter in list(dict.fromkeys(groups))[:PLANNED_GROUPS]:
                lines = [n for n, at in enumerate(own) if slots[at].line.rhyme == letter and slots[at].copies is None]
                if any(slots[own[n]].rhymes_before for n in lines[:1]) or len(lines) < 2:
                    continue  # the group began before this stanza, or goes on alone
                pattern = slots[own[lines[0]]].line.patterns[0]
                patterns = pattern, slots[own[lines[1]]].line.patterns[0]
                closing = plan.ending if own[-1] == len(slots) - 1 and lines[-1] == len(own) - 1 else ""
                words = _closing(studio, nearness, patterns, closing, rng) if len(lines) == 2 and closing else ()
                words = words or _rhyme(studio, nearness, patterns, taken, rng)
                for n, word in zip(lines, words, strict=False):
                    ends[n] = word
                taken |= set(words)
        found[number] = replace(stanza, ends=tuple(ends) if any(ends) else ())
    return found


def _closing(
    studio: Any, nearness: np.ndarray, patterns: tuple[str, str], ending: str, rng: np.random.Generator
) -> tuple[str, ...]:
    """The ending, and before it the nearest word that rhymes with it; none where it has no rhyme, and not always."""
    at = studio.word(ending)
    if at is None or not studio.endings[at] or rng.random() >= ENDS_ON_IT:
        return ()
    sounds = studio.sounds
    fits = [sounds.fit(pattern, True)[len(pattern)] for pattern in patterns]
    members = [
        int(own)
        for own in sounds.rhymes[sounds.rhyme_of[at]]
        if studio.endings[own] and fits[0][own] and sounds.onset_of[own] != sounds.onset_of[at]
    ]
    if not members or not fits[1][at]:
        return ()
    best = max(members, key=lambda own: float(nearness[own] - WORN * studio.worn[own]))
    return sounds.words[best].text, ending


def _rhyme(
    studio: Any, nearness: np.ndarray, patterns: tuple[str, str], taken: set[str], rng: np.random.Generator
) -> tuple[str, ...]:
    """Two words that rhyme and belong to the subject, drawn by nearness; none where too few belong."""
    sounds, usable = studio.sounds, studio.endings
    worn = studio.worn
    order = [int(at) for at in np.argsort(-nearness, kind="stable")[:POOL] if usable[at] and nearness[at] > 0]
    fits = [sounds.fit(pattern, True)[len(pattern)] for pattern in patterns]
    classes: dict[str, list[int]] = {}
    for at in order:
        if sounds.words[at].text not in taken:
            classes.setdefault(sounds.rhyme_of[at], []).append(at)
    pairs = [
        (float(nearness[first] + nearness[second] - WORN * (worn[first] + worn[second])), first, second)
        for members in classes.values()
        for first, second in combinations(members, 2)
        if sounds.onset_of[first] != sounds.onset_of[second] and fits[0][first] and fits[1][second]
    ]
    pairs = [pair for pair in pairs if pair[0] >= LEAST_RHYMED]
    if not pairs:
        return ()
    keys = [score / HEAT + rng.gumbel() for score, _first, _second in pairs]
    _score, first, second = pairs[int(np.argmax(keys))]
    both = (first, second) if rng.random() < 0.5 else (second, first)
    return tuple(sounds.words[at].text for at in both)
