import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.files import Locked, StoreError, atomic_write, lock

ROOT = Path(__file__).resolve().parents[2]


def start(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


HOLD = """
import time
from pathlib import Path
from db.files import lock
with lock(Path({path!r})):
    print("held", flush=True)
    time.sleep(60)
"""


class TestLock:
    def test_the_second_process_is_refused_and_told_who_holds_it(self, tmp_path: Path) -> None:
        database = tmp_path / "canon.db"
        other = start(HOLD.format(path=str(database)))
        assert other.stdout
        try:
            assert other.stdout.readline() == "held\n"
            with pytest.raises(Locked, match=rf"process {other.pid}\)") as caught, lock(database):
                pass
            assert caught.value.place == str(tmp_path / "canon.db.lock")
        finally:
            other.kill()
            other.communicate()
        with lock(database):
            pass

    def test_it_is_free_again_afterwards_and_its_file_stays(self, tmp_path: Path) -> None:
        database = tmp_path / "canon.db"
        for _ in range(2):
            with lock(database):
                assert not database.exists()
        assert [p.name for p in tmp_path.iterdir()] == ["canon.db.lock"]

    def test_one_process_cannot_hold_it_twice(self, tmp_path: Path) -> None:
        with lock(tmp_path / "a.db"), pytest.raises(Locked), lock(tmp_path / "a.db"):
            pass

    def test_other_workspaces_are_free(self, tmp_path: Path) -> None:
        with lock(tmp_path / "a.db"), lock(tmp_path / "b.db"):
            held = {path.name: path.read_text() for path in tmp_path.iterdir()}
        assert held == dict.fromkeys(("a.db.lock", "b.db.lock"), f"{os.getpid()}\n")

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="cannot be opened"), lock(tmp_path / "no" / "a.db"):
            pass


class TestAtomicWrite:
    def test_a_pipe_is_written_into_and_stays(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
        assert atomic_write(pipe, b"one")
        assert reader.communicate(timeout=10)[0] == b"one"
        assert pipe.is_fifo()

    def test_equal_bytes_are_not_touched(self, tmp_path: Path) -> None:
        path = tmp_path / "canon.bib"
        assert atomic_write(path, b"one")
        os.utime(path, ns=(1, 1))
        before = path.stat()
        assert not atomic_write(path, b"one")
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (1, before.st_ino)
        assert atomic_write(path, b"two")
        assert path.read_bytes() == b"two"
        assert [p.name for p in tmp_path.iterdir()] == ["canon.bib"]

    def test_permissions_are_kept_and_a_new_file_follows_the_umask(self, tmp_path: Path) -> None:
        path = tmp_path / "canon.bib"
        old = os.umask(0o027)
        try:
            atomic_write(path, b"one")
        finally:
            os.umask(old)
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o604)
        atomic_write(path, b"two")
        assert path.stat().st_mode & 0o777 == 0o604

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "papers").mkdir()
        real, link = tmp_path / "papers" / "all.bib", tmp_path / "canon.bib"
        real.write_bytes(b"one")
        link.symlink_to(real)
        atomic_write(link, b"two")
        assert link.is_symlink()
        assert real.read_bytes() == b"two"

    def test_a_reader_keeps_the_whole_old_file(self, tmp_path: Path) -> None:
        path = tmp_path / "canon.bib"
        path.write_bytes(b"old" * 9)
        with path.open("rb") as reader:
            atomic_write(path, b"new")
            assert reader.read() == b"old" * 9

    def test_where_it_cannot_write(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"canon\.bib: cannot be written .*still stands"):
            atomic_write(tmp_path / "no" / "canon.bib", b"")
        (tmp_path / "canon.bib").mkdir()
        with pytest.raises(StoreError, match="cannot be written"):
            atomic_write(tmp_path / "canon.bib", b"")
        assert [p.name for p in tmp_path.iterdir()] == ["canon.bib"]

    def test_what_a_killed_process_had_begun_is_swept_away(self, tmp_path: Path) -> None:
        path = tmp_path / "canon.bib"
        killed = start(
            "import os; from pathlib import Path; from db.files import atomic_write\n"
            "os.replace = lambda *names: os.kill(os.getpid(), 9)\n"
            f"atomic_write(Path({str(path)!r}), b'begun')"
        )
        killed.communicate()
        begun = tmp_path / f".canon.bib.{killed.pid}.new"
        assert begun.read_bytes() == b"begun"
        assert not path.exists()
        # Of a process that lives, of other files, and of somebody else.
        others = [f".canon.bib.{os.getppid()}.new", f".other.bib.{killed.pid}.new"]
        others += [".canon.bib..new", ".canon.bib.old.new", f"canon.bib.{killed.pid}.new"]
        for name in others:
            (tmp_path / name).write_bytes(b"kept")
        (tmp_path / ".canon.bib.0999999999.new").mkdir()
        atomic_write(path, b"whole")
        left = {entry.name for entry in tmp_path.iterdir()}
        assert left == {"canon.bib", ".canon.bib.0999999999.new", *others}
        assert path.read_bytes() == b"whole"

    def test_killed_at_any_instant_the_file_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "canon.bib"
        code = (
            "from pathlib import Path; from db.files import atomic_write\n"
            f"path = Path({str(path)!r})\n"
            "for n in range(10**9):\n"
            "    atomic_write(path, str(n % 10).encode() * 3_000_000)\n"
            "    if n == 0: print('going', flush=True)\n"
        )
        chance = random.Random(20)
        for _ in range(8):
            process = start(code)
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.05)
            process.kill()
            process.communicate()
            content = path.read_bytes()
            assert len(content) == 3_000_000
            assert len(set(content)) == 1
