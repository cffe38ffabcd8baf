"""Offers the melody tokenizer, its constraints and the melody writer."""

from carmina import hookimpl


@hookimpl
def carmina_tokenizers():
    from .tokenizer import MelodyTokenizer

    return [MelodyTokenizer]
