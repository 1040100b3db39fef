"""What travels in the wheel: three packages, their tables, migrations and the demo's pages."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_holds_all_that_runs_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"db", "harvester", "sources"}
    pages = {
        path.relative_to(ROOT / "fixtures" / "demo").as_posix()
        for path in (ROOT / "fixtures" / "demo").rglob("*")
        if path.is_file()
    }
    assert names >= {f"harvester/demo_pages/{page}" for page in pages}
    assert names >= {
        "harvester/venues.toml",
        "harvester/title_words.tsv",
        "harvester/html_page.css",
    }
    assert any(name.startswith("db/migrations/versions/0001") for name in names)
    modules = {
        path.relative_to(ROOT).as_posix()
        for package in ("db", "harvester", "sources")
        for path in (ROOT / package).rglob("*.py")
    }
    assert names >= modules
