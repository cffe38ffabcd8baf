"""Weights of the English verse base: SmolLM2-135M-Instruct (Apache-2.0), cut and taught verse. See NOTICE."""
