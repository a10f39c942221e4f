"""From rows to clean values; every cleaning is noted."""
