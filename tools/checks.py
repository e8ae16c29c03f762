"""Every check of the project, in the order in which faults are cheapest to mend.

    python tools/checks.py               all of them, then a summary
    python tools/checks.py PYTEST-ARGS   only pytest, with these arguments

Started by `python3 sarnakh test` with the project's own Python; exits with 1 when
any check failed.
"""

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sysconfig.get_path("scripts"))
PYTHON = sys.executable
# The package is not installed; it is found where it lies.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
PYTEST = [PYTHON, "-m", "pytest"]
CHECKS: dict[str, list[str]] = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet"],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet"],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "arrows": [str(PROGRAMS / "lint-imports"), "--no-logo"],
    "system checks": [PYTHON, "manage.py", "check"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "catalogues": [PYTHON, "tools/catalogues.py", "check"],
    "tests": [*PYTEST, "-n", "2"],
}


def passes(name: str, command: list[str]) -> bool:
    """Run one check, its output shown as it comes, and say how it went."""
    print(f"── {name}", flush=True)
    started = time.monotonic()
    passed = subprocess.call(command, cwd=ROOT, env=ENVIRONMENT) == 0
    verdict = "passed" if passed else "FAILED"
    print(f"   {verdict} in {time.monotonic() - started:.1f} s", flush=True)
    return passed


def main(arguments: list[str]) -> int:
    """Run what was asked for; 1 when something failed, else 0."""
    if arguments:
        return subprocess.call([*PYTEST, *arguments], cwd=ROOT, env=ENVIRONMENT)
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        print(f"\n{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
        return 1
    print(f"\nAll {len(CHECKS)} checks passed.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
