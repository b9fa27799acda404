"""Dialogs over the panes. Each asks or shows one thing and closes with escape."""
