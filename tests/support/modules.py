"""Which modules a piece of code loads."""

import subprocess
import sys


def modules_loaded_by(code: str) -> set[str]:
    """The full names of the modules."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(result.stderr.split())


def loaded_by(code: str) -> set[str]:
    """The names of the packages, and of modules outside packages."""
    return {module.split(".")[0] for module in modules_loaded_by(code)}
