"""What this package offers. Hooks are called once, when an entry of their kind is first asked for."""

import carmina

CARMINA_API = 2  # of the engine that it was written for; an older one says so and leaves the plugin out


@carmina.hookimpl
def carmina_languages():
    from .language import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_styles():
    from .style import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_forms():
    from .form import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_tokenizers():
    from .tokenizer import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_networks():
    from .network import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_constraints():
    from .constraint import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_decoders():
    from .decoder import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_writers():
    from .writer import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_readers():
    from .reader import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_renderers():
    from .renderer import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_evaluators():
    from .evaluator import ENTRIES

    return ENTRIES


@carmina.hookimpl
def carmina_commands():
    from .command import ENTRIES

    return ENTRIES
