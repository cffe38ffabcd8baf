"""Slips of form: what the diagnosis of whole poems finds, where the poem keeps its form otherwise."""

from .diagnosis import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]
