"""How near a poem comes to the corpus."""
