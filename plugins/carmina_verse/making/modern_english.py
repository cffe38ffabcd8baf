"""Makes the table of modern words: for each, words of the poets that a language model thinks of beside it.

    python -m carmina_verse.making.modern_english HF_FOLDER plugins/carmina_verse/data/en-modern.z [WORDS.txt]

``WORDS.txt``: words that are asked first (subjects of today); what the table holds already stays.
``HF_FOLDER``: a causal language model whose licence lets its figures be passed on. The words are its own whole tokens
that the
corpus's associations lack; what is thought of is a word that they have. Needs torch and transformers.
"""

from __future__ import annotations

import itertools
import sys
import zlib
from pathlib import Path

import numpy as np

PROMPTS = ("When I think of the {}, I remember the", "The {} makes me think of")
USUAL = ("thing", "man", "place", "word", "idea", "story", "day")  # what any word brings
KEPT = 14  # images of a word
LIKELY = 0.35  # share of plain likelihood beside what the word itself brings
TRIED = 40000  # of the model's tokens, the commonest first
COMMON = 120  # of the corpus's words are no images


def main(folder: str, output: str, first: str = "") -> None:
    """Write the table."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from ..drafting.associations import Associations
    from ..english.vocabulary import Words

    torch.set_num_threads(1)
    tokens = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    words = Words().by_text
    associated = Associations.shipped("en").index
    single = {}
    for word in list(associated)[COMMON:]:
        ids = tokens.encode(" " + word, add_special_tokens=False)
        if len(ids) == 1 and len(word) > 2 and words[word].capital < 50 and not word.endswith(("ly", "'s", "'d")):
            single[word] = ids[0]
    images, wanted = list(single), torch.tensor(list(single.values()))

    def logs(batch: list[str], prompt: str) -> np.ndarray:
        rows = [tokens.encode(prompt.format(word), add_special_tokens=False) for word in batch]
        ids = torch.tensor([[tokens.bos_token_id, *row] for row in rows])
        with torch.inference_mode():
            return model(ids).logits[:, -1].log_softmax(-1)[:, wanted].numpy()

    usual = [np.mean([logs([word], prompt)[0] for word in USUAL], axis=0) for prompt in PROMPTS]
    vocabulary = {number: text for text, number in tokens.get_vocab().items()}
    asked = [
        text[1:] for number in range(TRIED) if _plain(text := vocabulary.get(number, "")) and text[1:] not in associated
    ]
    print(len(asked), "words,", len(images), "images", flush=True)
    known = (
        dict(row.split(" ", 1) for row in zlib.decompress(Path(output).read_bytes()).decode().splitlines())
        if Path(output).is_file()
        else {}
    )
    told = dict.fromkeys(Path(first).read_text("utf-8").split()) if first else {}
    asked = [word for word in (*told, *([] if first else asked)) if word not in known and word not in associated]
    asked.sort(key=lambda word: len(tokens.encode(" " + word, add_special_tokens=False)))  # equal lengths side by side
    for _length, group in itertools.groupby(
        asked, key=lambda word: len(tokens.encode(" " + word, add_special_tokens=False))
    ):
        lot = list(group)
        for at in range(0, len(lot), 16):
            batch = lot[at : at + 16]
            total = sum((1 + LIKELY) * logs(batch, prompt) - own for prompt, own in zip(PROMPTS, usual, strict=True))
            for word, nats in zip(batch, total, strict=True):
                best = [images[n] for n in np.argsort(-nats) if images[n][:4] != word[:4]][:KEPT]
                known[word] = " ".join(best)
            table = "\n".join(f"{word} {own}" for word, own in sorted(known.items()))
            Path(output).write_bytes(zlib.compress(table.encode(), 9))


def _plain(token: str) -> bool:
    """A whole word in small letters that may name something."""
    return (
        token.startswith("Ġ")
        and token[1:].isascii()
        and token[1:].islower()
        and token[1:].isalpha()
        and len(token) > 4
        and not token.endswith(("ly", "ed"))
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
