"""Beheer of output: rules, templates, previews, and what became of each message."""
