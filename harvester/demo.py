"""The demo workspace: one real researcher's pages, as they travel with the program."""

from __future__ import annotations

import shutil
from pathlib import Path

from harvester.config import ConfigError

_WITH_THE_PROGRAM = Path(__file__).parent / "demo_pages"
_IN_A_CHECKOUT = Path(__file__).parents[1] / "fixtures" / "demo"


def pages() -> Path:
    """The folder of pages: in the wheel beside this file, in a checkout under fixtures."""
    return _WITH_THE_PROGRAM if _WITH_THE_PROGRAM.is_dir() else _IN_A_CHECKOUT


def unpack(folder: Path) -> None:
    """Make a workspace in a folder that is new or empty. Raises ConfigError if it is not."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ConfigError(f"{folder}: is not empty; name a folder that is new or empty")
        shutil.copytree(pages(), folder, dirs_exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written ({error.strerror})") from error
