"""The encoding of a delimited text file: stated by a mark, proven, or judged."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

UTF_8, UTF_16 = "utf-8", "utf-16"
ARABIC, WESTERN = "windows-1256", "windows-1252"

# What the user may choose, and the codec that reads it.
CODECS: dict[str, str] = {
    UTF_8: "utf-8-sig",
    UTF_16: "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    ARABIC: "cp1256",
    WESTERN: "cp1252",
}

_CHUNK = 1024 * 1024
_SAMPLE = 256 * 1024
_ARABIC_WORD = re.compile(
    r"(?<![A-Za-z\u0621-\u06d3])[\u0621-\u06d3]{2,40}(?![A-Za-z])"
)
_WESTERN_PAIR = re.compile("[A-Za-z][\u00c0-\u00ff]|[\u00c0-\u00ff][A-Za-z]")


def detect_encoding(path: Path) -> str:
    """The encoding of the whole file; never fails, at worst a wrong guess.

    UTF-8 is proven by decoding everything. Without it, the text is Windows-1256 if
    its upper bytes form Arabic-script words of their own, and Windows-1252 if they
    stand as accented letters inside Latin words.
    """
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return UTF_16
        if head.startswith(codecs.BOM_UTF8):
            return UTF_8
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        sample = b""
        is_utf_8 = True
        while chunk := file.read(_CHUNK):
            if not chunk.isascii() and len(sample) < _SAMPLE:
                sample += _upper_part(chunk)
            if is_utf_8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf_8 = False
            elif len(sample) >= _SAMPLE:
                break
    return UTF_8 if is_utf_8 or _is_nearly_utf_8(sample) else _judge(sample)


def _upper_part(chunk: bytes) -> bytes:
    first = next(place for place, byte in enumerate(chunk) if byte > 127)
    return chunk[max(0, first - 64) : first + _SAMPLE]


def _is_nearly_utf_8(sample: bytes) -> bool:
    # A UTF-8 file with one broken byte must be reported, not read as gibberish.
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(not character.isascii() for character in text) - broken
    return foreign > 20 * broken


def _judge(sample: bytes) -> str:
    arabic = sample.decode("cp1256", "replace")
    western = sample.decode("cp1252", "replace")
    letters = sum(map(len, _ARABIC_WORD.findall(arabic)))
    return ARABIC if letters > len(_WESTERN_PAIR.findall(western)) else WESTERN
