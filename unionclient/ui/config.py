"""What this computer remembers between two starts: folder of the data, sizes, column widths, looks.

Nothing of the ledgers is kept here. A file that cannot be read is set aside and the defaults are used.
"""

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths


def config_folder() -> Path:
    """The user's own folder for this program; `UNIONCLIENT_CONFIG` (a folder) overrides it."""
    override = os.environ.get("UNIONCLIENT_CONFIG")
    if override:
        return Path(override)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "unionclient"


class Config:
    """A small JSON file of remembered values; `put` writes at once, whole or not at all."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or config_folder()) / "desktop.json"
        self._values: dict[str, Any] = _read(self.path)

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        if self._values.get(key) == value:
            return
        self._values[key] = value
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_suffix(".part")
            part.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(part, self.path)
        except OSError:
            # A read-only profile must not keep anybody from working; it is asked again next time.
            return


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _set_aside(path)
        return {}
    return values if isinstance(values, dict) else {}


def _set_aside(path: Path) -> None:
    try:
        os.replace(path, path.with_suffix(".damaged"))
    except OSError:
        return
