"""Documents: the content of each export, before a format renders it."""
