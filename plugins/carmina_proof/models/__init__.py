"""What is likelier: counts of pairs and triples, and networks as second readers."""
