"""Verse from keywords, in English and Chinese, in forms that hold by construction and can prove it."""
