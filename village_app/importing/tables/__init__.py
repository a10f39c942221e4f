"""From cells to tables: where the header is, what the columns mean, what is no register."""
