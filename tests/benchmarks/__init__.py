"""Measure speed and memory in a real terminal against their budgets: ``python -m tests.benchmarks``."""
