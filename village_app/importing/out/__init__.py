"""Spreadsheets that go back to the clerk: templates and rows with their faults."""
