"""Infers the patterns of 词 tunes from many poems and proves each on poems that it was not inferred from.

``python -m carmina_verse.making.ci_tunes CORPUS`` writes ``data/forms-ci.toml`` and ``data/ci-proof.json``.

Of every tune the commonest division into lines is taken. Half of its poems (by CRC-32 of their text) teach: a place is
平 or 仄 where at most ``LIBERTIES`` of the poems stray, else 中; lines rhyme with one another where their ends share a
group of 词林正韵 in at least ``RHYMES`` of the poems; a line that repeats the one before in ``REPEATS`` of them is a
refrain. The other half proves: a tune is kept where at least ``PROOF`` poems keep the whole pattern and every rhyme by
the package's own checker. Characters with two levels count for neither side. Of a division with fewer than ``FEW``
poems each fifth proves what the other four fifths teach, and the pattern is what all of them teach.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

LIBERTIES = (0.1, 0.05, 0.02)  # the first that suffices
RHYMES = 0.6
REPEATS = 0.6
PROOF = 5
KEPT = 0.1  # share of the proving poems that a pattern should admit, where a looser one does
SHAPE_SHARE = 0.1  # of a tune's poems that a second division needs
MOST_SHAPES = 3
LEAST = 12  # poems of a division
FEWEST = 20  # poems of a tune
FEW, FOLDS = 60, 5
ALIASES = {
    "忆江南": ("望江南", "望蓬莱", "江南好"),
    "鹧鸪天": ("思佳客",),
    "念奴娇": ("百字令", "酹江月", "大江东去", "壶中天"),
    "贺新郎": ("金缕曲", "贺新凉", "乳燕飞"),
    "摸鱼儿": ("迈陂塘", "买陂塘", "摸鱼子"),
    "蝶恋花": ("凤栖梧", "鹊踏枝"),
    "浪淘沙": ("卖花声", "浪淘沙令"),
    "采桑子": ("丑奴儿", "罗敷媚"),
    "减字木兰花": ("减兰",),
    "相见欢": ("乌夜啼",),
    "水龙吟": ("龙吟曲",),
    "忆秦娥": ("秦楼月",),
    "江城子": ("江神子",),
    "捣练子": ("捣练子令", "深院月"),
    "齐天乐": ("台城路",),
    "南歌子": ("南柯子",),
    "玉楼春": ("木兰花",),
    "阮郎归": ("醉桃源",),
    "踏莎行": ("踏云行",),
    "诉衷情": ("诉衷情令",),
    "唐多令": ("南楼令", "糖多令"),
    "一斛珠": ("醉落魄",),
    "调笑令": ("转应曲", "宫中调笑"),
    "摊破浣溪沙": ("山花子", "南唐浣溪沙"),
    "渔歌子": ("渔父",),
    "八声甘州": ("甘州",),
    "苏武慢": ("选冠子", "惜余春慢"),
    "扫花游": ("扫地游",),
    "桂枝香": ("疏帘淡月",),
}

PARALLEL = {"满江红": [4, 14], "踏莎行": [0, 5]}


class Level:
    """Levels and rhyme groups of characters in 词林正韵, looked up once each."""

    def __init__(self, language: Any):
        self._language = language
        self._levels: dict[str, str] = {}
        self._groups: dict[str, frozenset[str]] = {}

    def of(self, character: str) -> str:
        """平, 仄, both or empty."""
        if character not in self._levels:
            self._levels[character] = self._language.level(character, "cilin") or ""
        return self._levels[character]

    def groups(self, character: str) -> frozenset[str]:
        """Groups without their level."""
        if character not in self._groups:
            self._groups[character] = frozenset(
                name.rstrip("平仄") for name in self._language.rhyme_class(character, "cilin")
            )
        return self._groups[character]


def poems_by_tune(folder: Path) -> dict[str, list[list[list[str]]]]:
    """Tune -> poems as stanzas of lines, characters only, each text once."""
    from ..corpus import read_poems

    names = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
    found: dict[str, list[list[list[str]]]] = defaultdict(list)
    seen = set()
    for poem in read_poems(folder, "zh"):
        tune = str(poem.get("cipai", "")).split("·")[0]
        if poem["form"] != "词" or not tune:
            continue
        stanzas = [[re.sub(r"[^一-鿿㐀-䶿]", "", line) for line in stanza] for stanza in poem["stanzas"]]
        stanzas = [[line for line in stanza if line] for stanza in stanzas]
        text = "".join(line for stanza in stanzas for line in stanza)
        if text and text not in seen:
            seen.add(text)
            tune = tune.split("・")[0]
            found[names.get(tune, tune)].append([stanza for stanza in stanzas if stanza])
    return found


def shapes_of(poems: Sequence[list[list[str]]]) -> list[tuple[list[list[int]], list[list[str]]]]:
    """The common divisions with their stanzas, the commonest first, and the poems that keep the lines of each (with
    stanza breaks or without)."""
    shapes = Counter(tuple(tuple(map(len, stanza)) for stanza in poem) for poem in poems)
    flat: Counter[tuple[int, ...]] = Counter()
    for shape, many in shapes.items():
        flat[sum(shape, ())] += many
    texts = [[line for stanza in poem for line in stanza] for poem in poems]
    printed = Counter(flat)
    if max(flat.values(), default=0) < LEAST:  # editors divide a rare tune each in their own way: by its length then
        texts = _redivided(texts, flat)
        flat = Counter(tuple(map(len, poem)) for poem in texts)
    found: list[tuple[list[list[int]], list[list[str]]]] = []
    for lines, many in flat.most_common(MOST_SHAPES):
        if found and many < SHAPE_SHARE * len(poems) or len(lines) > 32 or max(lines) > 11 or many < LEAST:
            continue
        broken = [
            shape
            for shape, times in shapes.most_common()
            if sum(shape, ()) == lines and len(shape) > 1 and times >= 0.5 * printed[lines]
        ]
        found.append(
            (
                [list(stanza) for stanza in (broken[0] if broken else (lines,))],
                [poem for poem in texts if tuple(map(len, poem)) == lines],
            )
        )
    return found


def _redivided(texts: Sequence[list[str]], flat: Mapping[tuple[int, ...], int]) -> list[list[str]]:
    """The poems of the commonest length, all in the division that most of them have (of as common ones the finest)."""
    length = Counter(sum(map(len, poem)) for poem in texts).most_common(1)[0][0]
    lines = max((shape for shape in flat if sum(shape) == length), key=lambda shape: (flat[shape], len(shape)))
    edges = [sum(lines[:at]) for at in range(len(lines) + 1)]
    whole = ["".join(poem) for poem in texts if sum(map(len, poem)) == length]
    return [[text[one:end] for one, end in pairwise(edges)] for text in whole]


def pattern_of(poems: Sequence[list[str]], level: Level, liberty: float) -> list[str]:
    """A line's places by the levels of many poems."""
    out = []
    for at, line in enumerate(poems[0]):
        places = ""
        for place in range(len(line)):
            count = Counter(level.of(poem[at][place]) for poem in poems)
            sure = count["平"] + count["仄"]
            share = count["平"] / sure if sure else 0.5
            places += "平" if share >= 1 - liberty else "仄" if share <= liberty else "中"
        out.append(places)
    return out


def rhymes_of(poems: Sequence[list[str]], level: Level) -> list[str]:
    """A letter for every line, or ``.``: lines whose ends share a group in most poems."""
    many = len(poems[0])
    ends = [[level.groups(line[-1]) for line in poem] for poem in poems]
    linked: list[set[int]] = [{at} for at in range(many)]
    for one in range(many):
        for other in range(one):
            share = sum(bool(groups[one] & groups[other]) for groups in ends) / len(ends)
            if share >= RHYMES:
                joined = linked[one] | linked[other]
                for at in joined:
                    linked[at] = joined
    letters: dict[frozenset[int], str] = {}
    out = []
    for at in range(many):
        group = frozenset(linked[at])
        out.append("." if len(group) == 1 else letters.setdefault(group, chr(ord("a") + len(letters))))
    return out


def refrains_of(poems: Sequence[list[str]]) -> dict[int, str]:
    """Lines that repeat the one before, or its end, in most poems -> a letter."""
    found: dict[int, str] = {}
    for at in range(1, len(poems[0])):
        if sum(len(poem[at]) > 1 and poem[at - 1].endswith(poem[at]) for poem in poems) >= REPEATS * len(poems):
            name = found.get(at - 1) or chr(ord("A") + len(set(found.values())))
            found[at - 1] = found[at] = name
    return found


def spelt(
    shape: Sequence[Sequence[int]], patterns: Sequence[str], letters: Sequence[str], refrains: Mapping[int, str]
) -> str:
    """The lines as a form's text."""
    out, at = [], 0
    for stanza in shape:
        rows = []
        for _length in stanza:
            rows.append(f"{patterns[at]} {letters[at]}" + (f" ={refrains[at]}" if at in refrains else ""))
            at += 1
        out.append(", ".join(rows))
    return ", / ".join(out)


def proved(text: str, shape: Sequence[Sequence[int]], poems: Sequence[list[str]], language: Any) -> int:
    """How many poems keep the whole pattern and its rhymes."""
    from carmina import read_forms

    from ..scansion.faults import faults

    form = read_forms(f'language = "zh"\n[[forms]]\nname = "x"\nsummary = "x"\nbook = "cilin"\nlines = "{text}"')[0]
    kept = 0
    for poem in poems:
        rest = iter(poem)
        kept += not faults([[next(rest) for _ in stanza] for stanza in shape], form, "", language, "classic", "cilin")
    return kept


def _splits(same: Sequence[list[str]], draw: Any) -> list[tuple[list[list[str]], list[list[str]]]]:
    """(poems that teach, poems that prove): two halves, or each fifth in turn."""
    folds = FOLDS if len(same) < FEW else 2
    parts = [[poem for poem in same if draw("".join(poem)) % folds == part] for part in range(folds)]
    turns = range(folds) if folds == FOLDS else range(1)
    return [([poem for n, own in enumerate(parts) if n != part for poem in own], parts[part]) for part in turns]


def _taught(
    shape: list[list[int]], taught: Sequence[list[str]], level: Level, liberty: float
) -> tuple[list[str], list[str], dict[int, str]] | None:
    """Patterns, rhymes and refrains; None where nothing rhymes."""
    letters, refrains = rhymes_of(taught, level), refrains_of(taught)
    if all(letter == "." for letter in letters):
        return None
    patterns = pattern_of(taught, level, liberty)
    for letter in set(letters) - {"."}:  # where a line leaves the rhyme's level open and its fellows do not, it follows
        rows = [at for at, own in enumerate(letters) if own == letter]
        ends = {patterns[at][-1] for at in rows} - {"中"}
        if len(ends) == 1:
            for at in rows:
                patterns[at] = patterns[at][:-1] + next(iter(ends))
    return patterns, letters, refrains


def variant_of(
    shape: list[list[int]], same: Sequence[list[str]], level: Level, language: Any
) -> tuple[str, dict[str, Any]] | None:
    """The text of one division and what proves it; None where too few poems keep it."""
    from ..corpus import draw

    made = None
    for liberty in LIBERTIES:
        kept, tried = 0, 0
        for taught, others in _splits(same, draw):
            made = _taught(shape, taught, level, liberty)
            if made is None:
                return None
            kept, tried = kept + proved(spelt(shape, *made), shape, others, language), tried + len(others)
        if kept >= max(PROOF, KEPT * tried):
            break
    if len(same) < FEW:
        made = _taught(shape, same, level, liberty)
    if made is None:
        return None
    patterns, letters, _refrains = made
    text = spelt(shape, *made)
    fixed = sum(place != "中" for pattern in patterns for place in pattern)
    total = sum(map(sum, shape))
    proof = {
        "of_this_shape": len(same),
        "proved_on": tried,
        "keep_all": kept,
        "characters": total,
        "places_fixed": round(fixed / total, 3),
        "ends": "".join(sorted({patterns[at][-1] for at, letter in enumerate(letters) if letter != "."})),
    }
    return (text, proof) if kept >= PROOF else None


def tune_of(
    name: str, poems: Sequence[list[list[str]]], level: Level, language: Any
) -> tuple[str, dict[str, Any]] | None:
    """The form's entry and what proves its variants; None where the poems do not suffice."""
    made = [(shape, variant_of(shape, same, level, language)) for shape, same in shapes_of(poems)]
    kept = [(shape, *variant) for shape, variant in made if variant is not None]
    if not kept:
        return None
    names = ["" if len(kept) == 1 else "正体", "又一体", "又一体二"]
    shape, _text, proof = kept[0]
    kind = {"平": "平韵", "仄": "仄韵"}.get(proof["ends"], "平仄韵")
    entry = f'[[forms]]\nname = "{name}"\n'
    if ALIASES.get(name):
        entry += f"aliases = {json.dumps(list(ALIASES[name]), ensure_ascii=False)}\n"
    entry += f'summary = "词：{("单调", "双调", "三叠", "四叠")[min(3, len(shape) - 1)]}{proof["characters"]}字，{kind}"\nbook = "cilin"\n'  # noqa: E501
    if name in PARALLEL:
        entry += f"parallel = {PARALLEL[name]}\n"
    entry += (
        "variants = { "
        + ", ".join(f'"{own}" = "{text}"' for own, (_shape, text, _proof) in zip(names, kept, strict=False))
        + " }\n"
    )
    return entry, {
        "poems": len(poems),
        **{own or "正体": proof for own, (_shape, _text, proof) in zip(names, kept, strict=False)},
    }


def same_tune(one: Any, other: Any) -> bool:
    """Whether two forms are one tune under two names: lines of one length, rhymes alike, and hardly a place of the
    other level."""
    lines, others = (
        [line for stanza in next(iter(form.variants.values())) for line in stanza] for form in (one, other)
    )
    if [len(line.patterns[0]) for line in lines] != [len(line.patterns[0]) for line in others]:
        return False
    if [line.rhyme for line in lines] != [line.rhyme for line in others]:
        return False
    places = list(
        zip("".join(line.patterns[0] for line in lines), "".join(line.patterns[0] for line in others), strict=True)
    )
    against = sum({a, b} == {"平", "仄"} for a, b in places)
    return against <= 0.05 * len(places)


def main() -> None:
    """Write the tables."""
    from carmina import read_forms
    from carmina.conductor import Conductor

    language = Conductor().get("language", "zh")()
    data = Path(__file__).parent.parent / "data"
    kept = {form.name: form for form in read_forms((data / "forms-zh.toml").read_text("utf-8"), "zh")}
    known = {name for form in kept.values() for name in (form.name, *form.aliases)}
    level, entries, proofs = Level(language), [], {}
    refused: list[str] = []
    doubles: list[str] = []
    tunes = poems_by_tune(Path(sys.argv[1]))
    for name in sorted(tunes, key=lambda tune: -len(tunes[tune])):
        if name in known or len(tunes[name]) < FEWEST or not 2 <= len(name) <= 8 or max(name) > "\uffff":
            continue
        made = tune_of(name, tunes[name], level, language)
        form = read_forms(f'language = "zh"\n{made[0]}')[0] if made else None
        twin = next(
            (
                other.name
                for other in kept.values()
                if form and other.summary.startswith("词") and same_tune(form, other)
            ),
            "",
        )
        if made is None or form is None or twin:
            (doubles if twin else refused).append(f"{name}={twin}" if twin else name)
            continue
        kept[name] = form
        entries.append(made[0])
        proofs[name] = made[1]
    head = "# 词律，由 making/ci_tunes.py 从众人之作推出并验证（见 ci-proof.json）；请勿手改。\n\n"
    (data / "forms-ci.toml").write_text(head + "\n".join(entries), "utf-8")
    (data / "ci-proof.json").write_text(json.dumps(proofs, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(len(entries), "tunes; other names:", *doubles, "; refused:", *refused)


if __name__ == "__main__":
    main()
