"""Networks: ids and tensors only."""
