"""Which forms the modern model writes: those whose teaching is one of its kinds of text."""

from __future__ import annotations

from carmina import Form

PROSE = ("散文", "小说")
KINDS = ("现代诗", "分行", *PROSE)  # 分行: lines of set length, for songs and rhymes


def is_modern(form: Form) -> bool:
    """Whether the modern model writes a form."""
    return form.language == "zh" and form.teaching in KINDS
