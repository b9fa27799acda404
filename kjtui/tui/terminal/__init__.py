"""The terminal: input, signals, crash reports, and guards against faults of Textual."""
