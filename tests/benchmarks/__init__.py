"""How fast and how big: every budget, measured through a real terminal by ``python -m tests.benchmarks``."""
