"""A score as text: the sheet."""
