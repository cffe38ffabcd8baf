"""Scores as printed pages: SVG, PNG and PDF."""
