"""The one allow-list for HTML that people write."""

import nh3

TAGS = {
    "p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "blockquote",
    "h1", "h2", "h3", "h4", "pre", "code", "hr", "a", "img", "table", "thead",
    "tbody", "tr", "td", "th", "div", "span",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
DEEPEST = 200


def sanitized(html: str) -> str:
    """Clean HTML; direction and language stay, scripts and styles go.

    Deep nesting is flattened to its text first, because parsers turn quadratic.
    """
    if _depth(html) > DEEPEST:
        html = nh3.clean_text(html)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
    )


def _depth(html: str) -> int:
    deepest = depth = 0
    for part in html.split("<")[1:]:
        depth += -1 if part.startswith("/") else 1
        deepest = max(deepest, depth)
    return deepest
