"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_tokenizers() -> list[type[carmina.Tokenizer]]:
    """Verse as ids."""
    from .chinese.tokenizer import ChineseVerse
    from .english.pretrained.tokenizer import EnglishBase
    from .english.tokenizer import EnglishVerse
    from .modern.tokenizer import ModernChinese

    return [EnglishVerse, ChineseVerse, EnglishBase, ModernChinese]


@carmina.hookimpl
def carmina_forms() -> list[carmina.Form]:
    """English and Chinese forms."""
    from .forms.shipped import shipped

    return shipped()


@carmina.hookimpl
def carmina_writers() -> list[type[carmina.Writer]]:
    """Keywords to verse."""
    from .writer import ChineseVerse, EnglishVerse, VerseWriter

    return [VerseWriter, EnglishVerse, ChineseVerse]


@carmina.hookimpl
def carmina_renderers() -> list[type[carmina.Renderer]]:
    """Poems as text, as JSON and as a page."""
    from .formats.files import PoemJson, PoemText
    from .formats.page import PoemPage

    return [PoemText, PoemJson, PoemPage]


@carmina.hookimpl
def carmina_readers() -> list[type[carmina.Reader]]:
    """Poems from text and from JSON."""
    from .formats.files import PoemJsonReader, PoemTableReader, PoemTextReader

    return [PoemTextReader, PoemJsonReader, PoemTableReader]


@carmina.hookimpl
def carmina_commands() -> list:
    """Writing, the poet's desk, and ``corpus-index``, which is shown as ``carmina corpus index``."""
    from .cli.desk import revise, rhymes, scan
    from .cli.index import corpus_index
    from .cli.verse import verse

    return [verse, scan, rhymes, revise, corpus_index]


@carmina.hookimpl
def carmina_evaluators() -> list[type[carmina.Evaluator]]:
    """Form, metre, rhyme, levels, words, keywords, manner, plan, sense and surprise of poems."""
    from .evaluators.form import FormKept
    from .evaluators.levels import Levels
    from .evaluators.manner import Manner, PlanKept
    from .evaluators.metre import Metre
    from .evaluators.rhyme import Rhyme
    from .evaluators.sense import Sense
    from .evaluators.surprise import Surprise
    from .evaluators.words import Keywords, Lexicon

    return [FormKept, Metre, Rhyme, Levels, Lexicon, Keywords, Manner, PlanKept, Sense, Surprise]
