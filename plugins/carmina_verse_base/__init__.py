"""Weights of the English verse base: SmolLM2-135M-Instruct (Apache-2.0), its vocabulary cut, taught verse. See NOTICE."""
