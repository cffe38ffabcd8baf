"""The metre and the form of a whole poem, inferred from all its lines at once, and what goes against them.

One line fits many metres; a poem fits one. Each line is read at its least cost in every metre (:mod:`.feet`), the
metre and the lengths that explain all lines at least cost are the poem's (:mod:`.poem`), a form is named where one fits
(:mod:`.naming`), else how its stanzas rhyme (:mod:`.scheme`), and what a line costs there is told as a licence or as a
fault (:mod:`.lines`). :func:`diagnosed` does all of it.
"""

from .diagnosis import Diagnosis, diagnosed
from .feet import FEET, Reading, read_line
from .poem import Shape, shape_of

__all__ = ["FEET", "Diagnosis", "Reading", "Shape", "diagnosed", "read_line", "shape_of"]
