"""The app. It shows snapshots and moves the cursor; all history logic is in ``kjtui.history``."""
