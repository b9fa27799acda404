"""The app in a browser: a page, and one process for each visitor."""
