"""Documents as PDF; see README.md."""

from sarnakh.printing.rendering import render
from sarnakh.printing.typesetter import CannotPrint

__all__ = ["CannotPrint", "render"]
