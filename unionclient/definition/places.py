"""Where the program's own files lie: source tree, installed wheel or frozen bundle."""

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds `forms/`, `resources/` and `db/`."""
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled:
        return Path(bundled)
    package = Path(__file__).resolve().parents[1]
    installed = package / "_files"
    return installed if installed.is_dir() else package.parent
