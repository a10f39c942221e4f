"""Pages of meetings, resolutions and procedures."""
