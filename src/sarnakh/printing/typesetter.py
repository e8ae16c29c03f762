"""One warm child per process that turns JSON into PDF; killed when it hangs."""

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused

HERE = Path(__file__).parent
SECONDS = 20.0
LONGEST_DATA = 8 * 1024 * 1024
MOST_PICTURES = 200
_HEAD = struct.Struct(">Q?")
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "RAYON_NUM_THREADS": "1"} | {
    name: text for name, text in os.environ.items() if name.upper() == "SYSTEMROOT"
}


class CannotPrint(Refused):
    """The paper could not be set; the reason stands in the log."""

    def __init__(self) -> None:
        super().__init__(_("The document could not be printed."), "cannot-print")


class Typesetter:
    """A child process with its own folder; used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pid = 0
        self._folder: Path | None = None

    def compile(
        self,
        template: str,
        data: Mapping[str, Any],
        pictures: Mapping[str, bytes],
        *,
        kind: str = "pdf",
    ) -> bytes:
        """The finished file; CannotPrint when there is none after 20 seconds."""
        with self._lock:
            self._own()
            places = {name: self._keep(image) for name, image in pictures.items()}
            text = json.dumps({**data, "pictures": places}, ensure_ascii=False)
            if len(text) > LONGEST_DATA:
                raise CannotPrint
            asked = {"template": f"{template}.typ", "data": text, "format": kind}
            if self._process is not None and self._process.poll() is not None:
                self._stop()
            try:
                return self._ask(asked)
            except (OSError, EOFError) as error:
                # It died of this paper, or took too long; the next one starts afresh.
                self._stop()
                raise CannotPrint from error

    def _ask(self, asked: Mapping[str, Any]) -> bytes:
        process = self._started()
        # Killing it ends the reading below; works with pipes of every system.
        alarm = threading.Timer(SECONDS, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            assert process.stdin is not None  # noqa: S101 - both are pipes
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            length, is_good = _HEAD.unpack(self._read(_HEAD.size))
            answer = self._read(length)
        finally:
            alarm.cancel()
        if not is_good:
            raise CannotPrint from RuntimeError(answer.decode(errors="replace"))
        return answer

    def _read(self, count: int) -> bytes:
        stdout = self._process.stdout if self._process else None
        parts: list[bytes] = []
        while stdout and count:
            part = stdout.read(min(count, 1 << 20))
            if not part:
                break
            parts.append(part)
            count -= len(part)
        if count:
            raise EOFError
        return b"".join(parts)

    def _own(self) -> None:
        """A fork inherits nothing of its parent's child."""
        if self._pid != os.getpid():
            self._process, self._folder, self._pid = None, None, os.getpid()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-I", str(HERE / "child.py")]
            self._process = subprocess.Popen(
                [*command, str(self._home()), str(settings.PRINT_FONTS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd=self._home(),
                env=_ENVIRONMENT,
            )
        return self._process

    def _home(self) -> Path:
        """The only folder the child reads: templates, and pictures by their hash."""
        if self._folder is None or not self._folder.exists():
            self._folder = Path(tempfile.mkdtemp(prefix="sarnakh-print-"))
            for template in (HERE / "templates").glob("*.typ"):
                shutil.copy(template, self._folder / template.name)
            (self._folder / "pictures").mkdir()
        return self._folder

    def _keep(self, image: bytes) -> str:
        """Where the template finds a picture; empty for what is none."""
        suffix = _suffix(image)
        if not suffix:
            return ""
        folder = self._home() / "pictures"
        place = folder / f"{hashlib.sha256(image).hexdigest()}.{suffix}"
        if not place.exists():
            kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for old in kept[: max(0, len(kept) - MOST_PICTURES)]:
                old.unlink(missing_ok=True)
            place.write_bytes(image)
        return f"pictures/{place.name}"

    def _stop(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._process = None

    def close(self) -> None:
        """End the child and remove its folder."""
        if self._pid != os.getpid():
            return
        self._stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _suffix(image: bytes) -> str:
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "jpg" if image.startswith(b"\xff\xd8\xff") else ""


ONLY = Typesetter()
atexit.register(ONLY.close)
