"""Forms of verse for Carmina."""
