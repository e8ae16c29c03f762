"""Pictures are taken apart without trusting a byte of them."""

import struct
import zlib

import pytest

from sarnakh.lib.pictures import PictureError, cleaned


def png(width: int = 4, height: int = 3, raw: bytes | None = None, **more: bytes):
    """A small RGBA picture; `more` are further chunks."""
    body = bytes(range(width * 4)) if raw is None else raw
    rows = b"".join(b"\0" + body[: width * 4] for _row in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    extra = b"".join(chunk(kind.encode(), data) for kind, data in more.items())
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_png_is_packed_anew_without_its_metadata() -> None:
    found = cleaned(png(tEXt=b"Comment\0secret", eXIf=b"gps") + b"trailing <script>")
    assert (found.width, found.height, found.media_type) == (4, 3, "image/png")
    assert not found.is_blank
    for word in (b"secret", b"gps", b"script", b"tEXt"):
        assert word not in found.data
    assert cleaned(found.data).data == found.data


def test_an_empty_drawing_is_known() -> None:
    assert cleaned(png(raw=bytes(16))).is_blank
    assert cleaned(png(raw=b"\xff" * 16)).is_blank


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "broken"),
        (b"<svg/>", "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (png()[:-20], "broken"),
        (png().replace(b"IDAT", b"IDAX"), "broken"),
        (b"\xff\xd8\xff\xe0", "broken"),
        (b"\xff\xd8\xff\xe0\x00\x00", "broken"),
        (b"x" * (1024 * 1024 + 1), "too-large"),
        (png(width=4, height=0), "too-many-pixels"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureError) as refusal:
        cleaned(data)
    assert refusal.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    kind = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + kind
    data += struct.pack(">I", zlib.crc32(kind)) + png()[33:]
    with pytest.raises(PictureError) as refusal:
        cleaned(data)
    assert refusal.value.code == "too-many-pixels"


def test_more_data_than_the_size_says_is_refused() -> None:
    small = png(2, 2)
    large = png(2, 2_000)
    head, tail = small[:33], large[33:]
    with pytest.raises(PictureError):
        cleaned(head + tail)


def test_a_jpeg_loses_what_applications_wrote() -> None:
    def segment(kind: int, body: bytes) -> bytes:
        return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body

    size = struct.pack(">BHHB", 8, 20, 30, 1) + b"\x01\x11\x00"
    data = (
        b"\xff\xd8"
        + segment(0xE1, b"Exif\0\0gps secret")
        + segment(0xFE, b"comment secret")
        + segment(0xC0, size)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\x34\xff\xd9"
        + b"trailing secret"
    )
    found = cleaned(data)
    assert (found.width, found.height, found.media_type) == (30, 20, "image/jpeg")
    assert b"secret" not in found.data
    assert found.data.endswith(b"\xff\xd9")
