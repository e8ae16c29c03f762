"""Names and kinds of files that people send. Plain Python."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 150
UNKNOWN = "application/octet-stream"
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

# How a file of that kind begins. What begins otherwise is not what it says.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/pdf": (b"%PDF-",),
    "application/zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "application/msword": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
# Extension → kind, and the kind whose beginning it must have; none for plain text.
_KINDS: dict[str, tuple[str, str]] = {
    "png": ("image/png", "image/png"),
    "jpg": ("image/jpeg", "image/jpeg"),
    "jpeg": ("image/jpeg", "image/jpeg"),
    "gif": ("image/gif", "image/gif"),
    "webp": ("image/webp", "image/webp"),
    "pdf": ("application/pdf", "application/pdf"),
    "zip": ("application/zip", "application/zip"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", "application/zip"),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", "application/zip"),
    "pptx": (f"{_OFFICE}.presentationml.presentation", "application/zip"),
    "odt": (f"{_OPEN}.text", "application/zip"),
    "ods": (f"{_OPEN}.spreadsheet", "application/zip"),
    "doc": ("application/msword", "application/msword"),
    "xls": ("application/vnd.ms-excel", "application/msword"),
    "txt": ("text/plain; charset=utf-8", ""),
    "csv": ("text/csv; charset=utf-8", ""),
}
_PARTS = re.compile(r"[/\\]")


def clean_name(name: str) -> str:
    """The user's file name as data: no path, no control or direction characters.

    At most 150 characters; the extension survives the cut.
    """
    name = unicodedata.normalize("NFC", _PARTS.split(name)[-1])
    # Cf holds the bidi controls; the half-space and its twin belong to words.
    name = "".join(
        char
        for char in name
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        or char in "\u200c\u200d"
    )
    name = " ".join(name.split()).lstrip(".")
    if len(name) > LONGEST_NAME:
        ending = PurePosixPath(name).suffix[:12]
        name = name[: LONGEST_NAME - len(ending)].rstrip() + ending
    return name or "file"


def media_type(name: str, beginning: bytes) -> str:
    """The kind of a file if extension and content agree, else the unknown kind.

    HTML, SVG, scripts and programs are unknown on purpose: they are only ever
    downloaded.
    """
    extension = PurePosixPath(name.lower()).suffix[1:]
    kind, looks_like = _KINDS.get(extension, (UNKNOWN, ""))
    if kind == "image/webp":
        fits = beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"
    elif looks_like:
        fits = beginning.startswith(_BEGINNINGS[looks_like])
    else:
        fits = b"\0" not in beginning
    return kind if fits else UNKNOWN
