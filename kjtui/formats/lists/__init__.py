"""Lists for scripts: one file for each kind of list, and one for each format."""
