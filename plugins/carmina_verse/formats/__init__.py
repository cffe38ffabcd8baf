"""Poems as files: text, JSON, tables, a page."""
