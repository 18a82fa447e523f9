"""`uncollected`: bulk work without the garbage collector looking on.

Work on a whole ledger makes millions of small values, none of them in a circle; the collector would walk through all of
them again and again. What does lie in a circle waits until the work is done.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_working = 0
_was_on = False


@contextmanager
def uncollected() -> Iterator[None]:
    """Holds the collector still; also a decorator. May be nested and used by several threads at once."""
    global _working, _was_on
    with _lock:
        if _working == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _working += 1
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if _working == 0 and _was_on:
                gc.enable()
