"""Public: what the command line can do, for programs: each *operation* is a command, described by the command itself.

:func:`operations` gives each with JSON Schema of its options; :func:`perform` runs one in a folder of its own, with
files that come in and go out as bytes. Nothing of it is written down twice: a new option of a command is one of its
operation.
"""

from __future__ import annotations

from .described import HERE_ONLY, Operation, operations
from .performed import perform
from .warm import warm

__all__ = ["HERE_ONLY", "Operation", "operations", "perform", "warm"]
