"""Where the real files for tests are, if they are there."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data"


def samples(part: str) -> Path:
    """The folder of sample data; skips loudly when there is none."""
    stated = os.environ.get("SARNAKH_DATA_SAMPLES")
    folder = Path(stated) if stated else BESIDE
    if not (folder / part).is_dir():
        message = (
            f"No sample data {part}: real files are NOT tested (SARNAKH_DATA_SAMPLES)"
        )
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    return folder / part
