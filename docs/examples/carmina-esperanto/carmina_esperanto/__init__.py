"""Esperanto for Carmina."""
