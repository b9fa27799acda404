"""Measure speed and memory in a real terminal, and check their bounds: ``python -m tests.benchmarks``."""
