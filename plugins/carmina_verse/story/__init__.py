"""Prose that goes on from a text, written by a language model in the engine's decoding loop."""
