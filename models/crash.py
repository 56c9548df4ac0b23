"""Named points at which a test may kill this process, as a power cut would (promise P8).

Every commit and every call of a neighbour has one before and one after. Disarmed, a point costs a look into
an empty dictionary.
"""

import os
import signal

_armed: dict[str, int] = {}


def arm(name: str, nth: int = 1) -> None:
    """Die the `nth` time that the point called `name` is reached."""
    _armed[name] = nth


def crashpoint(name: str) -> None:
    if not _armed or name not in _armed:
        return
    _armed[name] -= 1
    if _armed[name] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
