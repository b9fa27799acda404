"""The app in a browser: a web page, and one process for each visitor."""
