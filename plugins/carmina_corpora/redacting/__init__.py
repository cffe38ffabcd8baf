"""Finds who, where, when and how to reach somebody in texts, and replaces it (``carmina corpus redact``)."""
