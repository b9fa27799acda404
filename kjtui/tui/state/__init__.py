"""The state of the app, as immutable values."""
