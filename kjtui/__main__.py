"""``python -m kjtui``."""

from kjtui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
