"""Figures that a composer and a model builder can trust: evaluators for melodies with or without words."""
