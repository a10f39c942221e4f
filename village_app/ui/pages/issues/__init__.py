"""Pages of 诉求, receptions and tasks."""
