"""What this plugin offers."""

import carmina


@carmina.hookimpl
def carmina_styles():
    return [
        carmina.Style(
            name="seashanty",
            summary="a working song of the sea: brisk, in six-eight or four-four, with few leaps",
            genre="popular",
            metres=("6/8", "4/4"),
            tempo_bpm=(96.0, 120.0),
            range=(57, 74),
            leap=0.5,
        )
    ]


@carmina.hookimpl
def carmina_renderers():
    from .solfa import Solfa  # waits here, so that listing plugins stays quick

    return [Solfa]
