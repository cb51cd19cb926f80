"""Title and text of a news page."""

from __future__ import annotations

from html.parser import HTMLParser

# What is no text of the article, wherever it stands.
_DROPPED = frozenset(
    {"script", "style", "nav", "noscript", "template", "svg", "aside", "footer", "button", "select", "iframe"}
    | {"figure", "math"}
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "hr",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "main",
        "header",
    }
    | {"blockquote", "pre", "dd", "dt", "dl", "address", "body", "title", "h1", "h2", "h3", "h4", "h5", "h6"}
)
# The innermost of these that a page has holds its article.
_CONTAINERS = ("article", "main", "body")


class _Page(HTMLParser):
    """Collects text by the container that it stands in; character references come decoded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {name: [] for name in (*_CONTAINERS, "title", "h1")}
        self._open: dict[str, int] = dict.fromkeys((*_CONTAINERS, "title", "h1"), 0)
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a container, a dropped stretch or a new line."""
        if tag in _DROPPED:
            self._dropped.append(tag)
        if tag in self._open:
            self._open[tag] += 1
        if tag in _BLOCKS:
            self._write("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content for what it is: nothing is open after it."""
        if tag in _BLOCKS:
            self._write("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open; an end without a beginning does nothing."""
        if tag in self._dropped:
            # Pages forget to close what stands inside; the end of the outer closes it too.
            del self._dropped[self._dropped.index(tag) :]
        if self._open.get(tag):
            self._open[tag] -= 1
        if tag in _BLOCKS:
            self._write("\n")

    def handle_data(self, data: str) -> None:
        """Keep text; a line break in the source is a space."""
        self._write(" ".join(data.split("\n")))

    def _write(self, text: str) -> None:
        if self._dropped:
            return
        if self._open["title"]:
            self.texts["title"].append(text)
        elif self._open["h1"]:
            self.texts["h1"].append(text)
        else:
            self._write_to_containers(text)

    def _write_to_containers(self, text: str) -> None:
        for name in _CONTAINERS:
            if self._open[name] or name == "body":  # a fragment has no body
                self.texts[name].append(text)


def read_markup(page: str) -> tuple[str | None, str]:
    """Take the title and the running text out of an HTML page.

    Parameters
    ----------
    page : str
        The page's source.

    Returns
    -------
    tuple of (str or None, str)
        The headline (the page's title where it has none), and its text, one line a paragraph, without
        scripts, styles, navigation and other matter around the article.
    """
    parser = _Page()
    parser.feed(page)
    parser.close()
    texts = {name: _lines(parts) for name, parts in parser.texts.items()}
    title = texts["h1"] or texts["title"]
    body = next((texts[name] for name in _CONTAINERS if texts[name]), "")
    return title.replace("\n", " ") or None, body


def _lines(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
