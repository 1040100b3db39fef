"""Who is at the keyboard: decisions say who made them."""

from __future__ import annotations

import getpass


def signature() -> str:
    """The name under which the system knows the person; '' where it knows none, as in a container.

    USER and its like in the environment come first.
    """
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""
