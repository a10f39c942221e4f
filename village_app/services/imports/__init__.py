"""Other people's lists brought in as one change, and taken back."""
