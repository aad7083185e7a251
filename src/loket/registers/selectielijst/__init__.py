"""The Selectielijst of municipalities: what to keep, what to destroy and when."""
