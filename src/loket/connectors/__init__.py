"""Neighbours of the house, one module or package each; none knows another."""
