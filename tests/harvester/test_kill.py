"""A sync that is killed at any instant loses nothing that was committed."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from canons import NOW, TODAY
from making import preprint, record, seen

from db import tables
from db.files import atomic_write
from db.reading import open_for_reading
from db.store import Store, open_store, table
from harvester.canon import Canon
from harvester.ledger import finish_run, load_records, save_source, start_run
from harvester.publish import publish
from harvester.reconcile import reconcile
from sources.record import Record

ROOT = Path(__file__).resolve().parents[2]
PAPERS = 24


def records(run: int) -> list[Record]:
    """Some papers; in every other run they are published, and a third is not sent."""
    found = []
    for number in range(PAPERS - PAPERS // 3 * (run % 2)):
        title = f"{'abcdefghijklmnopqrstuvwxyz'[number] * 12} and its use"
        places = [preprint(f"2101.{number:05}", "2021-01-05")]
        if run % 2:
            places.append(seen("CVPR 2022"))
        found.append(record(f"page:{number}", title, *places))
    return found


def sync(store: Store, folder: Path) -> int:
    """One sync as the program does it. What it leaves depends on whether its number is odd."""
    with store.transaction() as connection:
        run = start_run(connection, NOW)
        save_source(connection, "page", "page", records(run), [], run, TODAY)
    with store.transaction() as connection:
        canon = reconcile(load_records(connection))
        publish(connection, canon, run)
        finish_run(connection, run, NOW, "done", {})
    atomic_write(folder / "canon.bib", bib(canon))
    return run


def sync_for_ever(folder: Path) -> None:
    with open_store(folder / "canon.db") as store:
        while True:
            print(sync(store, folder), flush=True)


def bib(canon: Canon) -> bytes:
    """Stands for the .bib: some megabytes that tell one canon from another."""
    heads = "\n".join(f"{work.title.value} {work.head.venue}" for work in canon.works)
    return (heads.encode() + b"\n") * 2000


def derived(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as connection:
        names = {name: ", ".join(c.name for c in table(name).columns) for name in tables.DERIVED}
        return {
            name: sorted(connection.execute(f'SELECT {columns} FROM "{name}"'), key=repr)
            for name, columns in names.items()
        }


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import test_kill, pathlib as p; test_kill.sync_for_ever(p.Path({str(folder)!r}))",
        ],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_at_any_instant(tmp_path: Path) -> None:
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    calm.mkdir()
    killed.mkdir()
    states, bibs = {}, {}
    with open_store(calm / "canon.db") as store:
        for _ in range(3):
            run = sync(store, calm)
            states[run % 2] = derived(calm / "canon.db")
            bibs[run % 2] = (calm / "canon.bib").read_bytes()
    assert states[0] != states[1]
    assert bibs[0] != bibs[1]
    chance = random.Random(75)
    for _ in range(8):
        process = start(killed)
        assert process.stdout
        said = process.stdout.readline() + process.stdout.readline()
        time.sleep(chance.random() * 0.15)
        process.kill()
        said += process.communicate()[0]
        published = last_published(killed / "canon.db", int(said.splitlines()[-1]))
        assert derived(killed / "canon.db") == states[published % 2]
        assert (killed / "canon.bib").read_bytes() in bibs.values()


def last_published(path: Path, committed: int) -> int:
    """The last run that was published; at least that which the killed process had committed."""
    with open_for_reading(path) as reader:
        run: int = reader.execute("SELECT max(id) FROM run WHERE outcome = 'done'").fetchone()[0]
    assert run >= committed
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return run
