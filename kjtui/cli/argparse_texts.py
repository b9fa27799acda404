"""Translate the messages of argparse with kjtui's catalogue instead of Python's."""

import argparse

from kjtui.languages import tr


def translate_argparse() -> None:
    """Make argparse translate its messages with kjtui's catalogue.

    By default, argparse searches Python's folders for a catalogue in the language of the environment.
    """
    vars(argparse)["_"] = tr


ARGPARSE_TEXTS = (
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "not allowed with argument %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "expected at most one argument",
    "argument %(argument_name)s: %(message)s",
    "invalid %(type)s value: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s",
    "ignored explicit argument %r",
)
"""The messages of argparse that kjtui can print."""
