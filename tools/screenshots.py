"""`make screenshots`: the main pages of the sample street in three scales and three themes, into docs/screens.

    python -m tools.screenshots STORE OUT
"""

import os
import subprocess
import sys
from pathlib import Path

from unionclient.ui.screens import SCALES, take_main_screens


def main(store: Path, out: Path, scale: str = "") -> None:
    """All scales, each in a process of its own; or the one that is named."""
    if scale:
        for path in take_main_screens(store, out, scale):
            print(f"  {path}")
        return
    for each in SCALES:
        subprocess.run([sys.executable, "-m", "tools.screenshots", str(store), str(out), each], check=True,
                       env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
