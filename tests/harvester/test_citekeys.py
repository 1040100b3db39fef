import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.citekeys import citation_key

TITLE = "Mixture-of-Recursions: Learning Dynamic Recursive Depths"


@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        ("Ver Steeg, Greg", 2019, "Fast structure learning", "versteeg2019fast"),
        ("Bae, Sangmin", 2025, TITLE, "bae2025mixture"),
        ("Rawat, Ankit", 2024, "A Little Help Goes a Long Way", "rawat2024little"),
        ("Abu-El-Haija, Sami", 2019, "MixHop: Higher-Order Graphs", "abuelhaija2019mixhop"),
        ("Harutyunyan, Hrayr", 2024, "In-context Learning", "harutyunyan2024incontext"),
        ("Harutyunyan, Hrayr", 2023, "On information captured", "harutyunyan2023information"),
        ("Doe, Jr., Jane", 2021, "f-CMI: Bounds", "doe2021fcmi"),
        ("Łukasz", None, "Łódź – 3D", "lukaszndlodz"),
        ("李, 明", 2020, "The 3D Gaussians", "li2020gaussians"),
        ("Doe, J.", 2020, "1984", "doe2020x1984"),
        ("Doe, J.", 2020, "On the", "doe2020on"),
        ("Doe, J.", 2020, "Don’t Stop", "doe2020dont"),
        ("Doe, J.", 2020, "…", "doe2020x2"),
        ("", 2020, "Word", "anon2020word"),
    ],
)
def test_keys(author: str, year: int | None, title: str, key: str) -> None:
    assert citation_key([author] if author else [], year, title, ()) == key


def test_while_a_key_is_taken_more_of_the_title_is_joined_then_a_number() -> None:
    taken: set[str] = set()
    for _ in range(6):
        taken.add(citation_key(["Doe, J."], 2020, "The Art of the Word", taken))
    assert taken == {
        "doe2020art",
        "doe2020artword",
        "doe2020art2",
        "doe2020art3",
        "doe2020art4",
        "doe2020art5",
    }


@given(
    st.lists(
        st.tuples(
            st.text(max_size=6),
            st.none() | st.integers(1900, 1902),
            st.text(max_size=12) | st.sampled_from(["A Word", "a word!", "The Word 2"]),
        ),
        max_size=12,
    )
)
def test_keys_are_unique_typeable_and_safe_in_tex(
    works: list[tuple[str, int | None, str]],
) -> None:
    taken: set[str] = set()
    for author, year, title in works:
        key = citation_key([author], year, title, taken)
        assert re.fullmatch(r"[a-z]+(\d{4}|nd)[a-z][a-z0-9]*", key)
        assert key not in taken
        taken.add(key)


def test_a_key_stays_short_enough_to_cite() -> None:
    key = citation_key(["Ab" * 5000], 2020, "Cd" * 5000, ())
    assert key == "ab" * 20 + "2020" + "cd" * 20
