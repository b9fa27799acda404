"""Write files atomically, detect changes of files, and store the user's own files."""
