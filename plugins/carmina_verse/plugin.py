"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_tokenizers() -> list[type[carmina.Tokenizer]]:
    """Verse as ids."""
    from .en_tokens import EnglishVerse
    from .zh_tokens import ChineseVerse

    return [EnglishVerse, ChineseVerse]
