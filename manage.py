"""Run a management command: python manage.py COMMAND."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Find the package beside this file, then let Django take over."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sarnakh.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
