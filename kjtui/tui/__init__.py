"""The app. It shows snapshots and moves the cursor. All history logic is in ``kjtui.history``."""
