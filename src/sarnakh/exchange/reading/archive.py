"""Zip packages read with suspicion: every byte is counted while it is inflated.

The sizes that a package declares about itself are not believed, and nothing is
handed to the spreadsheet parser before the whole package has been measured.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import limits

_CHUNK = 256 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_END_RECORD = b"PK\x05\x06"
# A central directory of the allowed number of parts with very long names.
_DIRECTORY_BYTES = limits.PARTS * 1024


class Archive:
    """A zip package whose parts can be inflated once each, within the limits."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        try:
            _check_directory(self._file)
            with ZipFile(self._file) as package:
                listed = package.infolist()
        except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
            self._file.close()
            raise ReadError("damaged") from error
        except ReadError:
            self._file.close()
            raise
        # Spreadsheet programs find parts without regard to case, so do we.
        self._parts = {part.filename.lower(): part for part in listed}
        self._unpacked = 0
        if len(listed) > limits.PARTS:
            self._file.close()
            raise ReadError("too_many_parts", {"limit": limits.PARTS})
        if len(self._parts) < len(listed):
            self._file.close()
            raise ReadError("damaged")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self) -> list[str]:
        """The names of all parts in lower case, in the order of the package."""
        return list(self._parts)

    def read(self, name: str, most: int) -> bytes:
        """The first ``most`` bytes of a part."""
        content = b""
        for chunk in self.chunks(name):
            content += chunk
            if len(content) >= most:
                break
        return content[:most]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Inflate one part piece by piece; ReadError when a limit is passed."""
        part = self._parts[name.lower()]
        if part.flag_bits & _ENCRYPTED:
            raise ReadError("password_protected")
        size = checksum = 0
        for piece in self._inflate(part):
            size += len(piece)
            self._unpacked += len(piece)
            self._check(size, part.compress_size)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if checksum != part.CRC:
            raise ReadError("damaged")

    def _check(self, size: int, packed: int) -> None:
        if self._unpacked > limits.UNPACKED_BYTES:
            params = {"limit": limits.UNPACKED_BYTES // limits.MEGABYTE}
            raise ReadError("too_big_unpacked", params)
        if size > limits.RATIO_MATTERS_ABOVE and size > packed * limits.RATIO:
            raise ReadError("suspicious_compression", {"limit": limits.RATIO})

    def _inflate(self, part: ZipInfo) -> Iterator[bytes]:
        packed = self._packed(part)
        if part.compress_type == ZIP_STORED:
            yield from packed
            return
        if part.compress_type != ZIP_DEFLATED:
            raise ReadError("damaged")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for data in packed:
                piece = inflater.decompress(data, _CHUNK)
                while piece:
                    yield piece
                    piece = inflater.decompress(inflater.unconsumed_tail, _CHUNK)
        except zlib.error as error:
            raise ReadError("damaged") from error
        if not inflater.eof:
            raise ReadError("damaged")

    def _packed(self, part: ZipInfo) -> Iterator[bytes]:
        self._file.seek(part.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise ReadError("damaged")
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        position = part.header_offset + _LOCAL_HEADER + name_length + extra_length
        left = part.compress_size
        while left > 0:
            # Two parts may be inflated in turns, so the place is kept here.
            self._file.seek(position)
            data = self._file.read(min(_CHUNK, left))
            if not data:
                raise ReadError("damaged")
            position += len(data)
            left -= len(data)
            yield data


def _check_directory(file: BinaryIO) -> None:
    """Refuse an enormous table of contents before it is turned into objects."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    found = tail.rfind(_END_RECORD)
    if found >= 0 and len(tail) >= found + 22:
        count, size = struct.unpack("<HI", tail[found + 10 : found + 16])
        # All ones means that a 64-bit record says it, as some writers always do.
        if _DIRECTORY_BYTES < size < 0xFFFFFFFF or limits.PARTS < count < 0xFFFF:
            raise ReadError("too_many_parts", {"limit": limits.PARTS})
    file.seek(0)
