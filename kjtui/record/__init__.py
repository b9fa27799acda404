"""The record: what a store holds, read once, checked and immutable. Knows nothing above it."""
