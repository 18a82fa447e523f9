"""`python -m unionclient`, and the entry of the frozen program, which also serves its own worker processes."""

import sys
from importlib import import_module

SERVERS = {"--read-workbook": "unionclient.sheets.worker", "--verify-package": "unionclient.submission.worker"}
"""First argument of a worker process → the module that answers it. Only the one asked for is imported."""


def main() -> None:
    """Answer as a worker process if started as one, else run the command line."""
    asked = SERVERS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if asked:
        import_module(asked).serve_if_asked()
    from unionclient.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
