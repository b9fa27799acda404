"""What opens over the panes: each asks or tells one thing and closes with escape."""
