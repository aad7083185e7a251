"""A stand-in for the BRP API Personen, with persons who do not exist."""
