"""What a day brings for berichten."""
