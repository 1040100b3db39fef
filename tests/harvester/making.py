"""Small records for the tests of the reconciler."""

from sources.names import parse_author
from sources.record import Appearance, DateKind, PartialDate, Record, Stage

OWNER = "Hrayr Harutyunyan"


def seen(
    venue: str = "",
    date: str = "",
    *,
    stage: Stage | None = None,
    kind: DateKind = DateKind.STATED,
    arxiv: str = "",
    doi: str = "",
    openreview: str = "",
    venue_id: str = "",
) -> Appearance:
    """An appearance from texts."""
    return Appearance(
        stage,
        venue,
        PartialDate.parse(date) if date else None,
        kind,
        arxiv=arxiv,
        doi=doi,
        openreview=openreview,
        venue_id=venue_id,
    )


def preprint(arxiv: str, date: str = "") -> Appearance:
    """A posting on arXiv, dated as its own record or undated as a link."""
    kind = DateKind.POSTED if date else DateKind.STATED
    return seen("arXiv", date, stage=Stage.PREPRINT, kind=kind, arxiv=arxiv)


def record(
    key: str,
    title: str,
    *appearances: Appearance,
    authors: str = OWNER,
    form: str = "entry",
    complete: bool = True,
    gone: bool = False,
    kind: str = "",
) -> Record:
    """A record; the kind of source is the first half of its key unless it is given."""
    source, _, id = key.partition(":")
    names = [parse_author(name) for name in authors.split(";" if ";" in authors else ",")]
    return Record(
        source=source,
        id=id,
        kind=kind or source,
        title=title,
        authors=tuple(name for name in names if name),
        authors_complete=complete,
        appearances=appearances,
        form=form,
        where=f"{source}.md",
        line=7,
        gone=gone,
    )


TIGRAN = "Tigran Galstyan, Hrayr Harutyunyan"
FAILURE = "Failure Modes of Domain Generalization Algorithms"
FAST = "Fast structure learning with modular regularization"
TWO_PAPERS = (
    record("arxiv:2111.13733", FAILURE, preprint("2111.13733", "2021-11-26"), authors=TIGRAN),
    record("page:failure", FAILURE, seen("CVPR 2021"), authors=TIGRAN),
    record("arxiv:1706.03353", FAST, preprint("1706.03353", "2017-06-11")),
    record("page:fast", FAST, seen("NeurIPS 2019")),
)
"""Each as its preprint and as a page has it."""
