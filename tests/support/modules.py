"""List the modules that a piece of code loads."""

import subprocess
import sys


def loaded_modules(code: str) -> set[str]:
    """Return the full names of the modules that a fresh interpreter loads for ``code``."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(result.stderr.split())


def loaded_by(code: str) -> set[str]:
    """Return the top-level names of the modules that a fresh interpreter loads for ``code``."""
    return {module.split(".")[0] for module in loaded_modules(code)}
