"""What happens to tasks by itself, as time passes."""
