"""Bodies, meetings, votes, resolutions and the four-deliberations procedure."""
