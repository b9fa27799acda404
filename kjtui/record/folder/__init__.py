"""Read and check a record in text files, build a store from it, and write a store as text files."""
