"""Values, problems, actors, clock and tenant: what every floor speaks; no framework."""
