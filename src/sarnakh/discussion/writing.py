"""What people type into a message, as HTML and back. Plain Python."""

import html
import re
from html.parser import HTMLParser

LONGEST = 100_000
# One class, no nesting: linear however long the text is.
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_CLOSING = ".,;:!?)]}»”’،؛؟…"
_BLOCKS = {
    "p", "div", "li", "blockquote", "pre", "tr", "table", "ul", "ol",
    "h1", "h2", "h3", "h4",
}  # fmt: skip


def from_plain(text: str) -> str:
    """Typed text as HTML: paragraphs, line breaks, links; nothing else is markup."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(_linked(line.rstrip()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "".join(f"<p>{'<br>'.join(lines)}</p>" for lines in paragraphs if lines)


def to_plain(markup: str) -> str:
    """The words of a message, for editing, previews and finding mentions."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_empty(markup: str) -> bool:
    """Whether nothing can be seen: no word and no picture."""
    return "<img" not in markup and not to_plain(markup)


def _linked(line: str) -> str:
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = _without_closing(found[0])
        parts += [html.escape(line[end : found.start()]), _link(address)]
        end = found.start() + len(address)
    return "".join([*parts, html.escape(line[end:])])


def _link(address: str) -> str:
    shown = html.escape(address)
    return f'<a href="{shown}" dir="ltr">{shown}</a>'


def _without_closing(address: str) -> str:
    """Punctuation after an address belongs to the sentence, but `(…)` may be its own."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and address[end - 1] in _CLOSING:
        if address[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return address[:end]


class _Reader(HTMLParser):
    """Collects text; blocks begin and end lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "p" and self.parts:
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and tag != "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
