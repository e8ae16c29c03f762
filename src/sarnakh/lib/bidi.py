"""Text of unknown direction inside other text."""

_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_END_EMBEDDING = "\u202c"
_END_ISOLATE = "\u2069"
LTR_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"


def isolate(text: str) -> str:
    """``text`` wrapped so that it cannot reorder the text around it.

    Embeddings, overrides and isolates that the text leaves open are closed, ends without
    a beginning are dropped. Empty text stays empty.
    """
    if not text:
        return ""
    # A line end closes everything, so each line is wrapped by itself.
    return "\n".join(
        f"{FIRST_STRONG_ISOLATE}{closed(line)}{_END_ISOLATE}" if line else ""
        for line in text.split("\n")
    )


def ltr(text: str) -> str:
    """``text`` kept left-to-right (codes, signed numbers) inside any text."""
    return f"{LTR_ISOLATE}{text}{_END_ISOLATE}"


def closed(line: str) -> str:
    """One line with every directional span closed and no stray end."""
    open_spans: list[str] = []
    result: list[str] = []
    for char in line:
        if char in _EMBEDDINGS or char in _ISOLATES:
            open_spans.append(char)
        elif char == _END_EMBEDDING:
            if not open_spans or open_spans[-1] not in _EMBEDDINGS:
                continue
            open_spans.pop()
        elif char == _END_ISOLATE:
            if not any(span in _ISOLATES for span in open_spans):
                continue
            while open_spans[-1] in _EMBEDDINGS:
                result.append(_END_EMBEDDING)
                open_spans.pop()
            open_spans.pop()
        result.append(char)
    result.extend(
        _END_EMBEDDING if span in _EMBEDDINGS else _END_ISOLATE
        for span in reversed(open_spans)
    )
    return "".join(result)
