"""诉求 from the first word to the closed file, receptions and tasks."""
