"""Makes the sentencepiece models: ``python -m carmina_verse.making.pieces zh|en CORPUS``."""

from __future__ import annotations

import io
import sys
from pathlib import Path


def chinese(folder: Path) -> bytes:
    """One piece a character: the commonest of the verses that are taught."""
    from ..chinese.corpus import verses
    from ..chinese.tokenizer import MARKS, SIZE

    lines = (line for verse in verses(folder) if verse.split == "train" for line in verse.lines)
    return _train(
        lines, model_type="char", vocab_size=SIZE, user_defined_symbols=list(MARKS), character_coverage=0.9999
    )


def _train(lines, **options) -> bytes:
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        pad_id=0,
        unk_id=1,
        bos_id=2,
        eos_id=3,
        add_dummy_prefix=False,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
        **options,
    )
    return model.getvalue()


def main() -> None:
    """Write ``data/<language>.model``."""
    language, folder = sys.argv[1], Path(sys.argv[2])
    model = {"zh": chinese}[language](folder)
    (Path(__file__).parents[1] / "data" / f"{language}.model").write_bytes(model)


if __name__ == "__main__":
    main()
