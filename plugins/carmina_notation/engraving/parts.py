"""Tracks -> printed parts: two tracks of one instrument in a row are the two staves of one part."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Track

MOST_STAVES = 2
_ALONE = ("voice", "drums")  # roles whose tracks are never staves of one part


def parts(tracks: Sequence[Track]) -> list[list[Track]]:
    """The staves of each part, the highest first."""
    found: list[list[Track]] = []
    for track in tracks:
        if found and _joins(found[-1], track):
            found[-1].append(track)
        else:
            found.append([track])
    return found


def _joins(staves: Sequence[Track], track: Track) -> bool:
    last = staves[-1]
    return (
        len(staves) < MOST_STAVES
        and track.role not in _ALONE
        and bool(track.name)
        and (last.name, last.role, last.program) == (track.name, track.role, track.program)
    )
