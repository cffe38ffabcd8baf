"""Train the letter-to-sound network of ``guess.py`` on the lexicon and write ``data/guess.npz``: ``python
train_guess.py``.

Needs torch; about ten minutes on one core. Words that ``held_out`` names are never seen. Shapes: B words, T letters,
D width, C chunks.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from carmina_english.align import align
from carmina_english.guess import ALPHABET, DILATIONS, KERNEL
from carmina_english.lexicon import Lexicon, is_vowel
from carmina_english.making.alignment import chunks_of, held_out

WIDTH, EMBED, BATCH, SEED, PEAK_RATE = 96, 32, 128, 7, 3e-3
EPOCHS = 14
IGNORE = -100
FEWEST = 8  # a chunk seen in fewer words is not predicted, and its words are left out

Row = tuple[list[int], list[int], list[int]]  # letter ids, chunk ids, stress (IGNORE where no vowel)


class Net(nn.Module):
    """Letters (B, T) -> chunk logits (B, T, C) and stress logits (B, T, 3)."""

    def __init__(self, chunks: int):
        super().__init__()
        self.embed = nn.Embedding(len(ALPHABET) + 1, EMBED, padding_idx=0)
        sizes = [EMBED] + [WIDTH] * (len(DILATIONS) - 1)
        self.convs = nn.ModuleList(
            nn.Conv1d(size, WIDTH, KERNEL, padding=KERNEL // 2 * step, dilation=step)
            for size, step in zip(sizes, DILATIONS, strict=True)
        )
        self.whole = nn.Linear(WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, chunks + 3)
        self.drop = nn.Dropout(0.1)

    def forward(self, letters: Tensor) -> tuple[Tensor, Tensor]:
        mask = (letters > 0).float()[:, None]  # (B, 1, T)
        x = self.embed(letters).transpose(1, 2)  # (B, E, T)
        for place, conv in enumerate(self.convs):
            y = torch.relu(conv(x)) * mask  # (B, D, T)
            x = y if place == 0 else x + self.drop(y)
            if place == len(self.convs) - 2:
                mean = x.sum(2) / mask.sum(2)  # (B, D)
                x = (x + torch.relu(self.whole(mean))[:, :, None]) * mask
        out = self.head(x.transpose(1, 2))  # (B, T, C + 3)
        return out[..., :-3], out[..., -3:]


def rows() -> tuple[list[Row], list[str]]:
    """The training words as ids, and the chunks."""
    lexicon = Lexicon()
    words = [(word, lexicon.get(word)[0]) for word in lexicon.words() if not held_out(word)]
    aligned = [(word, phones, lengths) for word, phones in words if (lengths := align(word, phones))]
    seen = Counter(chunk for item in aligned for chunk in {chunk for _, chunk in chunks_of(*item)})
    chunks = sorted(" ".join(chunk) for chunk, times in seen.items() if times >= FEWEST)
    ids = {tuple(chunk.split()): place for place, chunk in enumerate(chunks)}
    made = [_row(*item, ids) for item in aligned]
    return [row for row in made if row], chunks


def _row(word: str, phones: tuple[str, ...], lengths: tuple[int, ...], ids: dict) -> Row | None:
    chunks = [chunk for _, chunk in chunks_of(word, phones, lengths)]
    if any(chunk not in ids for chunk in chunks):
        return None
    pairs = [ids[chunk] for chunk in chunks]
    stress, at = [], 0
    for length in lengths:
        digits = [int(phone[-1]) for phone in phones[at : at + length] if is_vowel(phone)]
        stress.append(digits[0] if digits else IGNORE)
        at += length
    return [ALPHABET.index(letter) + 1 for letter in word], pairs, stress


def batches(data: list[Row], rng: random.Random) -> list[list[Tensor]]:
    """Words of like length together, in random order."""
    order = sorted(data, key=lambda row: (len(row[0]), rng.random()))
    cut = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    rng.shuffle(cut)
    return [[_pad([row[part] for row in rows_], 0 if part == 0 else IGNORE) for part in range(3)] for rows_ in cut]


def _pad(lists: list[list[int]], filler: int) -> Tensor:
    longest = max(map(len, lists))
    return torch.tensor([items + [filler] * (longest - len(items)) for items in lists])


def train(data: list[Row], chunks: int, epochs: int) -> Net:
    """One-cycle Adam; the loss is chunk plus stress cross-entropy."""
    torch.manual_seed(SEED)
    rng, net = random.Random(SEED), Net(chunks)
    steps = epochs * -(-len(data) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps)
    for epoch in range(epochs):
        total = 0.0
        for letters, sounds, stress in batches(data, rng):
            chunk_logits, stress_logits = net(letters)
            loss = nn.functional.cross_entropy(chunk_logits.flatten(0, 1), sounds.flatten(), ignore_index=IGNORE)
            loss = loss + nn.functional.cross_entropy(
                stress_logits.flatten(0, 1), stress.flatten(), ignore_index=IGNORE
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total * BATCH / len(data):.4f} nats", flush=True)
    return net.eval()


def save(net: Net, chunks: list[str], path: Path) -> None:
    """int8 weights with one float scale an output channel; biases in float16."""
    arrays = {"chunks": np.array(chunks)}
    for name, value in net.state_dict().items():
        weights = value.numpy()
        if weights.ndim == 1:
            arrays[name] = weights.astype(np.float16)
            continue
        scale = np.abs(weights).reshape(len(weights), -1).max(1) / 127 + 1e-12
        shape = (-1,) + (1,) * (weights.ndim - 1)
        arrays[name] = np.round(weights / scale.reshape(shape)).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def main(epochs: str = str(EPOCHS)) -> None:
    """Train and write."""
    data, chunks = rows()
    print(f"{len(data)} words, {len(chunks)} chunks")
    save(train(data, len(chunks), int(epochs)), chunks, Path(__file__).parents[1] / "data" / "guess.npz")


if __name__ == "__main__":
    main(*sys.argv[1:])
