"""Corpora larger than memory: shards of ids on the disk, and where a training takes its examples from."""
