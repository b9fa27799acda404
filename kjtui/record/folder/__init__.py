"""Convert a folder of text files to a store, and a store to a folder of text files."""
