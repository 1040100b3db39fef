"""Files beside the database: the lock of a workspace, and writing that is whole or not at all.

Standard library only, so that reading commands may import it at no cost.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE


class StoreError(Exception):
    """Something on disk cannot be used. The message says where, what is wrong, what to do."""

    def __init__(self, place: str | Path, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = str(place)
        self.reason = reason


class Locked(StoreError):  # noqa: N818 (a state of the world, not a fault)
    """Another process is writing to this workspace."""


@contextmanager
def lock(database: Path) -> Iterator[None]:
    """Hold the workspace alone, or raise Locked at once.

    The lock is the kernel's and dies with the process, so a killed sync never leaves one.
    The file beside the database stays: removing it would let two processes lock two files
    of one name.
    """
    path = database.with_name(database.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise StoreError(path, f"cannot be opened ({error.strerror})") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            who = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            reason = f"another harvest is writing here (process {who}); try again when it is done"
            raise Locked(path, reason) from error
        except OSError as error:
            raise StoreError(path, f"cannot be locked ({error.strerror})") from error
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def atomic_write(path: Path, content: bytes) -> bool:
    """Make the file hold exactly this content; whoever opens it sees the old or the new whole.

    False, and the file untouched, if it held it already. A link is followed, not replaced; a
    device or a pipe is written into.
    """
    target = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
        elif target.is_file() and target.read_bytes() == content:
            return False
        else:
            _replace(target, content)
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); what stood there still stands"
        raise StoreError(path, reason) from error
    return True


def _replace(target: Path, content: bytes) -> None:
    _sweep(target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if target.exists():
                os.fchmod(file.fileno(), S_IMODE(target.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sweep(target: Path) -> None:
    """Remove what processes that were killed had begun to write for this file."""
    before = f".{target.name}."
    for path in target.parent.iterdir():
        number = path.name.removeprefix(before).removesuffix(".new")
        # isascii, isdigit: '.canon.bib.old.new' is somebody's file.
        if path.name == f"{before}{number}.new" and number.isascii() and number.isdigit():
            with suppress(OSError):
                if not _lives(int(number)):
                    path.unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another user's
        return True
    return True


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
