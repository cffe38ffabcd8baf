"""Taste: what a person keeps and rejects, learnt on their own machine, and used where alternatives are chosen."""
