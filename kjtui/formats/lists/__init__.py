"""Lists for scripts: one module for each kind of list, and one module for each format."""
