"""What this package offers."""

import carmina


@carmina.hookimpl
def carmina_languages():
    from .language import Esperanto

    return [Esperanto]


@carmina.hookimpl
def carmina_forms():
    from importlib.resources import files

    return carmina.read_forms(files(__package__).joinpath("forms.toml").read_text("utf-8"))


@carmina.hookimpl
def carmina_writers():
    from .writer import EsperantoVerse

    return [EsperantoVerse]
