"""`harvest diff --html`: the page of the demo, and what may be written where."""

import base64
import hashlib
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from htmlread import Page

from harvester.cli import main
from harvester.html_page import GENERATOR


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace with its page, made once."""
    folder = tmp_path_factory.mktemp("html") / "demo"
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    assert write(folder, folder / "page.html").exit_code == 1
    return folder


@pytest.fixture(scope="module")
def text(made: Path) -> str:
    return (made / "page.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def write(folder: Path, file: object, *words: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--config", str(folder), "--html", str(file), *words])


def article(text: str, id: str) -> str:
    [found] = re.findall(rf'<article id="c-{id}".*?</article>', text, re.DOTALL)
    return str(found)


def plain(html: str) -> str:
    return " ".join(Page(html).text.split())


def test_one_sees_that_the_conference_was_over_before_the_paper_was_posted(text: str) -> None:
    shown = article(text, "f1199e4")
    assert "CVPR 2021 was over on 25 June 2021, before the paper was first posted" in plain(shown)
    lanes = [plain(lane) for lane in re.findall(r"<li[^>]*title=.*?</li>", shown, re.DOTALL)]
    assert lanes == [
        "CVPR 2021, struck by the rule over_before_posted 19–25 Jun 2021 according to homepage",
        "Posted on arXiv 26 Nov 2021 according to arxiv",
        "Accepted: CVPR 2022 2 Mar 2022 according to homepage",
        "CVPR 2022 19–24 Jun 2022 according to bibtex, cv, homepage, scholar",
    ]
    # Drawn: the struck event ends left of the day of posting, the other begins right of it.
    [svg] = re.findall(r"<svg[^>]*role.*?</svg>\n</div>", shown, re.DOTALL)
    [posted] = re.findall(r'<line x1="([\d.]+)%"[^>]*class="posted-line"', svg)
    bars = re.findall(r'<rect class="mark" x="([\d.]+)%"[^>]*width="([\d.]+)%"', svg)
    (lost, lost_wide), (kept, _) = [(float(x), float(wide)) for x, wide in bars]
    assert lost + lost_wide < float(posted) < kept
    assert "154 days" in plain(svg)


def test_claims_stand_with_their_places_and_struck_ones_with_the_rule(text: str) -> None:
    shown = article(text, "f1199e4")
    rows = [plain(row) for row in re.findall(r"<tr.*?</tr>", shown, re.DOTALL)]
    assert re.fullmatch(r"Says Who and where, since \d{4}-\d\d-\d\d Outcome", rows[0])
    assert rows[1:] == [
        "b 2022 bibtex bibtex/dom-gen.bib:6 cv cv.md:111 homepage homepage.md:33 CVPR 2022"
        " scholar exports/citations.bib:42 stands",
        "a 2021 homepage homepage.md:200 CVPR 2021 struck: over_before_posted",
    ]


def test_every_command_on_the_page_is_one_that_decides(
    made: Path, text: str, tmp_path: Path
) -> None:
    commands = re.findall(r'<code class="command">(.*?)</code>', text)
    assert {"harvest decide take ad999e3 a", "harvest decide take f1199e4 a"} < set(commands)
    for number, command in enumerate(commands):
        copy = shutil.copytree(made, tmp_path / str(number))
        done = CliRunner().invoke(main, [*command.split()[1:], "--config", str(copy)])
        assert done.exit_code == 0, done.output
        assert "is kept: take" in done.stdout
        assert "changes nothing" not in done.stdout


def test_fixes_say_where_to_write_what(text: str) -> None:
    rows = [plain(row) for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL)]
    assert "homepage.md:200 CVPR 2021 CVPR 2022 galstyan2022failure" in rows
    assert "cv.md:85 Under review, to appear on arXiv soon ICLR 2025 bae2025relaxed" in rows


def test_the_matrix_has_who_has_what(text: str) -> None:
    [body] = re.findall(r'<tbody id="w-galstyan2022failure".*?</tbody>', text, re.DOTALL)
    rows = [plain(row) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    signs = [re.findall(r"[●◐·](?=yes|no|yes,)", row) for row in rows]
    assert rows[1].startswith("arXiv 2021 2111.13733")
    assert signs[1] == ["●", "·", "·", "●", "·", "·"]
    assert rows[2].startswith("CVPR 2022")
    assert signs[2] == ["·", "●", "●", "◐", "·", "●"]
    assert 'href="#c-f1199e4"' in body
    assert 'href="https://arxiv.org/abs/2111.13733"' in body


def test_nothing_is_fetched_and_nothing_is_run(text: str, page: Page) -> None:
    [policy] = [m["content"] for m in page.all("meta") if "http-equiv" in m]
    style = "".join(page.within("style"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert not {"src", "srcset", "data", "action", "style", "background"} & {
        name for _, attributes in page.tags for name in attributes
    }
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {
        name for name, _ in page.tags
    }
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_somewhere(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for address in page.values("href"):
        assert address.startswith(("https://", "#"))
        assert not address.startswith("#") or address[1:] in ids
    for name in ("aria-labelledby", "aria-describedby"):
        assert set(page.values(name)) <= set(ids)


def test_who_listens_is_told_the_same(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert [name for name, _ in page.tags].count("h1") == 1
    body = [name for name, _ in page.tags]
    assert body[body.index("body") + 1] == "a"
    assert next(a for n, a in page.tags if n == "a") == {"href": "#review", "class": "skip"}
    levels = [int(name[1]) for name in body if re.fullmatch(r"h\d", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attributes for attributes in page.all("th"))
    assert body.count("table") == body.count("caption")
    drawings = [a for a in page.all("svg") if a.get("role") == "img"]
    assert len(drawings) == 7, "one a conflict, two where it is about two works"
    svg_titles = [text for path, text in page.texts if path.endswith("svg desc")]
    assert all("on a scale of time" in text for text in svg_titles)
    assert page.strays == []


def test_the_same_input_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    first, again = tmp_path / "first.html", tmp_path / "again.html"
    for file in (first, again):
        assert write(made, file).exit_code == 1
    assert first.read_bytes() == again.read_bytes() == (made / "page.html").read_bytes()
    before = first.stat()
    assert write(made, first).exit_code == 1
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_work_has_a_page_of_its_own(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    assert write(made, file, "failure", "modes").exit_code == 1
    shown = file.read_text(encoding="utf-8")
    assert Page(shown).within("h1") == ["Failure Modes of Domain Generalization Algorithms"]
    assert re.findall(r'<article id="c-(\w+)"', shown) == ["f1199e4"]
    assert re.findall(r'<tbody id="w-(\w+)"', shown) == ["galstyan2022failure"]


def test_one_output_at_a_time(made: Path, tmp_path: Path) -> None:
    done = write(made, tmp_path / "p.html", "--json")
    assert done.exit_code == 2
    assert "ask for one at a time" in done.stderr
    assert not (tmp_path / "p.html").exists()


def test_to_stdout(made: Path, text: str) -> None:
    done = write(made, "-")
    assert (done.exit_code, done.stdout, done.stderr) == (1, text, "")


@pytest.mark.parametrize("name", ["homepage.md", "canon.bib", "canon.db", "harvest.toml"])
def test_what_is_no_page_is_not_written_over(made: Path, name: str) -> None:
    before = (made / name).read_bytes()
    done = write(made, made / name)
    assert done.exit_code == 2
    assert (
        done.stderr == f"{made / name}: exists and is no page of {GENERATOR}; name another file\n"
    )
    assert (made / name).read_bytes() == before


def test_a_page_of_before_is_replaced_and_a_link_followed(made: Path, tmp_path: Path) -> None:
    old, empty, link = tmp_path / "old.html", tmp_path / "empty.html", tmp_path / "link.html"
    old.write_text((made / "page.html").read_text(encoding="utf-8").replace("Hrayr", "Another"))
    empty.touch()
    link.symlink_to(old)
    for file in (link, empty):
        assert write(made, file).exit_code == 1
        assert file.read_bytes() == (made / "page.html").read_bytes()
    assert link.is_symlink()


def test_places_where_no_page_can_be(made: Path, tmp_path: Path) -> None:
    done = write(made, tmp_path)
    assert (done.exit_code, done.stderr) == (2, f"{tmp_path}: is a folder; name a file in it\n")
    missing = tmp_path / "no" / "page.html"
    done = write(made, missing)
    assert done.exit_code == 2
    assert "no such folder" in done.stderr
    done = write(made, tmp_path / "p.html", "no such work")
    assert done.exit_code == 2
    assert not (tmp_path / "p.html").exists()


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * one for one in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_can_be_read_on_every_ground(page: Page) -> None:
    style = "".join(page.within("style"))
    palettes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(palettes) == 3, "light, dark, print"
    for palette in palettes:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", palette))
        for ink in ("ink", "soft", "accent", "wrong"):
            for ground in ("paper", "raised", "shade", "wrong-wash", "right-wash"):
                dark, light = sorted((luminance(colours[ink]), luminance(colours[ground])))
                contrast = (light + 0.05) / (dark + 0.05)
                assert contrast >= 4.5, f"{ink} on {ground}: {contrast:.2f}"
