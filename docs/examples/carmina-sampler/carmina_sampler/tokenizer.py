"""Text as bytes: the smallest tokenizer that can be trained on (``tokenizer = "sampler"`` in a recipe), on every .txt
file of a folder."""

import hashlib

import numpy as np

import carmina

LONGEST = 512  # bytes of one sequence


class Bytes(carmina.Tokenizer):
    """Nothing is lost."""

    name, summary = "sampler", "text, a byte an id"
    field_sizes, field_names, unit = (256,), ("previous",), "character"

    def encode(self, work):
        return np.frombuffer(work.encode(), np.uint8).astype(np.int32)

    def decode(self, ids):
        return bytes(np.asarray(ids, np.uint8)).decode("utf-8", "replace")

    def tokens(self):
        return [carmina.Token("byte", float(n), chr(n) if 32 <= n < 127 else f"\\x{n:02x}") for n in range(256)]

    def units(self, example):
        return len(example.chosen)

    def examples(self, folder, workshop):
        """Paragraphs; each file is on one side of the split, by its name."""
        for path in sorted(folder.rglob("*.txt")):
            side = "validation" if hashlib.sha256(path.name.encode()).digest()[0] < 26 else "train"
            for paragraph in path.read_text("utf-8", "replace").split("\n\n"):
                ids = self.encode(paragraph.strip() + "\n")[:LONGEST]
                if len(ids) > 1:
                    steps = np.concatenate([[0], ids[:-1]])[:, None]  # the id before each choice
                    yield carmina.Example(steps.astype(np.int32), ids, side, "text", path.name)


ENTRIES = [Bytes]
