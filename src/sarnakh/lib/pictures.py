"""Pictures from outside: checked, stripped of everything but the picture.

Takes PNG and JPEG apart without a decoder: sizes are read before anything is
unpacked, a PNG is unpacked within that size and packed anew, a JPEG loses its
comments and metadata.
"""

import struct
import zlib
from dataclasses import dataclass

LARGEST = 1024 * 1024
MOST_PIXELS = 16_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
# x start, y start, x step, y step of the passes of an interlaced PNG.
_PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4),
    (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
)  # fmt: skip
_HAS_SIZE = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}


class PictureError(ValueError):
    """No picture that we take; `code` is "too-large", "too-many-pixels" or "broken"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """Clean bytes with what they are."""

    data: bytes
    media_type: str
    width: int
    height: int
    is_blank: bool = False


def cleaned(
    data: bytes, *, largest: int = LARGEST, most_pixels: int = MOST_PIXELS
) -> Picture:
    """The picture without metadata; PictureError when it is none or too large."""
    if len(data) > largest:
        raise PictureError("too-large")
    try:
        if data.startswith(_PNG):
            return _png(data, most_pixels)
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data, most_pixels)
    except (struct.error, zlib.error, IndexError) as error:
        raise PictureError("broken") from error
    raise PictureError("broken")


def _png(data: bytes, most_pixels: int) -> Picture:
    chunks = _chunks(data)
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise PictureError("broken")
    head = chunks[0][1]
    width, height, depth, colour, packing, filtering, interlace = struct.unpack(
        ">IIBBBBB", head
    )
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlace > 1:
        raise PictureError("broken")
    if not width or not height or width * height > most_pixels:
        raise PictureError("too-many-pixels")
    bits = depth * _CHANNELS[colour]
    size = _unpacked_size(width, height, bits, is_interlaced=bool(interlace))
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(packed, size + 1)
    if len(raw) != size:
        raise PictureError("broken")
    kept = [(b"IHDR", head)]
    kept += [(kind, body) for kind, body in chunks if kind in (b"PLTE", b"tRNS")]
    kept += [(b"IDAT", zlib.compress(raw, 6)), (b"IEND", b"")]
    return Picture(
        _PNG + b"".join(_chunk(kind, body) for kind, body in kept),
        "image/png",
        width,
        height,
        is_blank=_is_blank(raw, width * bits),
    )


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = len(_PNG)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if len(body) != length or zlib.crc32(kind + body) != checksum:
            raise PictureError("broken")
        found.append((kind, body))
        if kind == b"IEND":
            return found
        at += 12 + length
    raise PictureError("broken")


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def _unpacked_size(width: int, height: int, bits: int, *, is_interlaced: bool) -> int:
    def size_of(columns: int, rows: int) -> int:
        return rows * (1 + (columns * bits + 7) // 8) if columns and rows else 0

    if not is_interlaced:
        return size_of(width, height)
    return sum(
        size_of(-(-(width - x) // over), -(-(height - y) // down))
        for x, y, over, down in _PASSES
        if width > x and height > y
    )


def _is_blank(raw: bytes, bits_of_row: int) -> bool:
    """Whether every row repeats the same few bytes: nothing was drawn."""
    row = 1 + (bits_of_row + 7) // 8
    rows = {raw[start + 1 : start + row] for start in range(0, len(raw), row)}
    # A filter writes rows that equal the one above as zeros.
    return len(rows) <= 2 and all(len(set(one)) <= 4 for one in rows)


def _jpeg(data: bytes, most_pixels: int) -> Picture:
    kept = [b"\xff\xd8"]
    at, width, height = 2, 0, 0
    while True:
        if data[at] != 0xFF:
            raise PictureError("broken")
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) != length + 2:
            raise PictureError("broken")
        if kind in _HAS_SIZE:
            height, width = struct.unpack(">HH", segment[5:9])
        if kind == 0xDA:
            break
        # Of what applications add only Adobe's word on colours is needed.
        if kind == 0xEE or not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            kept.append(segment)
        at += 2 + length
    if not width or not height or width * height > most_pixels:
        raise PictureError("too-many-pixels")
    end = data.rfind(b"\xff\xd9")
    if end < at:
        raise PictureError("broken")
    kept.append(data[at : end + 2])
    return Picture(b"".join(kept), "image/jpeg", width, height)
