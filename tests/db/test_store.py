import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import db.store
import db.upgrade
from db import tables
from db.files import StoreError
from db.reading import SCHEMA, open_for_reading
from db.store import Store, engine, open_store, replace_derived, table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "canon.db"


@pytest.fixture
def filled(path: Path) -> Path:
    with open_store(path) as store, store.transaction() as connection:
        connection.execute(table("run").insert().values(started="2026-11-21", outcome="done"))
        connection.execute(table("identity").insert().values(id=1, key="doe2020word", born=1))
    return path


def names(path: Path, kind: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))
        return {row[0] for row in rows}


def look(path: Path) -> None:
    with open_for_reading(path) as connection:
        connection.execute("SELECT * FROM work").fetchall()


class TestSchema:
    def test_the_migrated_schema_is_the_models(self, path: Path) -> None:
        with open_store(path) as store, store.transaction() as connection:
            found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        assert found == []
        assert names(path, "table") == {*SQLModel.metadata.tables, "alembic_version"}
        assert set(tables.DERIVED) <= names(path, "table")

    def test_the_views_are_there_and_have_their_columns(self, filled: Path) -> None:
        assert names(filled, "view") == {"canon", "why"}
        with open_for_reading(filled) as connection:
            canon = [c[0] for c in connection.execute("SELECT * FROM canon").description]
            why = [c[0] for c in connection.execute("SELECT * FROM why").description]
        assert canon == ("key title authors stage venue year doi arxiv openreview records".split())
        assert why == ("key version field value says source place seen struck_by published".split())

    def test_the_newest_migration_is_the_schema_that_the_program_knows(self) -> None:
        assert ScriptDirectory.from_config(db.upgrade.config()).get_heads() == [SCHEMA]

    def test_citation_keys_are_unique_whatever_their_case(self, filled: Path) -> None:
        again = table("identity").insert().values(id=2, key="Doe2020Word", born=1)
        with (
            open_store(filled) as store,
            store.transaction() as connection,
            pytest.raises(IntegrityError, match="UNIQUE"),
        ):
            connection.execute(again)

    def test_opening_a_current_file_does_not_load_alembic(self, filled: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from db.store import open_store\n"
            f"with open_store(Path({str(filled)!r})): pass\n"
            "sys.exit('alembic' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

    def test_looking_loads_no_table_class(self) -> None:
        code = (
            "import sys, db.reading, db.files, harvester.shelf, harvester.find, harvester.shapes\n"
            "import harvester.logbook\n"
            "sys.exit(bool({'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic'} & set(sys.modules)))"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


class TestOpening:
    def test_pragmas(self, path: Path) -> None:
        with open_store(path) as store, store.transaction() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 5000,
        }

    def test_a_closed_database_is_one_file(self, filled: Path) -> None:
        assert [p.name for p in filled.parent.iterdir()] == ["canon.db"]

    def test_an_empty_file_becomes_a_database(self, path: Path) -> None:
        path.touch()
        Store(path).close()
        assert "record" in names(path, "table")

    @pytest.mark.parametrize("content", [b"@article{a, title={b}}\n" * 99, b"x", b"\0" * 4096])
    def test_a_file_that_is_not_sqlite(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        with pytest.raises(StoreError, match=r"canon\.db: is not a SQLite database; move it away"):
            Store(path)
        with pytest.raises(StoreError, match="is not a SQLite database"):
            look(path)
        assert path.read_bytes() == content

    def test_a_database_of_another_program(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE moz_places(url)")
        before = path.read_bytes()
        with pytest.raises(StoreError, match="another program"):
            Store(path)
        assert path.read_bytes() == before

    def test_a_newer_database(self, filled: Path) -> None:
        with closing(sqlite3.connect(filled)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError, match=r"newer harvest \(schema 9999.*upgrade pubharvest"):
            Store(filled)
        with pytest.raises(StoreError, match="newer harvest"):
            look(filled)

    def test_an_older_database_is_not_read(self, filled: Path) -> None:
        with closing(sqlite3.connect(filled)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0000'")
        with pytest.raises(StoreError, match="older harvest; run `harvest sync` once"):
            look(filled)

    @pytest.mark.parametrize("page", [1, 2, 5])
    def test_a_damaged_database(self, filled: Path, page: int) -> None:
        whole = bytearray(filled.read_bytes())
        whole[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
        filled.write_bytes(whole)
        with pytest.raises(StoreError, match=r"canon\.db: cannot be read .*copy back"):
            Store(filled)

    def test_a_truncated_database(self, filled: Path) -> None:
        filled.write_bytes(filled.read_bytes()[:5000])
        with pytest.raises(StoreError, match="cannot be read"):
            Store(filled)
        with pytest.raises(StoreError, match="cannot be read"):
            look(filled)

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="its folder does not exist"):
            Store(tmp_path / "nowhere" / "canon.db")

    def test_a_folder_in_its_place(self, path: Path) -> None:
        path.mkdir()
        with pytest.raises(StoreError, match=r"canon\.db: "):
            Store(path)
        with pytest.raises(StoreError, match=r"canon\.db: "):
            look(path)


class TestReading:
    def test_a_missing_file_is_not_made(self, path: Path) -> None:
        with pytest.raises(StoreError, match="no database yet; run `harvest sync`"):
            look(path)
        assert not list(path.parent.iterdir())

    def test_looking_leaves_the_folder_as_it_was(self, filled: Path) -> None:
        before = [(p.name, p.read_bytes(), p.stat().st_mtime_ns) for p in filled.parent.iterdir()]
        with open_for_reading(filled) as connection:
            assert connection.execute("SELECT key FROM identity").fetchone()["key"]
        after = [(p.name, p.read_bytes(), p.stat().st_mtime_ns) for p in filled.parent.iterdir()]
        assert after == before

    def test_nothing_can_be_written(self, filled: Path) -> None:
        with pytest.raises(StoreError, match="readonly"), open_for_reading(filled) as connection:
            connection.execute("DELETE FROM identity")

    def test_what_is_committed_is_seen_while_a_writer_is_at_work(self, filled: Path) -> None:
        with open_store(filled) as store:
            with store.transaction() as connection:
                connection.execute(table("run").insert().values(started="b", outcome=""))
            with store.transaction() as connection:
                connection.execute(table("run").insert().values(started="c", outcome=""))
                with open_for_reading(filled) as reader:
                    seen = [row["started"] for row in reader.execute("SELECT started FROM run")]
        assert seen == ["2026-11-21", "b"]

    def test_a_writer_in_between_is_noticed(self, filled: Path) -> None:
        reading = open_for_reading(filled)
        reading.__enter__()
        with open_store(filled) as store, store.transaction() as connection:
            connection.execute(table("run").insert().values(started="b", outcome=""))
        with pytest.raises(StoreError, match="while it was being read; run the command again"):
            reading.__exit__(None, None, None)


class TestTransaction:
    def test_all_or_nothing_tables_as_well(self, filled: Path) -> None:
        def fail(store: Store) -> None:
            with store.transaction() as connection:
                connection.exec_driver_sql("CREATE TABLE half_done(a)")
                connection.execute(table("identity").delete())
                raise ZeroDivisionError

        with open_store(filled) as store, pytest.raises(ZeroDivisionError):
            fail(store)
        assert "half_done" not in names(filled, "table")
        with open_for_reading(filled) as connection:
            assert len(connection.execute("SELECT * FROM identity").fetchall()) == 1

    def test_two_writers_lose_nothing(self, filled: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from db.store import open_store, table\n"
            "identity = table('identity')\n"
            f"with open_store(Path({str(filled)!r})) as store:\n"
            "    for _ in range(60):\n"
            "        with store.transaction() as c:\n"
            "            last = c.exec_driver_sql('SELECT max(id) FROM identity').scalar()\n"
            "            c.execute(identity.insert().values(id=last + 1, key=f'k{last}', born=1))\n"
        )
        two = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _ in range(2)]
        assert [process.wait() for process in two] == [0, 0]
        with open_for_reading(filled) as connection:
            assert connection.execute("SELECT max(id) FROM identity").fetchone()[0] == 121

    def test_derived_rows_that_are_equal_are_not_written(self, filled: Path) -> None:
        def row(number: int, value: str) -> dict[str, object]:
            texts = "kind state field slot works rule why".split()
            return {"id": value, "number": number, "proposed": value} | dict.fromkeys(texts, "")

        with open_store(filled) as store, store.transaction() as connection:
            assert replace_derived(connection, {"conflict": [row(0, "a"), row(1, "b")]}) == 2
            assert replace_derived(connection, {"conflict": [row(1, "b"), row(0, "a")]}) == 0
            assert replace_derived(connection, {"conflict": [row(0, "a"), row(2, "b")]}) == 2
            assert replace_derived(connection, {}) == 2


SECOND = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade() -> None:
    with op.batch_alter_table("run", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(), server_default="", nullable=False))
"""


class TestUpgrade:
    @pytest.fixture
    def next_schema(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A program one migration further than this one."""
        folder = tmp_path / "program"
        shutil.copytree(ROOT / "db" / "migrations", folder)
        config = db.upgrade.config()
        config.set_main_option("script_location", str(folder))
        monkeypatch.setattr(db.upgrade, "config", lambda: config)
        for module in (db.upgrade, db.store, db.reading):
            monkeypatch.setattr(module, "SCHEMA", "0002")
        return folder / "versions" / "0002_next.py"

    def test_children_of_a_table_made_anew_survive(self, filled: Path, next_schema: Path) -> None:
        next_schema.write_text(SECOND)
        with open_store(filled) as store, store.transaction() as connection:
            assert connection.exec_driver_sql("SELECT key FROM identity").scalar() == "doe2020word"
            assert connection.exec_driver_sql("SELECT note FROM run").scalar() == ""
        with closing(sqlite3.connect(filled.with_name("canon.db.before-0002"))) as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
            assert copy.execute("SELECT key FROM identity").fetchone() == ("doe2020word",)

    def test_a_failing_upgrade_changes_nothing(self, filled: Path, next_schema: Path) -> None:
        next_schema.write_text(SECOND + '    op.execute("INSERT INTO nowhere VALUES (1)")\n')
        with pytest.raises(StoreError, match=r"upgrade undone.*nowhere.*a copy is in"):
            Store(filled)
        with closing(sqlite3.connect(filled)) as connection:
            columns = [row[1] for row in connection.execute("PRAGMA table_info(run)")]
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert "note" not in columns
        assert version == ("0001",)

    def test_an_upgrade_that_orphans_rows_is_undone(self, filled: Path, next_schema: Path) -> None:
        next_schema.write_text(SECOND + '    op.execute("DELETE FROM run")\n')
        with pytest.raises(StoreError, match="rows of identity refer to nothing"):
            Store(filled)
        with closing(sqlite3.connect(filled)) as connection:
            assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)

    def test_foreign_keys_are_off_for_migrations_alone(self, filled: Path) -> None:
        made = engine(filled, foreign_keys=False)
        with made.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
        made.dispose()
