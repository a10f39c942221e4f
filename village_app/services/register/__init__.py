"""People and households of the village and what happened to them."""
