"""People: who may be whom, and each person's fullest name in every list."""

import pytest

from harvester.people import compatible, display, is_nobody, learn, pair_up, parts
from sources.names import parse_author
from sources.record import Author


def names(text: str) -> list[Author]:
    separator = ";" if ";" in text else ","
    return [a for a in (parse_author(part) for part in text.split(separator)) if a]


def in_parts(*lists: list[Author]) -> list[list[tuple[str, ...]]]:
    return [[parts(author) for author in listed] for listed in lists]


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Greg Ver Steeg", "GV. Steeg", True),
        ("Ver Steeg, Greg", "Steeg, Greg Ver", True),
        ("Ver Steeg, Greg", "G. V. Steeg", True),
        ("David Kale", "Kale, David C.", True),
        ("David Kale", "DC. Kale", True),
        ("KSM. Hossain", "K. S. M. Hossain", True),
        ("Se-Young Yun", "S. Yun", True),
        ("Łukasz Kaiser", "Lukasz Kaiser", True),
        ("Aram Galstyan", "Tigran Galstyan", False),
        ("A. Galstyan", "Tigran Galstyan", False),
        ("Sungnyun Kim", "Seungyeon Kim", False),
        ("David C. Kale", "David D. Kale", False),
        ("Ada Byron", "Ada Lovelace", False),
        ("OpenAI", "A. OpenAI", False),
    ],
)
def test_compatible(a: str, b: str, one: bool) -> None:
    [first], [second] = names(a + ";"), names(b + ";")
    assert compatible(parts(first), parts(second)) is one
    assert compatible(parts(second), parts(first)) is one


def test_two_of_one_surname_in_a_list_stay_two() -> None:
    full = names("Achin Jain, Gurumurthy Swaminathan, Ashwin Swaminathan")
    short = names("A. Jain, G. Swaminathan, A. Swaminathan")
    assert pair_up(*in_parts(full, short)) == [(0, 0), (1, 1), (2, 2)]
    assert pair_up(*in_parts(names("S. Kim"), names("Sungnyun Kim, Seungyeon Kim"))) == [(0, 0)]


def test_a_particle_that_one_list_knows_is_known_in_all() -> None:
    work = [names("Galstyan, Aram; Ver Steeg, Greg"), names("A. Galstyan, GV. Steeg")]
    other = [names("H. Harutyunyan; Steeg, Greg Ver"), names("Hrayr Harutyunyan, Greg Ver Steeg")]
    people = learn([work, other])
    assert [people.name(a, 1) for a in other[0]] == ["Harutyunyan, Hrayr", "Ver Steeg, Greg"]
    assert [people.name(a, 0) for a in work[1]] == ["Galstyan, Aram", "Ver Steeg, Greg"]


def test_an_initial_that_fits_two_people_is_told_by_its_own_work_alone() -> None:
    first = [names("S. Kim, T. Schuster"), names("Seungyeon Kim, Tal Schuster")]
    second = [names("Yujin Kim, Sungnyun Kim")]
    third = [names("S. Kim")]
    people = learn([first, second, third])
    assert people.name(first[0][0], 0) == "Kim, Seungyeon"
    assert people.name(second[0][1], 1) == "Kim, Sungnyun"
    assert people.name(third[0][0], 2) == "Kim, S."


def test_a_name_is_shown_in_its_fullest_form() -> None:
    assert display(names("KSM. Hossain;")) == "Hossain, K. S. M."
    assert display(names("Ildiz, M Emrullah; M. Emrullah Ildiz")) == "Ildiz, M. Emrullah"
    assert display(names("Lukasz Kaiser; Łukasz Kaiser")) == "Kaiser, Łukasz"
    assert display(names("King, Jr., Martin; M. King")) == "King, Jr., Martin"
    assert display(names("The ATLAS Collaboration;")) == "The ATLAS Collaboration"


def test_what_is_learned_does_not_depend_on_order() -> None:
    lists = [names("S. Kim, D. Kale"), names("Seungyeon Kim, David C. Kale"), names("David Kale")]
    forward, backward = learn([lists]), learn([lists[::-1]])
    assert forward == backward


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("portal.acm.org", True),
        ("acms Anthology", True),
        ("SIGMOD Record 2002", True),
        ("Anonymous", True),
        ("[No authors listed]", True),
        ("A. C. Orgel", False),
        ("OpenAI", False),
        ("World Health Organization", False),
        ("Wei Wang 0001", False),
    ],
)
def test_nobody(text: str, nobody: bool) -> None:
    [author] = names(text + ";")
    assert is_nobody(author) is nobody
