"""A trained model made smaller: fewer hidden units, fewer bits a weight, and what that costs, measured."""
