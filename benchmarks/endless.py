"""Pieces of which a page may have any number, by parser: openings that nothing closes above all.

Each was a fault once, in this project or in another, or looks as if it could be one.
"""

from __future__ import annotations

from collections.abc import Mapping

BEGINS: Mapping[str, bytes] = {
    "arxiv": b'<feed xmlns="http://www.w3.org/2005/Atom">',
    "dblp": b"<dblpperson>",
    "openreview": b'{"notes": [',
    "page": b"## Publications\n\n",
    "bibtex": b"@article{a, author={",
}
"""What stands before them."""

_MARKDOWN = [
    *(
        "[",
        "](",
        "[a](b) ",
        "![a](b)",
        "[a][",
        "[a] [",
        "**a ",
        "*",
        "_",
        "`",
        "&#1",
        '"',
        "“",
        "(",
    ),
    *("\n", "\r", "\r\n", " ", "\t- a\n", "- ", "# ", "| a ", "| a | b |\n", "|-|-|\n", "---\n"),
    *("a: b\n", "+++\n", "[a]: http://a\n", "[x]: <> (\n", "{% for x in site.publications %}"),
]
_HTML = [
    *("<", "<a ", "<a href='", "<a>", "</a>", "<li>", "<div>", "</div>", "<b>", "<br>", "<!--"),
    *("<table>", "<tr><td>", "<p>a", "<h2>", "<script>", "<html>"),
]
_LISTS = [
    *("a, ", "A B, ", "A B,\n", "A. B, ", "B, A., ", "A and ", "A. ", "a. ", "2020. ", "(2020) "),
    *("[May 1, 2020] accepted as a b ", "Thesis:,\n", "LGMay 1, 2020\naBb Cc, Dd Ee\n"),
    "Hrayr Harutyunyan, Aa Bb Cc dd ee ff ICML 2020\n",
    "Hrayr Harutyunyan, A. Galstyan. ",
    'Hrayr Harutyunyan, A. Galstyan. "A title," in ICML, 2020, pp. 1-2. ',
]
_LATEX = [
    *("\\item a ", "\\item H. Harutyunyan, A. Galstyan. ", "\\textbf{", "\\begin{a}", "\\href{a}"),
    *("{\\bf ", "%", "% \n", "$", "\\newcommand{\\a}{b}", "\\def\\a", "\\newcommand{", "\\cventry"),
    *("\\'", "\\begin{comment}", "\\\\", "&", "~"),
]
PIECES: Mapping[str, list[str]] = {
    "arxiv": ["<entry>", "<a>", "<author><name>a</name></author>", "&amp;", "<![CDATA[", "<!--"],
    "dblp": ["<r>", "<article>", "<author>a</author>", "&uuml;", "<a>", '{"hit": [', "{"],
    "openreview": ['{"notes": [', '{"content":', "[", '"a",', "\\u0041", "{},", "{"],
    "page": [*_MARKDOWN, *_HTML, *_LISTS, *_LATEX, *(f"\\item\n{piece}" for piece in _LATEX)],
    "scholar": [
        "a,",
        '"',
        '"a\n',
        ",\n",
        "TY  - A\n",
        "AU  - a\n",
        "%0 a\n",
        "%A a\n",
        "@a{",
        "Ã©",
    ],
    "bibtex": [
        "@a{",
        "@a{b,",
        "{",
        '"',
        "a={",
        "a = b # ",
        "@string{a=",
        "%",
        "a and ",
        "\\'",
        "$",
    ],
}
