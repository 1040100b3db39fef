"""Pages read back with a parser that knows nothing of how they were made."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}


class Page(HTMLParser):
    """Every tag with its attributes, and the text of every element that was asked for."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        """(path of tags, text) of each piece of text."""
        self.strays: list[str] = []
        """Tags that were closed out of turn, comments, declarations within the page."""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.strays.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append((" ".join(self.open), data))

    def handle_comment(self, data: str) -> None:
        self.strays.append(data)

    def handle_pi(self, data: str) -> None:
        self.strays.append(data)

    def unknown_decl(self, data: str) -> None:
        self.strays.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of this name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute wherever it stands."""
        return [found[attribute] for _, found in self.tags if attribute in found]

    def within(self, tag: str) -> list[str]:
        """The texts directly or further down in elements of this name."""
        return [text for path, text in self.texts if tag in path.split()]

    @property
    def text(self) -> str:
        """All of it that is read."""
        return "".join(text for path, text in self.texts if "style" not in path.split())
