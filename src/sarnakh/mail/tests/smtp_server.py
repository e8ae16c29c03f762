"""A mail server as a process of its own: `python smtp_server.py FOLDER`.

Stores what it takes as files, tells its port in `FOLDER/port`, and behaves as the
first word of `FOLDER/mode` says: `take`, `busy` (451), `no-mailbox` (550),
`refuse` (554 after the text), `stall` (says nothing any more).
"""

import asyncio
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Handler:
    """Decides at each step by the mode."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def mode(self) -> str:
        return (self.folder / "mode").read_text().strip()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.mode == "busy":
            return "451 4.3.2 Try again later"
        if self.mode == "no-mailbox":
            return "550 5.1.1 No such mailbox"
        if self.mode == "stall":
            await asyncio.sleep(3_600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.mode == "refuse":
            return "554 5.7.1 Spam"
        name = f"{uuid.uuid4().hex}.eml"
        head = "\n".join([envelope.mail_from or "", *envelope.rcpt_tos])
        (self.folder / f".{name}").write_bytes(
            head.encode() + b"\n\n" + envelope.content
        )
        (self.folder / f".{name}").rename(self.folder / name)
        if self.mode == "take-and-stall":
            await asyncio.sleep(3_600)
        return "250 OK"


async def main(folder: Path, port: int) -> None:
    loop = asyncio.get_running_loop()
    handler = Handler(folder)
    server = await loop.create_server(
        lambda: SMTP(handler, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port
    )
    (folder / "port").write_text(str(server.sockets[0].getsockname()[1]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0))
