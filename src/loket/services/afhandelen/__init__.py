"""From what somebody asks to the zaak in which the municipality deals with it."""
