"""Use cases that need more than one register or neighbour."""
