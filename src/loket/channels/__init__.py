"""Where people meet the municipality: screens and conversations, no rules of their own."""
