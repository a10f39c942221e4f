"""From bytes to cells: what a file really is, and the readers, in a child process."""
