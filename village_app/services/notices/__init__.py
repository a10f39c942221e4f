"""A notice from its draft to the archive: gate, seals, posting, objections."""
