"""What history worked out, as text, Markdown and JSON: the same functions for commands and dialogs."""
