"""What a backup file is: a tar of the database, the uploads and a manifest."""

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"


class Damaged(Exception):
    """The file is not a whole backup."""


@dataclass(frozen=True)
class Manifest:
    """What the archive says about itself."""

    made_at: str
    vendor: str
    migrations: list[list[str]]
    database_sha256: str
    database_size: int
    files: int


def write(path: Path, manifest: Manifest, database: Path, files: Path) -> None:
    """Write the archive and force it to the disk; readable by its owner only."""
    path.touch(mode=0o600)
    with path.open("wb") as raw:
        with tarfile.open(fileobj=raw, mode="w") as tar:
            text = json.dumps(asdict(manifest), indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mode = len(text), 0o600
            tar.addfile(head, io.BytesIO(text))
            tar.add(database, DATABASE)
            if files.exists():
                tar.add(files, FILES)
        raw.flush()
        os.fsync(raw.fileno())


def read_manifest(path: Path) -> Manifest:
    """The manifest; Damaged when the file is no backup."""
    try:
        with tarfile.open(path, "r:") as tar:
            head = tar.extractfile(MANIFEST)
            if head is None:
                raise Damaged(f"{path.name} has no manifest")
            return Manifest(**json.loads(head.read()))
    except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError) as error:
        raise Damaged(f"{path.name} is not a backup: {error}") from error


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack below `into` and compare checksum and number of files."""
    manifest = read_manifest(path)
    try:
        with tarfile.open(path, "r:") as tar:
            # The filter refuses links and paths that lead outside.
            tar.extractall(into, filter="data")
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(f"{path.name} ends early or is torn: {error}") from error
    if sha256(into / DATABASE) != manifest.database_sha256:
        raise Damaged(f"the database inside {path.name} was altered")
    if count_files(into / FILES) != manifest.files:
        raise Damaged(f"{path.name} does not hold all uploaded files")
    return manifest


def sha256(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_files(folder: Path) -> int:
    """How many files a folder holds at any depth; 0 when it does not exist."""
    return sum(1 for path in folder.rglob("*") if path.is_file())
