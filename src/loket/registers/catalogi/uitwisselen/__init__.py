"""A catalogus as a ZIP with one JSON file per resource, as it travels between installations."""
