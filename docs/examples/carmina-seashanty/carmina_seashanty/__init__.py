"""Sea shanties for Carmina."""
