"""A record as a folder of text files, and the store that is built from it."""
