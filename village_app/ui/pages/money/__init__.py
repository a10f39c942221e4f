"""Pages of money and collective assets."""
