"""Singability: what a singer would stumble over, where, why, and what would mend it."""
