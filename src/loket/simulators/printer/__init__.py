"""A stand-in for a print queue: it speaks IPP, keeps every letter and prints none."""
