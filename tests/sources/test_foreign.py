"""A file given to the wrong adapter is named for what it is, with the adapter that reads it."""

from pathlib import Path

import pytest

from sources.arxiv import ArxivSource
from sources.bibtex import BibtexSource
from sources.contract import Page, Source, SourceError
from sources.dblp import DblpSource
from sources.openreview import OpenReviewSource
from sources.page import PageSource
from sources.scholar import ScholarSource

HERE = Path(__file__).resolve().parent
ADAPTERS: dict[str, Source] = {
    "arxiv": ArxivSource("x", None, "x", HERE),
    "bibtex": BibtexSource("x", "x", HERE),
    "dblp": DblpSource("x", "x", HERE),
    "openreview": OpenReviewSource("x", None, "x", HERE),
    "page": PageSource("x", "x", HERE, ("Hrayr Harutyunyan",)),
    "scholar": ScholarSource("x", "x", HERE),
}
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/1</id></feed>'
OWN = {
    "an answer of OpenReview": ("openreview", b'{"count": 0, "notes": []}'),
    "a page of DBLP": ("dblp", b"<dblpperson name='x'></dblpperson>"),
    "a feed of arXiv": ("arxiv", b"<?xml version='1.0'?>\n" + ATOM),
    "BibTeX": ("bibtex", b"@article{x,\n title={A title}}\n"),
    "RefMan": ("scholar", b"\xef\xbb\xbfTY  - JOUR\nT1  - A title\nER  - \n"),
    "EndNote": ("scholar", b"%0 Journal Article\n%T A title\n"),
    "a table": ("scholar", b'"Authors",Title,Publication,Year\nGalstyan A,A title,ICML,2019\n'),
}
READ_TOO = {("BibTeX", "scholar"), ("BibTeX", "page")}
"""Which have the words of another adapter's files for their own."""
NOBODYS = {
    "an OAI-PMH answer": b"<?xml version='1.0'?><!-- x --><OAI-PMH><GetRecord/></OAI-PMH>",
    "an answer of Crossref": b'{"status":"ok","message-type":"work-list","message":{}}',
    "an answer of OpenAlex": b'{"id":"https://openalex.org/W1","doi":null}',
    "an answer of Semantic Scholar": b'{"offset":0,"data":[{"paperId":"0a","title":"x"}]}',
    "an answer of ORCID": b'{"last-modified-date":null,"group":[]}',
    "an answer of DataCite": b'{"data":[{"id":"10.1/x","type":"dois","attributes":{}}]}',
}


def refusal(adapter: str, body: bytes) -> str:
    """Why a page is not read; '' if it is."""
    try:
        list(ADAPTERS[adapter].parse(Page("saved", body)))
    except SourceError as error:
        assert error.place == "saved"  # noqa: PT017
        return error.reason
    return ""


@pytest.mark.parametrize("what", OWN)
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_the_files_of_another_adapter(adapter: str, what: str) -> None:
    own, body = OWN[what]
    if adapter == own or (what, adapter) in READ_TOO:
        assert refusal(adapter, body) == ""
    else:
        assert refusal(adapter, body) == f'is {what}; read it with adapter = "{own}"'


@pytest.mark.parametrize("what", NOBODYS)
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_the_answers_that_nobody_reads(adapter: str, what: str) -> None:
    assert refusal(adapter, NOBODYS[what]).startswith(f"is {what}; ")


@pytest.mark.parametrize(
    "text",
    [
        "Title, or what I do, and more\n",
        'I wrote {"paperId": 1}, "type": "dois" and <OAI-PMH>.\n',
        "% of all people\n\nTY  - was here\n",
        "<p>feed arxiv.org</p>\n<feed> of arxiv.org/</feed>\n",
        "@hrayr on the web\n{\n",
    ],
)
def test_a_page_that_speaks_of_such_things_is_none(text: str) -> None:
    assert refusal("page", text.encode()) == ""
