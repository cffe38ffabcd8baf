"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_tokenizers() -> list[type[carmina.Tokenizer]]:
    """Verse as ids."""
    from .en_tokens import EnglishVerse
    from .zh_tokens import ChineseVerse

    return [EnglishVerse, ChineseVerse]


@carmina.hookimpl
def carmina_forms() -> list[carmina.Form]:
    """English and Chinese forms."""
    from .forms import shipped

    return shipped()


@carmina.hookimpl
def carmina_writers() -> list[type[carmina.Writer]]:
    """Keywords to verse."""
    from .writer import VerseWriter

    return [VerseWriter]


@carmina.hookimpl
def carmina_renderers() -> list[type[carmina.Renderer]]:
    """Poems as text, as JSON and as a page."""
    from .files import PoemJson, PoemText
    from .poem_page import PoemPage

    return [PoemText, PoemJson, PoemPage]


@carmina.hookimpl
def carmina_readers() -> list[type[carmina.Reader]]:
    """Poems from text and from JSON."""
    from .files import PoemJsonReader, PoemTableReader, PoemTextReader

    return [PoemTextReader, PoemJsonReader, PoemTableReader]


@carmina.hookimpl
def carmina_commands() -> list:
    """Writing, the poet's desk, and ``corpus-index``, which is shown as ``carmina corpus index``."""
    from .commands import verse
    from .desk import revise, rhymes, scan
    from .indexing import corpus_index

    return [verse, scan, rhymes, revise, corpus_index]


@carmina.hookimpl
def carmina_evaluators() -> list[type[carmina.Evaluator]]:
    """Form, metre, rhyme, levels, words and keywords of poems."""
    from .form_figures import FormKept
    from .level_figures import Levels
    from .metre_figures import Metre
    from .rhyme_figures import Rhyme
    from .word_figures import Keywords, Lexicon

    return [FormKept, Metre, Rhyme, Levels, Lexicon, Keywords]
