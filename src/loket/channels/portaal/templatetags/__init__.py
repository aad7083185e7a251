"""What templates of the portal can say of values."""
