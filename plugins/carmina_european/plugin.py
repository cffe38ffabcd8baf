"""What this package offers: German, French, Italian and Latin."""

import carmina


@carmina.hookimpl
def carmina_languages():
    from .french import French
    from .german import German
    from .italian import Italian
    from .latin import Latin

    return [German, French, Italian, Latin]
