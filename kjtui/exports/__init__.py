"""What history worked out, as text, Markdown, JSON, tables and a calendar: for commands and dialogs alike."""
