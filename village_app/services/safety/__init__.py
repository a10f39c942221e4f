"""Users, journal, backups, privacy and what helps after damage."""
