"""Rich text as a tree that a template can set: no markup reaches typst."""

from html.parser import HTMLParser
from typing import Any

LONGEST = 100_000
_HEADINGS = {"h1", "h2", "h3", "h4"}
_BLOCKS = {"p", "div", "blockquote", "pre", "tr", "table", "ul", "ol", "li"} | _HEADINGS
_BOLD = {"b", "strong", "th"} | _HEADINGS
_ITALIC = {"i", "em"}
_UNSEEN = {"script", "style", "title", "template"}


def blocks(html: str) -> list[dict[str, Any]]:
    """`[{"kind": "text"|"bullet"|"number", "runs": [{"text", "bold"}]}]`.

    Takes sanitised rich text; tables become lines, pictures are left out.
    """
    reader = _Reader()
    reader.feed(html[:LONGEST])
    reader.close()
    reader.end_block()
    return reader.blocks


def plain(text: str) -> list[dict[str, Any]]:
    """Typed text: one block for each line."""
    return [
        {"kind": "text", "number": 0, "runs": [{"text": line, "bold": False}]}
        for line in text[:LONGEST].splitlines()
        if line.strip()
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[dict[str, Any]] = []
        self._runs: list[dict[str, Any]] = []
        self._bold = self._unseen = 0
        self._lists: list[list[Any]] = []
        self._kind = "text"
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag == "br":
            self.end_block()
        if tag in {"td", "th"} and self._runs:
            self.handle_data("  ")
        if tag in {"ul", "ol"}:
            self._lists.append([tag, 0])
        if tag == "li":
            kind: list[Any] = self._lists[-1] if self._lists else ["ul", 0]
            kind[1] += 1
            self._kind = "number" if kind[0] == "ol" else "bullet"
            self._number = kind[1]
        self._bold += tag in _BOLD
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        text = " ".join(data.split())
        if data[:1].isspace() and self._runs:
            text = f" {text}"
        if data[-1:].isspace() and text.strip():
            text = f"{text} "
        if text:
            self._runs.append({"text": text, "bold": bool(self._bold)})

    def end_block(self) -> None:
        """Close what was read so far as one paragraph."""
        if any(run["text"].strip() for run in self._runs):
            self.blocks.append(
                {"kind": self._kind, "number": self._number, "runs": self._runs}
            )
            self._kind = "text"
        self._runs = []
