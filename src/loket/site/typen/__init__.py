"""Beheer of types: pages for a functioneel beheerder, without rules of their own."""
