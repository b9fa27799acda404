"""Dialogs that open above the panes. Each dialog has one purpose and closes with escape."""
