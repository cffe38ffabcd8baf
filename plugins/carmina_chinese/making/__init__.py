"""Scripts that made the data of this package; run by hand, not part of the wheel."""
