"""The plugin sampler for Carmina."""
