"""What this package offers: German, French, Italian, Latin, Spanish and Portuguese."""

import carmina


@carmina.hookimpl
def carmina_languages():
    from .french import French
    from .german import German
    from .italian import Italian
    from .latin import Latin
    from .portuguese import Portuguese
    from .spanish import Spanish

    return [German, French, Italian, Latin, Spanish, Portuguese]
