"""Pages for who keeps watch, below beheer: what happened, who was told, and what is stuck."""
