"""A record as a folder of text files, and the store built from the folder."""
