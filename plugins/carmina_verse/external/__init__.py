"""Somebody else's model in the place of ours: Hugging Face models and OpenAI-like endpoints."""
