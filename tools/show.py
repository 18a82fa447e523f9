"""After `make run`: opens the window on the demo, or takes screenshots of the main pages where there is no display."""

import os
import subprocess
import sys
from pathlib import Path


def main(folder: Path) -> None:
    store = folder / "store"
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt" or sys.platform == "darwin":
        program = Path(sys.executable).parent / "unionclient"
        raise SystemExit(subprocess.call([str(program), "--store", str(store), "gui"]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from unionclient.ui.screens import take_screens

    for path in take_screens(store, folder / "screens"):
        print(f"  截图：{path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
