"""The page of subsidies."""
