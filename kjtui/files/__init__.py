"""Write files whole, notice changes, and keep the user's own files."""
