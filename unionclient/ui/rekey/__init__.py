"""Typing a second time (双录): what is chosen, the blind grid, the list of disagreements."""
