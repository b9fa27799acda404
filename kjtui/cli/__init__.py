"""The command line: parser, commands, help topics, completion."""
