"""The language in which registers are written: say a field once, the rest follows."""
