"""The record: the content of a store, read through TinyDB, validated, and converted to immutable values."""
