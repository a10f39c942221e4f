"""Subsidy lists and welfare notices."""
