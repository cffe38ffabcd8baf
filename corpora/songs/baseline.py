"""Bits an id and a note on the validation songs: chance, n-grams, and models: ``baseline.py FOLDER [--model PATH
...]``.

The n-grams see the ids chosen before in the same pass, and nothing of the words: what a model gains over them, it gains
from prosody, place in the bar, plan and longer memory. FOLDER holds the corpus of the card beside this file. Prints
Markdown.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from carmina_melody.passes.vocabulary import CHORD, NOTE, PITCH, REFERENCE, SIZE, TASKS
from carmina_melody.tokenizer import MelodyTokenizer

from carmina import BadInput, Example
from carmina.conductor import Conductor
from carmina.corpora import CARD, read_card, verify
from carmina.models import read

IDS = {
    "lines": NOTE - REFERENCE,
    "rhythm": CHORD - NOTE,
    "chords": PITCH - CHORD,
    "pitches": SIZE - PITCH,
}  # how many each
ORDER = 5  # of the longest n-grams: ids, the chosen one included
START = (0,)
BATCH_IDS = 8192  # of a forward pass, padding included

Bits = dict[str, float]  # pass -> bits an id; "note" -> bits of rhythm and pitches over the number of notes


class NGrams:
    """Interpolated n-gram models of orders 1 to ``order``, Witten-Bell smoothing (Witten & Bell 1991) down to
    chance."""

    def __init__(self, sequences: Iterable[Sequence[int]], order: int, vocabulary: int):
        """``vocabulary`` is the number of ids that there might be."""
        self.order, self.vocabulary = order, vocabulary
        self.counts: dict[tuple[int, ...], dict[int, int]] = defaultdict(dict)  # context -> next id -> times
        for sequence in sequences:
            for context, chosen in self._pairs(sequence):
                for start in range(order):
                    after = self.counts[context[start:]]
                    after[chosen] = after.get(chosen, 0) + 1
        self.totals = {context: sum(after.values()) for context, after in self.counts.items()}

    def _pairs(self, sequence: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int]]:
        padded = START * (self.order - 1) + tuple(sequence)
        for at, chosen in enumerate(sequence):
            yield padded[at : at + self.order - 1], chosen

    def probabilities(self, context: tuple[int, ...], chosen: int) -> list[float]:
        """Of ``chosen`` after the last ids of ``context`` (``order`` - 1 of them), under the orders 1, 2, ..."""
        found = [1 / self.vocabulary]
        for start in range(self.order - 1, -1, -1):
            after, total = self.counts.get(context[start:], {}), self.totals.get(context[start:], 0)
            share = len(after) / (total + len(after)) if total else 1.0
            found.append(share * found[-1] + (1 - share) * after.get(chosen, 0) / max(1, total))
        return found[1:]

    def bits(self, sequences: Iterable[Sequence[int]]) -> list[float]:
        """Summed over all ids of all sequences, for each order."""
        sums = [0.0] * self.order
        for sequence in sequences:
            for context, chosen in self._pairs(sequence):
                for at, probability in enumerate(self.probabilities(context, chosen)):
                    sums[at] -= math.log2(probability)
        return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, action="append", default=[], help="a model file; may be repeated")
    asked = parser.parse_args()
    try:
        verify(read_card(Path(__file__).with_name(CARD)), asked.folder)
    except BadInput as fault:
        print(f"not the corpus of the shipped models: {fault}\n")
    examples = list(MelodyTokenizer().examples(asked.folder, Conductor()))
    print(table(examples, asked.model))


def table(examples: Sequence[Example], models: Sequence[Path] = ()) -> str:
    """The figures of chance, n-grams and models on the validation examples, as a Markdown table."""
    validation = [e for e in examples if e.split == "validation"]
    sizes = count(validation)
    rows = {"chance (uniform)": chance(sizes)}
    train = first_of_each([e for e in examples if e.split == "train"])
    for order, bits in enumerate(ngram_bits(train, validation), 1):
        rows["unigram" if order == 1 else f"{order}-gram"] = bits
    for path in models:
        name, sums = model_bits(path, validation)
        rows[f"**{name}**"] = per_id(sums, sizes)
    heads = [f"{kind} ({sizes[kind]:,})" for kind in TASKS] + [
        f"all ({sum(sizes.values()):,})",
        f"a note ({sizes['pitches']:,})",
    ]
    lines = ["| bits an id (ids) | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    lines += [
        f"| {name} | " + " | ".join(f"{row[key]:.3f}" for key in (*TASKS, "all", "note")) + " |"
        for name, row in rows.items()
    ]
    return "\n".join(lines)


def count(examples: Sequence[Example]) -> Mapping[str, int]:
    """How many ids each pass has."""
    sizes = dict.fromkeys(TASKS, 0)
    for example in examples:
        sizes[example.kind] += len(example.chosen)
    return sizes


def per_id(sums: Mapping[str, float], sizes: Mapping[str, int]) -> Bits:
    """Summed bits of each pass -> bits an id, of all together, and a note (rhythm and pitches over notes)."""
    found = {kind: sums[kind] / sizes[kind] for kind in TASKS}
    return {
        **found,
        "all": sum(sums.values()) / sum(sizes.values()),
        "note": (sums["rhythm"] + sums["pitches"]) / sizes["pitches"],
    }


def chance(sizes: Mapping[str, int]) -> Bits:
    """Every id of a pass as likely as any other."""
    return per_id({kind: sizes[kind] * math.log2(IDS[kind]) for kind in TASKS}, sizes)


def first_of_each(examples: Sequence[Example]) -> list[Example]:
    """One variant of each group: other verses repeat the tune and would only swell the counts."""
    return list({(e.group or number, e.kind): e for number, e in reversed(list(enumerate(examples)))}.values())


def ngram_bits(train: Sequence[Example], validation: Sequence[Example]) -> list[Bits]:
    """The figures of each order from 1 to ``ORDER``."""
    sums = {}
    for kind in TASKS:
        model = NGrams((e.chosen.tolist() for e in train if e.kind == kind), ORDER, IDS[kind])
        sums[kind] = model.bits(e.chosen.tolist() for e in validation if e.kind == kind)
    return [per_id({kind: sums[kind][at] for kind in TASKS}, count(validation)) for at in range(ORDER)]


def model_bits(path: Path, validation: Sequence[Example]) -> tuple[str, dict[str, float]]:
    """A model file's name and its summed bits of each pass; every pass of a song is read whole, as in use."""
    import torch
    import torch.nn.functional as F

    from carmina.training.batches import epoch

    weights, notes = read(path)
    network = Conductor().get("network", notes["network"])().build(notes["config"])
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    network.eval()
    sums = {}
    with torch.inference_mode():
        for kind in TASKS:
            own = [e for e in validation if e.kind == kind]
            longest = max(len(e.chosen) for e in own)
            sums[kind] = 0.0
            for batch in epoch(own, max(BATCH_IDS, longest), longest, (), (0,)):
                logits, _state = network(torch.from_numpy(batch.steps))
                chosen = torch.from_numpy(batch.chosen).flatten()
                nats = F.cross_entropy(logits.float().flatten(0, 1), chosen, ignore_index=-1, reduction="sum")
                sums[kind] += float(nats) / math.log(2)
    return path.stem, sums


if __name__ == "__main__":
    main()
