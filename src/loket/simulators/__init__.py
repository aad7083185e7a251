"""Neighbours to practise on, each a process of its own: for the demo and for the tests."""
