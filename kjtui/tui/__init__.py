"""The app. It draws snapshots and moves through days; it derives nothing itself."""
