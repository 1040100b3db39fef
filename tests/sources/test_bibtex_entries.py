"""The tolerant reader: no entry is lost for what is wrong with another."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.bibtex_entries import BibEntry, BibFault, decode, read_bibtex


def entries(text: str) -> list[BibEntry]:
    return [item for item in read_bibtex(text) if isinstance(item, BibEntry)]


def test_raw_text_and_lines_are_the_file_s_own() -> None:
    text = "remark\n\n @Article{key,\n  title = {A},\n\n  AUTHOR = {B\n and C},\n}\n"
    (entry,) = entries(text)
    assert (entry.kind, entry.key, entry.line) == ("article", "key", 3)
    assert {name: field.line for name, field in entry.fields.items()} == {"title": 4, "author": 6}
    assert entry.raw in text
    assert entry.raw.startswith("@Article{key,")
    assert entry.raw.endswith("}")


@pytest.mark.parametrize(
    "broken",
    [
        "@article{x, title={never closed},\n",
        "@article{x title={no comma}}\n",
        '@article{x, title="no quote}\n',
        "@article{x, title={one brace too few}\n",
        "@article{x, title}\n",
        "@article{\n",
        "@article\n",
        "}}}\n",
        'stray @ signs, a@b.c, {braces} and "quotes\n',
    ],
)
def test_the_next_entry_survives_a_broken_one(broken: str) -> None:
    good = "@misc{good, title={Good}}\n"
    found = list(read_bibtex(good + broken + good))
    assert [e.fields["title"].value for e in entries(good + broken + good)] == ["Good", "Good"]
    if broken.startswith("@article{"):
        (fault,) = [item for item in found if isinstance(item, BibFault)]
        assert fault.line == 2
        assert fault.reason.endswith("; skipped")


KEYS = st.sampled_from(["a", "A", "b", ""])


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


TITLES = st.text(alphabet="abc {}", max_size=12).filter(_balanced)


@given(st.lists(st.tuples(KEYS, TITLES), max_size=8))
def test_every_entry_is_read_whatever_its_key(written: list[tuple[str, str]]) -> None:
    text = "\n".join(f"@misc{{{key},\n  title={{{title}}}\n}}" for key, title in written)
    read = [(entry.key, entry.fields["title"].value) for entry in entries(text)]
    assert read == [(key, title.rstrip()) for key, title in written]
    assert [entry.line for entry in entries(text)] == [1 + 3 * n for n in range(len(written))]


def test_macros_that_double_do_not_grow_without_end() -> None:
    doubled = "".join(f"@string{{m{n + 1} = m{n} # m{n}}}\n" for n in range(60))
    (entry,) = entries("@string{m0 = {x}}\n" + doubled + "@misc{a, title=m4, note=m60}")
    assert entry.fields["title"].value == "x" * 16
    assert len(entry.fields["note"].value) < 10_000


def test_a_macro_means_what_it_was_last_defined_as() -> None:
    first, second = entries(
        "@string{m={One}}@misc{a, title=M}@string{m={Two}}@misc{b, title=m # { more}}"
    )
    assert first.fields["title"].value == "One"
    assert second.fields["title"].value == "Two more"


def test_long_files_are_read_in_linear_time() -> None:
    glued = "@misc{a, " + "t={x} " * 50_000 + "}"
    assert len(entries(glued)) == 1
    same_key = "".join(f"@misc{{a,\n title={{T{n}}}}}\n" for n in range(5_000))
    assert len(entries(same_key)) == 5_000


def test_faults_are_yielded_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert len(list(read_bibtex("@misc{a, title={x\n@misc{b, title={y}}"))) == 2
    assert not [record for record in caplog.records if record.name.startswith("bibtexparser")]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("ü\n".encode(), "ü\n"),
        (b"\xef\xbb\xbfx", "x"),
        ("ü".encode("cp1252"), "ü"),
        ("ü\r\nü".encode("utf-16"), "ü\nü"),
        ("ä".encode() + b"\r\n" + "\u2013".encode("cp1252") + b"\rz", "ä\n\u2013\nz"),
        (b"\x81\xff", "\ufffdÿ"),
        (b"", ""),
    ],
)
def test_decode(body: bytes, text: str) -> None:
    assert decode(body) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_and_each_item_has_its_line(body: bytes) -> None:
    text = decode(b"@misc{" + body)
    for item in read_bibtex(text):
        assert 1 <= item.line <= text.count("\n") + 1
        assert isinstance(item, BibFault) or item.raw in text
