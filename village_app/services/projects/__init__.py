"""Projects from the plan to the retention money."""
