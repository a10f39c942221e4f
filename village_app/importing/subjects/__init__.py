"""What each subject looks for in a list."""
