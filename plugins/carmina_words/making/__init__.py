"""Measures this package; not installed."""
