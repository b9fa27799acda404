"""The app. Draws snapshots and lets people move through days; works nothing out itself."""
