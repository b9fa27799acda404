"""The record: the store read through TinyDB, validated, as immutable values."""
