"""Run by hand; not in the wheel."""
