"""What this package offers: the Chinese language."""

import carmina


@carmina.hookimpl
def carmina_languages():
    from .language import Chinese

    return [Chinese]
